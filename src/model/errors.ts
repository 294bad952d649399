/**
 * Why the gate could not do its work. What users expect (an SLO failed, nothing could be decided) is a value and never
 * one of these.
 *
 * - `usage`, `config`: exit status 2. - `unreachable`, `unmeasurable`: exit status 3.
 * - `baseline-unreadable`, `artifact`, `github`, `io`: a named part failed; the gate decides whether it can go on.
 * - `internal`: exit status 4.
 */
export type GateErrorCode =
  | 'usage'
  | 'config'
  | 'unreachable'
  | 'unmeasurable'
  | 'baseline-unreadable'
  | 'artifact'
  | 'github'
  | 'io'
  | 'internal';

/** The one exception class of the program. The message never carries a secret; the hint says what to do next. */
export class GateError extends Error {
  override readonly name = 'GateError';
  readonly code: GateErrorCode;
  readonly hint: string | undefined;

  constructor(code: GateErrorCode, message: string, more: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.hint = more.hint;
  }
}

/** One thing wrong with a configuration file, with its place. All of them are collected before any is reported. */
export interface Problem {
  /** The file, as the user named it. */
  readonly file: string;
  /** 1-based; undefined when the problem is with an absent file or a value from outside the file. */
  readonly line: number | undefined;
  /** Dotted path of the value, such as `scenarios.chat.load.rate`; empty for the whole document. */
  readonly path: string;
  /** What is wrong, one sentence without the place. */
  readonly message: string;
  /** The value as received, shortened and with secrets masked; undefined when nothing was received. */
  readonly received: string | undefined;
  /** What would be allowed, in words; undefined when the message says it all. */
  readonly allowed: string | undefined;
}

/** A configuration with at least one problem. */
export class ConfigError extends GateError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('config', `${problems.length} problem${problems.length === 1 ? '' : 's'} in the configuration`);
    this.problems = problems;
  }
}
