import { ConfigError, type Problem } from '../../model/errors.ts';
import { FAIL_ON, type FailOn } from '../../model/policy.ts';

export const MODES = ['gate', 'shard', 'merge', 'report'] as const;
/** What the action does: measure and judge, measure a share, add shares up, or report another run's measurement. */
export type Mode = (typeof MODES)[number];

export const SAVE_BASELINE = ['auto', 'always', 'never'] as const;
/** When the run becomes part of the baseline; `auto` = on the default branch. */
export type SaveBaseline = (typeof SAVE_BASELINE)[number];

export const COMMENT_MODES = ['auto', 'always', 'on-failure', 'never'] as const;
/** When a pull request gets a comment; publisher.ts says what each means. */
export type CommentMode = (typeof COMMENT_MODES)[number];

/** The share of one runner: `index` from 1 to `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** The action's inputs, checked. An input that is absent or empty has its default; undefined = it has none. */
export interface ActionInputs {
  readonly config: string;
  readonly gatewayUrl: string | undefined;
  readonly baselineUrl: string | undefined;
  readonly profile: string;
  readonly mode: Mode;
  /** Set exactly when `mode` is `shard`. */
  readonly shard: Shard | undefined;
  /** Where this shard runs; undefined = not said. */
  readonly region: string | undefined;
  readonly baselineName: string;
  readonly saveBaseline: SaveBaseline;
  /** Empty when the input was `none`. */
  readonly failOn: readonly FailOn[];
  readonly comment: CommentMode;
  readonly commentKey: string;
  /** Whether the commit gets a check run. */
  readonly checkRun: boolean;
  /** Undefined = no label overrides a failure. */
  readonly overrideLabel: string | undefined;
  /** `host` or `host:port`, lower case, a leading `*.` for all its subdomains; empty = the configuration decides. */
  readonly allowedHosts: readonly string[];
  /** A secret. */
  readonly githubToken: string | undefined;
}

/** Every input with the default that action.yml states; a test holds the two together. */
export const INPUT_DEFAULTS = {
  config: '.github/gatemark.yml',
  'gateway-url': '',
  'baseline-url': '',
  profile: 'pr',
  mode: 'gate',
  shard: '',
  region: '',
  'baseline-name': 'gatemark-baseline',
  'save-baseline': 'auto',
  'fail-on': 'slo,regression',
  comment: 'auto',
  'comment-key': 'default',
  'check-run': 'false',
  'override-label': 'gatemark-override',
  'allowed-hosts': '',
  // The runner puts the job's token here (`${{ github.token }}` in action.yml); outside of one there is none.
  'github-token': '',
} as const;
export type InputName = keyof typeof INPUT_DEFAULTS;

/** GitHub's own limit. */
const LONGEST_LABEL = 50;

/** A matrix has at most this many jobs. */
const MAX_SHARDS = 256;

