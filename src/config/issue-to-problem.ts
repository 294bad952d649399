import type { z } from 'zod';
import { valueAt } from './config-source.ts';
import { didYouMean } from './did-you-mean.ts';
import { displayValue, type Report } from './problem-list.ts';
import { NAME_ALLOWED } from './schema-fields.ts';
import type { Path } from './source-document.ts';

type Issue = z.core.$ZodIssue;

/** Where an issue belongs: its schema was given the value at `at` of `tree`. */
export interface IssuePlace {
  readonly tree: unknown;
  readonly at: Path;
  /** Keys that the map at a path knows, for "did you mean". */
  readonly knownKeys: (path: Path) => readonly string[];
  readonly report: Report;
}

/** Says what zod found in the words of this program. A union is answered for the branch that the value most resembles. */
export const reportIssue = (issue: Issue, place: IssuePlace): void => {
  const path = [...place.at, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
  const { report, tree } = place;
  const isAbsent = valueAt(tree, path) === undefined;
  switch (issue.code) {
    case 'unrecognized_keys':
      for (const key of issue.keys) reportUnknownKey(path, key, place);
      return;
    case 'invalid_type':
      report(path, isAbsent ? 'is required' : `must be ${KINDS[issue.expected] ?? issue.expected}`);
      return;
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      const received = valueAt(tree, path);
      const hint = typeof received === 'string' ? suggestion(received, allowed) : '';
      report(path, isAbsent ? 'is required' : `is not one of the allowed values${hint}`, { allowed: listed(allowed) });
      return;
    }
    case 'too_small':
      report(path, tooSmall(issue.origin), {
        allowed: `${atLeast(issue.minimum, issue.inclusive)}${unitOf(issue.origin, issue.minimum)}`,
      });
      return;
    case 'too_big':
      report(path, 'is too large', { allowed: `at most ${issue.maximum}${unitOf(issue.origin, issue.maximum)}` });
      return;
    case 'invalid_key':
      report(path, 'is not a name', { received: displayValue(path.at(-1)), allowed: NAME_ALLOWED });
      return;
    case 'invalid_union':
      reportUnion(issue, path, place);
      return;
    case 'custom':
      report(path, issue.message, { allowed: issue.params?.allowed as string | undefined });
      return;
    default:
      report(path, issue.message);
  }
};

/** `; did you mean "rate"?`, or nothing. */
export const suggestion = (word: string, candidates: readonly string[]): string => {
  const near = didYouMean(word, candidates);
  return near === undefined ? '' : `; did you mean "${near}"?`;
};

/** `a, b or c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** A key that does not belong where it stands. */
export const reportUnknownKey = (path: Path, key: string, { report, knownKeys }: IssuePlace): void => {
  const known = knownKeys(path);
  report([...path, key], `unknown key "${key}"${suggestion(key, known)}`, {
    allowed: known.length === 0 ? undefined : known.join(', '),
  });
};

const KINDS: Readonly<Record<string, string>> = {
  object: 'a map of keys and values',
  record: 'a map of keys and values',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

const tooSmall = (origin: string): string => (origin === 'array' ? 'must not be empty' : 'is too small');
const unitOf = (origin: string, count: number | bigint): string => {
  if (origin !== 'array') return '';
  return count === 1 ? ' entry' : ' entries';
};
const atLeast = (minimum: number | bigint, isInclusive: boolean | undefined): string =>
  isInclusive === false ? `more than ${minimum}` : `at least ${minimum}`;

type UnionIssue = Extract<Issue, { code: 'invalid_union' }>;

const reportUnion = (issue: UnionIssue, path: Path, place: IssuePlace): void => {
  const branches = issue.errors;
  // A branch whose complaint is about a part of the value had the right kind of value; one about the whole had not.
  const fitting = branches.filter((issues) => !issues.some((each) => each.path.length === 0 && isOfWholeValue(each)));
  const [best] = fitting.toSorted((one, other) => one.length - other.length);
  if (best !== undefined) {
    for (const inner of best) reportIssue(inner, { ...place, at: path });
    return;
  }
  const allowed = [...new Set(branches.flatMap((issues) => issues.flatMap(expectationsOf)))];
  const received = valueAt(place.tree, path);
  const hint = typeof received === 'string' ? suggestion(received, allowed) : '';
  const message = received === undefined ? 'is required' : `is none of what is allowed here${hint}`;
  place.report(path, message, { allowed: listed(allowed) });
};

const isOfWholeValue = (issue: Issue): boolean =>
  issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'custom';

const expectationsOf = (issue: Issue): readonly string[] => {
  if (issue.code === 'invalid_type') return [KINDS[issue.expected] ?? issue.expected];
  if (issue.code === 'invalid_value') return issue.values.map(String);
  if (issue.code === 'too_small') return [atLeast(issue.minimum, issue.inclusive)];
  if (issue.code === 'too_big') return [`at most ${issue.maximum}`];
  return [(issue.code === 'custom' ? (issue.params?.allowed as string | undefined) : undefined) ?? issue.message];
};
