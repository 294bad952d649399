import { FAULT_FIELDS, strayFields } from '../model/upstream.ts';
import type { ProviderConfig, StartedProviderConfig } from './config.ts';
import { isRecord, valueAt } from './config-source.ts';
import { DEFAULTS } from './defaults.ts';
import { type Reading, readMap, readNames, readPlainText } from './reading.ts';
import { providerSchema } from './schema-provider.ts';
import type { Path } from './source-document.ts';

/** Reads `providers`. One without a usable address is reported and left out. */
export const readProviders = (reading: Reading): readonly ProviderConfig[] => {
  const providers: ProviderConfig[] = [];
  for (const name of readNames(['providers'], reading)) {
    const provider = readProvider(name, providers, reading);
    if (provider !== undefined) providers.push(provider);
  }
  return providers;
};

const ADDRESS_ALLOWED = 'listen, where the run is to start it, or url, where it runs already';

const readProvider = (
  name: string,
  others: readonly ProviderConfig[],
  reading: Reading,
): ProviderConfig | undefined => {
  const at: Path = ['providers', name];
  const written = valueAt(reading.source.value, at);
  const read = readMap({ schema: providerSchema, at }, reading);
  const isStarted = isRecord(written) && 'listen' in written;
  const isRunning = isRecord(written) && 'url' in written;
  if (isRecord(written) && isStarted === isRunning)
    reading.report(at, isStarted ? 'has both listen and url' : 'has no address', { allowed: ADDRESS_ALLOWED });
  if (isStarted && !isRunning) return startedProvider({ name, at, read, others }, reading);
  if (!isRunning || isStarted || read.url === undefined) return undefined;
  for (const key of Object.keys(written).filter((each) => each !== 'url' && each in providerSchema.shape))
    reading.report([...at, key], 'goes with listen only: a provider that runs already is as it is');
  const url = readProviderUrl(read.url, [...at, 'url'], reading);
  return url === undefined ? undefined : { kind: 'running', name, url };
};

interface ProviderReading {
  readonly name: string;
  readonly at: Path;
  readonly read: ReturnType<typeof readMap<typeof providerSchema.shape>>;
  readonly others: readonly ProviderConfig[];
}

const startedProvider = (place: ProviderReading, reading: Reading): StartedProviderConfig | undefined => {
  const { name, at, read, others } = place;
  const latency = read.latency ?? DEFAULTS.provider.latency;
  checkDistribution(latency, [...at, 'latency'], reading);
  if (read.ttft !== undefined) checkDistribution(read.ttft, [...at, 'ttft'], reading);
  checkFaults(place, reading);
  if (read.listen === undefined) return undefined;
  const { host, port } = read.listen;
  const twin = others.find(
    (other) => other.kind === 'started' && port !== 0 && other.listen.host === host && other.listen.port === port,
  );
  if (twin !== undefined) reading.report([...at, 'listen'], `is the address of "${twin.name}" as well`);
  return {
    kind: 'started',
    name,
    listen: read.listen,
    latency,
    ttft: read.ttft,
    outputTokens: read.output_tokens ?? DEFAULTS.provider.outputTokens,
    tokenInterval: read.token_interval ?? DEFAULTS.provider.tokenInterval,
    models: read.models,
    keys: read.keys?.flatMap((key, index) => readPlainText(key, [...at, 'keys', index], reading) ?? []),
    limit: read.limit,
    dimensions: read.dimensions,
    faults: read.faults,
  };
};

const checkDistribution = (
  { p50, p95 }: StartedProviderConfig['latency'],
  at: Path,
  { report }: Pick<Reading, 'report'>,
): void => {
  if (p95 < p50) report(at, 'the p95 is below the p50', { allowed: 'p50 at most p95' });
  else if (p50 === 0 && p95 > 0)
    report(at, 'a p50 of 0 goes with a p95 of 0', { allowed: 'p50 above 0, or 0 for both' });
};

const checkFaults = ({ at, read }: ProviderReading, { report }: Reading): void => {
  for (const [index, fault] of (read.faults ?? []).entries()) {
    const place: Path = [...at, 'faults', index];
    const allowed = FAULT_FIELDS[fault.name].join(', ') || 'share, from and until only';
    for (const stray of strayFields(fault)) report([...place, stray], `does not go with ${fault.name}`, { allowed });
    if (fault.until !== undefined && fault.until <= (fault.from ?? 0))
      report([...place, 'until'], 'is not after from', { allowed: 'from before until' });
    if (fault.name === 'lying-429' && read.limit === undefined)
      report(place, 'without a limit there is no 429 to lie in', { allowed: 'limit beside faults' });
  }
};

const URL_ALLOWED = 'an http(s) URL such as http://127.0.0.1:9901, without credentials and query';

const readProviderUrl = (text: string, at: Path, { plainEnv, report }: Reading): string | undefined => {
  const resolved = readPlainText(text, at, { report, env: plainEnv });
  if (resolved === undefined) return undefined;
  const url = URL.parse(resolved.trim());
  const isPlain = url !== null && `${url.username}${url.password}${url.search}${url.hash}` === '';
  if (isPlain && (url.protocol === 'http:' || url.protocol === 'https:'))
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  report(at, 'is not the URL of a provider', { allowed: URL_ALLOWED });
  return undefined;
};
