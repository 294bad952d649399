import { Command, InvalidArgumentError, Option } from 'commander';
import { createSystemClock } from '../../adapters/clock/system-clock.ts';
import { createSocketTransport } from '../../adapters/http/socket-transport.ts';
import { createMask } from '../../app/mask-secrets.ts';
import { probeGateway } from '../../app/probe-gateway.ts';
import { gatewayProbeText } from '../../report/gateway-probe-text.ts';
import { preparePorts } from '../gate-ports.ts';

type Header = readonly [name: string, value: string];

interface ProbeOptions {
  readonly gatewayUrl: string;
  readonly header: readonly Header[];
  readonly model?: string;
  readonly apiKeyEnv?: string;
}

const addHeader = (text: string, earlier: readonly Header[]): readonly Header[] => {
  const [, name, value] = /^([^=:\s]+)[=:]\s*(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Allowed: NAME=VALUE.');
  return [...earlier, [name.toLowerCase(), value]];
};

const variableName = (text: string): string => {
  if (!/^[A-Za-z_]\w*$/.test(text))
    throw new InvalidArgumentError('Allowed: the name of a variable, not the key itself.');
  return text;
};

/** `gatemark probe`: which dialect a gateway speaks, by a handful of requests. */
export const probeCommand = (): Command =>
  new Command('probe')
    .description('send five requests to a gateway and say which dialect it speaks')
    .addOption(new Option('-g, --gateway-url <url>', 'the gateway').makeOptionMandatory())
    .addOption(
      new Option('--header <name=value>', 'a header of every request; may be repeated')
        .argParser(addHeader)
        .default([]),
    )
    .option('--model <name>', 'the model to ask; one that the gateway lists if none')
    .addOption(
      new Option('--api-key-env <name>', 'environment variable that holds the bearer token').argParser(variableName),
    )
    .action(probe);

const probe = async ({ gatewayUrl, header, model, apiKeyEnv }: ProbeOptions): Promise<void> => {
  const secrets: string[] = [];
  const clock = createSystemClock();
  const view = await probeGateway(
    { gatewayUrl, headers: header, model, apiKeyEnv },
    {
      ...preparePorts('gatemark probe'),
      onSecrets: (found) => secrets.push(...found),
      clock,
      connect: (target) => createSocketTransport(target, clock),
    },
  );
  process.stdout.write(createMask(secrets)(gatewayProbeText(view)));
};
