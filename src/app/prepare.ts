import type { Config } from '../config/config.ts';
import { readConfig } from '../config/read-config.ts';
import { resolveDialect } from '../dialects/resolve-dialect.ts';
import { ConfigError, GateError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
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
 * Reads a configuration and plans its run.
 *
 * @throws ConfigError with every problem, GateError `usage` when the file cannot be read.
 */
export const prepare = async (request: PrepareRequest, ports: PreparePorts): Promise<Prepared> => {
  const read = readConfig({
    file: request.configPath,
    text: request.configText ?? (await readText(request.configPath, ports.files)),
    env: ports.env,
    profile: request.profile,
    overrides: { gatewayUrl: request.gatewayUrl, seed: request.seed },
    readFile: ports.readBeside,
    checkDialect: resolveDialect,
  });
  ports.onSecrets(read.secrets);
  if (!read.ok) throw new ConfigError(read.problems);
  const { config, secrets, warnings } = read;
  const planned = planRun(config, { seed: ports.newId() });
  if (!planned.ok) throw new ConfigError(planned.problems);
  const refusal = hostProblem(config, request.allowedHosts);
  if (refusal !== undefined) throw new ConfigError([refusal]);
  return { config, plan: planned.plan, secrets, warnings };
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