/** What an artifact's name may not hold, by the artifact service's own rule. */
const ARTIFACT_NAME = /^[^":<>|*?\r\n\\/]{1,128}$/;
const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const HOST =
  /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/;

/** Reads raw values and collects what is wrong with them, so that all problems can be reported at once. */
class InputReader {
  readonly problems: Problem[] = [];
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  text(name: InputName): string {
    // The runner keeps the dashes: only spaces become underscores.
    return this.#env[`INPUT_${name.toUpperCase()}`]?.trim() || INPUT_DEFAULTS[name];
  }

  /** Of an input that may be empty: that means something else than its default. */
  textOrNone(name: InputName): string {
    return this.#env[`INPUT_${name.toUpperCase()}`]?.trim() ?? INPUT_DEFAULTS[name];
  }

  list(name: InputName): string[] {
    return this.text(name)
      .split(/[\s,]+/)
      .filter((part) => part !== '');
  }

  refuse(name: InputName, received: string, message: string, allowed: string): void {
    const shown = received.replace(/\/\/[^/\s]*@/, '//***@');
    this.problems.push({
      file: 'action inputs',
      line: undefined,
      path: name,
      message,
      received: shown.length > 100 ? `${shown.slice(0, 100)}…` : shown,
      allowed,
    });
  }

  choice<T extends string>(name: InputName, values: readonly T[]): T {
    const received = this.text(name);
    const found = values.find((value) => value === received);
    if (found === undefined) this.refuse(name, received, 'unknown value', values.join(', '));
    return found ?? values[0]!;
  }

  matching(name: InputName, pattern: RegExp, allowed: string): string {
    const received = this.text(name);
    if (!pattern.test(received)) this.refuse(name, received, 'not a usable name', allowed);
    return received;
  }

  url(name: InputName): string | undefined {
    const received = this.text(name);
    if (received === '') return undefined;
    if (!/^https?:\/\//i.test(received) || !URL.canParse(received))
      this.refuse(name, received, 'not a URL', 'an absolute http:// or https:// URL');
    return received;
  }
}

const readShard = (reader: InputReader, mode: Mode): Shard | undefined => {
  const received = reader.text('shard');
  const allowed = `INDEX/COUNT, such as 2/8: an index from 1 to the count, at most ${MAX_SHARDS} shards`;
  if (received === '' && mode !== 'shard') return undefined;
  if (received !== '' && mode !== 'shard') {
    reader.refuse('shard', received, `not used with mode ${mode}`, 'empty, unless mode is shard');
    return undefined;
  }
  const [, index, count] = /^(\d{1,3})\/(\d{1,3})$/.exec(received)?.map(Number) ?? [];
  if (index === undefined || count === undefined || index < 1 || index > count || count > MAX_SHARDS) {
    reader.refuse('shard', received, received === '' ? 'missing: mode is shard' : 'not a share', allowed);
    return undefined;
  }
  return { index, count };
};

const REGION = /^[\w .:/-]{1,64}$/;

const readRegion = (reader: InputReader, mode: Mode): string | undefined => {
  const received = reader.text('region');
  if (received === '') return undefined;
  if (mode !== 'shard') reader.refuse('region', received, `not used with mode ${mode}`, 'empty, unless mode is shard');
  else if (!REGION.test(received))
    reader.refuse('region', received, 'not a usable name', 'at most 64 letters, digits, blanks and any of . : / - _');
  return received;
};

/** What is compared side by side is measured by one generator. */
const readBaselineUrl = (reader: InputReader, mode: Mode): string | undefined => {
  const url = reader.url('baseline-url');
  if (url !== undefined && (mode === 'shard' || mode === 'merge'))
    reader.refuse('baseline-url', url, `not used with mode ${mode}`, 'empty, unless mode is gate');
  return url;
};

const readFailOn = (reader: InputReader): readonly FailOn[] => {
  const parts = reader.list('fail-on');
  if (parts.length === 1 && parts[0] === 'none') return [];
  for (const part of parts.filter((each) => !FAIL_ON.some((known) => known === each)))
    reader.refuse('fail-on', part, 'unknown value', `a list of ${FAIL_ON.join(', ')}; or none alone`);
  return FAIL_ON.filter((known) => parts.includes(known));
};

const readOverrideLabel = (reader: InputReader): string | undefined => {
  const received = reader.textOrNone('override-label');
  if (received.length > LONGEST_LABEL || /[\r\n]/.test(received))
    reader.refuse(
      'override-label',
      received,
      'not a label',
      `one line of at most ${LONGEST_LABEL} characters; empty for none`,
    );
  return received || undefined;
};

const readAllowedHosts = (reader: InputReader): readonly string[] => {
  const hosts = reader.list('allowed-hosts').map((host) => host.toLowerCase());
  for (const host of hosts.filter((each) => !HOST.test(each)))
    reader.refuse(
      'allowed-hosts',
      host,
      'not a host',
      'a list of HOST, HOST:PORT or *.DOMAIN, without scheme and path',
    );
  return hosts;
};

/**
 * Reads the action's inputs from the environment that the runner sets (`INPUT_…`).
 *
 * @throws ConfigError with every problem, each with the value received and what is allowed. The token is in none of them.
 */
export const readInputs = (env: NodeJS.ProcessEnv = process.env): ActionInputs => {
  const reader = new InputReader(env);
  const mode = reader.choice('mode', MODES);
  const inputs: ActionInputs = {
    config: reader.text('config'),
    gatewayUrl: reader.url('gateway-url'),
    baselineUrl: readBaselineUrl(reader, mode),
    profile: reader.matching('profile', KEY, 'the name of a profile: letters, digits, dot, dash, underscore'),
    mode,
    shard: readShard(reader, mode),
    region: readRegion(reader, mode),
    baselineName: reader.matching(
      'baseline-name',
      ARTIFACT_NAME,
      'an artifact name: at most 128 characters, none of " : < > | * ? \\ /',
    ),
    saveBaseline: reader.choice('save-baseline', SAVE_BASELINE),
    failOn: readFailOn(reader),
    comment: reader.choice('comment', COMMENT_MODES),
    commentKey: reader.matching('comment-key', KEY, 'at most 64 letters, digits, dots, dashes and underscores'),
    checkRun: reader.choice('check-run', ['false', 'true']) === 'true',
    overrideLabel: readOverrideLabel(reader),
    allowedHosts: readAllowedHosts(reader),
    githubToken: reader.text('github-token') || undefined,
  };
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  return inputs;
};
