import type { Config } from '../config/config.ts';
import { type ConfigResult, readConfig } from '../config/read-config.ts';
import { resolveDialect } from '../dialects/resolve-dialect.ts';
import { ConfigError, GateError, type Problem } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import { planComparison } from '../plan/plan-comparison.ts';
import { planRun } from '../plan/plan-run.ts';
import type { Files } from '../ports/files.ts';
import { hostProblem } from './allowed-hosts.ts';

/** Which configuration, and what wins over it. */
export interface PrepareRequest {
  /** The configuration file, as the user named it. */
  readonly configPath: string;
  /** Its text, where it is not read from the file: the demo's. */
  readonly configText: string | undefined;
  readonly profile: string | undefined;
  /** Wins over the configuration's `gateway.url`. */
  readonly gatewayUrl: string | undefined;
  /** A second gateway, to compare with in the same run; undefined = none. */
  readonly baselineUrl: string | undefined;
  readonly seed: string | undefined;
  /** Hosts that load may be sent to; empty = the configuration decides. */
  readonly allowedHosts: readonly string[];
}

export interface PreparePorts {
  readonly files: Files;
  readonly env: (name: string) => string | undefined;
  /** A file that the configuration names, by its path relative to the configuration; undefined = there is none. */
  readonly readBeside: (path: string) => string | undefined;
  /** Called with every secret as soon as it is known, before anything else can be said. */
  readonly onSecrets: (secrets: readonly string[]) => void;
  /** Unlikely to come twice: ids of runs, and seeds where none was chosen. */
  readonly newId: () => string;
}

/** A configuration and the plan made of it. */
export interface Prepared {
  readonly config: Config;
  readonly plan: Plan;
  readonly secrets: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Reads a configuration and plans its run. With a second gateway the configuration is read again with its URL, so that paths
 * and credentials follow from it by the same rules.
 *
 * @throws ConfigError with every problem, GateError `usage` when the file cannot be read.
 */
export const prepare = async (request: PrepareRequest, ports: PreparePorts): Promise<Prepared> => {
  const text = request.configText ?? (await readText(request.configPath, ports.files));
  const readFor = (gatewayUrl: string | undefined): ConfigResult =>
    readConfig({
      file: request.configPath,
      text,
      env: ports.env,
      profile: request.profile,
      overrides: { gatewayUrl, seed: request.seed },
      readFile: ports.readBeside,
      checkDialect: resolveDialect,
    });
  const read = readFor(request.gatewayUrl);
  const other = request.baselineUrl === undefined ? undefined : readFor(request.baselineUrl);
  const secrets = longestFirst([...read.secrets, ...(other?.secrets ?? [])]);
  ports.onSecrets(secrets);
  if (!read.ok) throw new ConfigError(read.problems);
  // What else is wrong would be wrong in the first reading as well.
  if (other?.ok === false) throw new ConfigError(other.problems.map(ofBaselineUrl));
  const { config, warnings } = read;
  const planned = planRun(config, { seed: ports.newId() });
  if (!planned.ok) throw new ConfigError(planned.problems);
  const compared = other === undefined ? { ...planned, warnings: [] } : planComparison(planned.plan, other.config);
  if (!compared.ok) throw new ConfigError(compared.problems);
  refuseHosts([config, ...(other === undefined ? [] : [other.config])], request.allowedHosts);
  return { config, plan: compared.plan, secrets, warnings: [...warnings, ...compared.warnings] };
};

const longestFirst = (secrets: readonly string[]): readonly string[] =>
  [...new Set(secrets)].toSorted((one, another) => another.length - one.length);

/** The URL of the second gateway stood where that of the first is written. */
const ofBaselineUrl = (problem: Problem): Problem =>
  problem.path === 'gateway.url' ? { ...problem, path: BASELINE_URL } : problem;

const BASELINE_URL = 'baseline-url';

const refuseHosts = ([gateway, baseline]: readonly Config[], allowedHosts: readonly string[]): void => {
  const ofGateway = gateway && hostProblem(gateway, allowedHosts);
  const ofBaseline = baseline && hostProblem(baseline, allowedHosts);
  const problems = [...(ofGateway ? [ofGateway] : []), ...(ofBaseline ? [ofBaselineUrl(ofBaseline)] : [])];
  if (problems.length > 0) throw new ConfigError(problems);
};

/** A configuration that is not there is a mistake of use, not of the disk. */
const readText = async (path: string, files: Files): Promise<string> => {
  try {
    return await files.readText(path);
  } catch (cause) {
    const hint = 'Name the configuration with --config (or the config input); `gatemark demo` needs none.';
    throw new GateError('usage', (cause as Error).message, { hint, cause });
  }
};
