import { Command, InvalidArgumentError, Option } from 'commander';
import { GATEWAY_FAULTS, type GatewayFaultName } from '../../adapters/provider/gateway-faults.ts';
import { referenceWorld } from '../../adapters/provider/reference-world.ts';
import { createServerSpec, type ServerSpec } from '../../adapters/provider/server-spec.ts';
import { startInThread } from '../../adapters/provider/server-thread.ts';
import { prepare } from '../../app/prepare.ts';
import { parseDuration, parseDurationRange } from '../../config/quantities.ts';
import { GateError } from '../../model/errors.ts';
import type { Micros } from '../../model/units.ts';
import { preparePorts } from '../gate-ports.ts';
import { cancellation } from '../signals.ts';
import { workerUrl } from '../worker-url.ts';

interface Address {
  readonly host: string;
  readonly port: number;
}

interface ProviderCommandOptions {
  readonly listen: Address;
  readonly latency: { readonly min: Micros; readonly max: Micros };
  readonly tokenInterval: Micros;
  readonly outputTokens: number;
  readonly seed: string;
  readonly config?: string;
  readonly gateway?: Address;
  readonly key: string;
  readonly fault?: GatewayFaultName;
}

const parsed =
  <T>(parse: (text: string) => T | undefined, allowed: string) =>
  (text: string): T => {
    const value = parse(text);
    if (value === undefined) throw new InvalidArgumentError(`Allowed: ${allowed}.`);
    return value;
  };

const parseAddress = (text: string): Address | undefined => {
  const [, host, port] = /^([\w.-]+|\[[\da-f:]+\]):(\d{1,5})$/i.exec(text) ?? [];
  return host === undefined || Number(port) > 65_535 ? undefined : { host, port: Number(port) };
};

const parseCount = (text: string): number | undefined => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined);

const ADDRESS = 'HOST:PORT, such as 127.0.0.1:9901; port 0 for a free one';

/** `gatemark provider`: simulated providers, and if wanted the reference gateway, until it is interrupted. */
export const providerCommand = (): Command =>
  new Command('provider')
    .description('start a simulated LLM provider (OpenAI and Anthropic APIs), and leave it running')
    .addOption(
      new Option('-l, --listen <address>', ADDRESS)
        .argParser(parsed(parseAddress, ADDRESS))
        .default({ host: '127.0.0.1', port: 9901 }, '127.0.0.1:9901'),
    )
    .addOption(
      new Option('--latency <range>', 'p50..p95 of an answer')
        .argParser(parsed(parseDurationRange, 'a range such as 300ms..700ms'))
        .default(parseDurationRange('300ms..700ms'), '300ms..700ms'),
    )
    .addOption(
      new Option('--token-interval <duration>', 'between two tokens of a stream')
        .argParser(parsed(parseDuration, 'a duration such as 12ms'))
        .default(parseDuration('12ms'), '12ms'),
    )
    .addOption(
      new Option('--output-tokens <count>', 'mean length of an answer')
        .argParser(parsed(parseCount, 'a whole number from 1 to 999999'))
        .default(120),
    )
    .option('-s, --seed <seed>', 'what latencies and lengths are drawn from, with the request', 'gatemark')
    .option('-c, --config <file>', 'start the providers of this configuration instead')
    .addOption(
      new Option('--gateway <address>', 'start the reference gateway there, with providers of its own').argParser(
        parsed(parseAddress, ADDRESS),
      ),
    )
    .option('--key <token>', 'the bearer token of the reference gateway', 'sk-demo')
    .addOption(
      new Option('--fault <name>', 'plant a fault in the reference gateway').choices(Object.keys(GATEWAY_FAULTS)),
    )
    .action(provide);

const provide = async (options: ProviderCommandOptions): Promise<void> => {
  const signal = cancellation();
  const servers = await startInThread(workerUrl('provider-worker'), await specOf(options));
  for (const [name, url] of Object.entries(servers.providers)) process.stdout.write(`provider ${name}: ${url}\n`);
  if (servers.gateway !== undefined) process.stdout.write(`gateway: ${servers.gateway}\n`);
  const ended = Promise.withResolvers<void>();
  if (signal.aborted) ended.resolve();
  signal.addEventListener('abort', () => ended.resolve());
  await ended.promise;
  await servers.stop();
};

const specOf = async (options: ProviderCommandOptions): Promise<ServerSpec> => {
  const { listen, latency, tokenInterval, outputTokens, seed, config, gateway, key, fault } = options;
  if (fault !== undefined && gateway === undefined)
    throw new GateError('usage', '--fault is planted in the reference gateway', { hint: 'Add --gateway HOST:PORT.' });
  if (gateway !== undefined) return referenceWorld({ listen: gateway, key, seed, fault });
  if (config !== undefined) return createServerSpec(await configuredProviders(config), seed);
  const provider = { name: 'provider', listen, latency: { p50: latency.min, p95: latency.max } };
  return createServerSpec([{ kind: 'started', ...provider, outputTokens, tokenInterval }], seed);
};

const configuredProviders = async (config: string) => {
  const { config: read } = await prepare(
    {
      configPath: config,
      configText: undefined,
      profile: undefined,
      gatewayUrl: undefined,
      baselineUrl: undefined,
      seed: undefined,
      allowedHosts: [],
    },
    // Nothing is sent: variables that are not set here do not matter.
    { ...preparePorts(config), env: (name) => process.env[name] || 'http://unset.invalid', onSecrets: () => {} },
  );
  if (!read.providers.some(({ kind }) => kind === 'started'))
    throw new GateError('usage', `${config} has no providers with listen`);
  return read.providers;
};
