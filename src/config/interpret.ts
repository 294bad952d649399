import { checkLimits } from './check-limits.ts';
import { checkSlos } from './check-slos.ts';
import type { Config } from './config.ts';
import { type ConfigSource, isRecord, valueAt } from './config-source.ts';
import { reportUnknownKey } from './issue-to-problem.ts';
import { type LinkedLoads, linkLoads } from './link-loads.ts';
import { ProblemList } from './problem-list.ts';
import { readGateway } from './read-gateway.ts';
import { readLists } from './read-lists.ts';
import { readProviders } from './read-providers.ts';
import { readScenario, type ScenarioReading, type ScenarioScope } from './read-scenario.ts';
import { readFleet, readLimits, readLoadScale, readRegression } from './read-settings.ts';
import { readTenants } from './read-tenants.ts';
import { placeInWords, type Reading, readNames } from './reading.ts';
import { configSchema } from './schema.ts';
import type { DialectSpec } from './schema-dialect.ts';

/** The world around a configuration, as far as it is read from. */
export interface Surroundings {
  readonly env: (name: string) => string | undefined;
  /** Text of a file beside the configuration; undefined when it cannot be read. */
  readonly readFile: (path: string) => string | undefined;
  /** Says what is wrong with a dialect; dialects live beside the configuration, so that it cannot look for itself. */
  readonly checkDialect?: DialectCheck | undefined;
}

/** The answer to whether a dialect can be used. */
export type DialectCheck = (
  spec: DialectSpec,
) => { readonly ok: true } | { readonly ok: false; readonly message: string; readonly allowed: string };

/** What came of a configuration. With a problem, `config` is not to be used. */
export interface Interpretation {
  readonly config: Config;
  readonly problems: ProblemList;
  /** Values that must not be shown, longest first. */
  readonly secrets: readonly string[];
  /** What is odd but no fault, one sentence each, with its place. */
  readonly warnings: readonly string[];
}

/** Reads a layered configuration from end to end; what is wrong with one part does not keep the others from being read. */
export const interpret = (
  source: ConfigSource,
  profile: string,
  { env, readFile, checkDialect }: Surroundings,
): Interpretation => {
  const problems = new ProblemList(source);
  const secrets = new Set<string>();
  const warnings: string[] = [];
  const reading: Reading = {
    source,
    env: (name) => remembered(env(name), secrets),
    plainEnv: env,
    readFile,
    problems,
    report: problems.report,
    warn: (path, message) => warnings.push(`${placeInWords(source, path)}: ${message}`),
  };
  checkTop(reading);
  const { gateway, timeout, secrets: ofUrl } = readGateway(reading);
  for (const secret of ofUrl) secrets.add(secret);
  reportDialect(gateway.dialect, checkDialect, reading);
  const limits = readLimits(reading);
  const scale = readLoadScale(reading);
  const lists = readLists(reading);
  const tenants = readTenants(reading);
  const used = new Set<string>();
  const readings = readScenarios(reading, {
    tenants,
    lists: namesIn(source, 'data'),
    gatewayHeaders: gateway.headers,
    timeout,
    onPick: (list) => used.add(`data.${list}`),
    onTenant: (tenant) => used.add(`tenants.${tenant}`),
  });
  const linked = linkLoads(readings, scale, reading);
  checkLimits(linked, limits, reading);
  checkAllSlos(readings, linked, reading);
  warnOfUnused(used, reading);
  const seed = valueAt(source.value, ['seed']);
  const config: Config = {
    file: source.file,
    profile,
    gateway,
    limits,
    seed: seed === undefined ? undefined : String(seed),
    lists,
    tenants,
    providers: readProviders(reading),
    loads: linked.loads,
    scenarios: readings.map(({ scenario }) => scenario),
    ...readRegression(reading),
    fleet: readFleet(reading),
    originOf: (path) => source.originOf(path),
  };
  return { config, problems, secrets: [...secrets].toSorted((one, other) => other.length - one.length), warnings };
};

const reportDialect = (spec: DialectSpec, check: DialectCheck | undefined, { report }: Reading): void => {
  const answer = check?.(spec);
  if (answer === undefined || answer.ok) return;
  const place = typeof spec === 'string' ? ['gateway', 'dialect'] : ['gateway', 'dialect', 'base'];
  report(place, answer.message, { allowed: answer.allowed });
};

const remembered = (value: string | undefined, secrets: Set<string>): string | undefined => {
  if (value !== undefined && value !== '') secrets.add(value);
  return value;
};

/** The keys at the top, and the values that stand there by themselves. */
const checkTop = ({ source, report }: Reading): void => {
  const { value } = source;
  if (!isRecord(value)) {
    const isEmpty = value === null || value === undefined;
    report([], isEmpty ? 'the file is empty' : 'must be a map of keys and values', {
      ...(isEmpty ? { received: undefined } : {}),
      allowed: 'version, gateway, scenarios and more',
    });
    return;
  }
  const keys = Object.keys(configSchema.shape);
  const place = { tree: value, at: [], knownKeys: () => keys, report };
  for (const key of Object.keys(value)) if (!keys.includes(key)) reportUnknownKey([], key, place);
  const { version, seed } = value;
  if (version !== 1)
    report(['version'], version === undefined ? 'is required' : 'is not a version of this format', { allowed: '1' });
  if (seed !== undefined && !configSchema.shape.seed.safeParse(seed).success)
    report(['seed'], 'must be text or a number', { allowed: 'a single value' });
};

const readScenarios = (reading: Reading, scope: ScenarioScope): readonly ScenarioReading[] => {
  const { source, report } = reading;
  if (isRecord(source.value) && source.value.scenarios === undefined)
    report(['scenarios'], 'is required', { allowed: 'at least one scenario, by name' });
  return readNames(['scenarios'], reading).map((name) => readScenario(name, scope, reading));
};

const checkAllSlos = (readings: readonly ScenarioReading[], { loads }: LinkedLoads, reading: Reading): void => {
  for (const { scenario, sloLines } of readings) {
    const load = loads.find(({ members }) => members.some((member) => member.scenario === scenario.name));
    const isInSteps = load === undefined ? undefined : load.arrival.kind === 'steps';
    checkSlos(sloLines, ['scenarios', scenario.name, 'slo'], { scenario, isInSteps }, reading);
  }
};

const namesIn = (source: ConfigSource, key: string): readonly string[] => {
  const found = valueAt(source.value, [key]);
  return isRecord(found) ? Object.keys(found) : [];
};

const warnOfUnused = (used: ReadonlySet<string>, { source, warn }: Reading): void => {
  for (const key of ['data', 'tenants'])
    for (const name of namesIn(source, key)) if (!used.has(`${key}.${name}`)) warn([key, name], 'no scenario uses it');
};
