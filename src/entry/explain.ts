import { formatProblems } from '../config/format-problems.ts';
import { ConfigError, GateError } from '../model/errors.ts';

/** An exception in words for a person: what, and what to do. A stack only for what is our own fault. */
export const explain = (error: unknown): string => {
  if (error instanceof ConfigError) return `${formatProblems(error.problems)}\n\n${error.message}`;
  if (error instanceof GateError && error.code !== 'internal')
    return `gatemark: ${error.message}${error.hint === undefined ? '' : `\n${error.hint}`}`;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? `\ncaused by ${error.cause.stack}` : '';
  return `gatemark: internal fault, please report it\n${stack}${cause}`;
};
