import type { Problem } from '../model/errors.ts';
import { type ConfigSource, isRecord, valueAt } from './config-source.ts';
import { soundsSecret } from './secret-names.ts';
import type { Path } from './source-document.ts';

/** What is known of a problem beside its place. */
export interface ProblemDetail {
  /** As shown to the user; when not given, the value that stands at the path. */
  readonly received?: string | undefined;
  readonly allowed?: string | undefined;
}

/** The place of a value with a problem, and the problem. */
export type Report = (path: Path, message: string, detail?: ProblemDetail) => void;

/** Collects problems with the file; the only owner of the list while a configuration is read. */
export class ProblemList {
  readonly #source: ConfigSource;
  readonly #found: Problem[] = [];

  constructor(source: ConfigSource) {
    this.#source = source;
  }

  /** Adds a problem with the value at the path (or with its absence). The same one twice is kept once. */
  readonly report: Report = (path, message, detail = {}) => {
    const origin = this.#source.originOf(path);
    const problem: Problem = {
      file: this.#source.file,
      line: origin.line,
      path: formatPath(origin.path),
      message,
      received: 'received' in detail ? detail.received : displayAt(this.#source.value, path),
      allowed: detail.allowed,
    };
    this.add(problem);
  };

  /** Adds a problem that has its place already: one inside a file of test data. */
  add(problem: Problem): void {
    const isKnown = this.#found.some((other) => isSameProblem(other, problem));
    if (!isKnown) this.#found.push(problem);
  }

  /** By line, problems without a line first; in the order of their discovery within a line. */
  get all(): readonly Problem[] {
    return sortProblems(this.#found, this.#source.file);
  }
}

/** Same place, same words. */
export const isSameProblem = (one: Problem, other: Problem): boolean =>
  one.file === other.file && one.line === other.line && one.path === other.path && one.message === other.message;

/** Those of the configuration file first, by line (without a line before all others); then those of other files. */
export const sortProblems = (problems: readonly Problem[], file: string): readonly Problem[] =>
  problems.toSorted(
    (one, other) =>
      Number(one.file !== file) - Number(other.file !== file) ||
      (one.file < other.file ? -1 : one.file > other.file ? 1 : 0) ||
      (one.line ?? 0) - (other.line ?? 0),
  );

/** Dotted, list indexes in brackets: `scenarios.chat.slo[2]`. */
export const formatPath = (path: Path): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  );

const SHOWN = 60;

/** A value on one line, text in quotes, shortened; undefined for nothing. */
export const displayValue = (value: unknown): string | undefined => {
  if (value === undefined) return undefined;
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
};

/** The value at a path, as a problem may show it: what looks like a secret is masked. */
const displayAt = (tree: unknown, path: Path): string | undefined => {
  const isSecret = path.some((key, index) => path[index - 1] === 'headers' && soundsSecret(String(key)));
  const value = valueAt(tree, path);
  if (value === undefined) return undefined;
  return isSecret ? '***' : displayValue(masked(value));
};

/** `max_tokens: 5` sounds secret and is not. */
const isHarmless = (value: unknown): boolean => typeof value === 'number' || typeof value === 'boolean';

const masked = (value: unknown): unknown => {
  // Credentials and the query of a URL.
  if (typeof value === 'string')
    return value.replace(/:\/\/[^/@\s]*@/g, '://***@').replace(/(:\/\/[^\s?]*\?)\S+/g, '$1***');
  if (Array.isArray(value)) return value.map(masked);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, soundsSecret(key) && !isHarmless(inner) ? '***' : masked(inner)]),
  );
};
