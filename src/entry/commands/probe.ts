import { Command, Option } from 'commander';
import { createSystemClock } from '../../adapters/clock/system-clock.ts';
import { createSocketTransport } from '../../adapters/http/socket-transport.ts';
import { createMask } from '../../app/mask-secrets.ts';
import { probeGateway } from '../../app/probe-gateway.ts';
import { gatewayProbeText } from '../../report/gateway-probe-text.ts';
import type { Header } from '../../setup/setup.ts';
import { preparePorts } from '../gate-ports.ts';
import { apiKeyEnvOption, headerOption, modelOption } from './gateway-options.ts';

interface ProbeOptions {
  readonly gatewayUrl: string;
  readonly header: readonly Header[];
  readonly model?: string;
  readonly apiKeyEnv?: string;
}

/** `gatemark probe`: which dialect a gateway speaks, by a handful of requests. */
export const probeCommand = (): Command =>
  new Command('probe')
    .description('send five requests to a gateway and say which dialect it speaks')
    .addOption(new Option('-g, --gateway-url <url>', 'the gateway').makeOptionMandatory())
    .addOption(headerOption())
    .addOption(modelOption())
    .addOption(apiKeyEnvOption())
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
