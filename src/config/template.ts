import type { Expression, Template } from '../model/template.ts';
import { didYouMean } from './did-you-mean.ts';

/** What is wrong with one `${…}`; the place in the file is the caller's to add. */
export interface TemplateProblem {
  readonly message: string;
  /** The expression as written. */
  readonly received: string;
  readonly allowed?: string;
}

/** A template, read. An expression with a problem is left out of `template`. */
export interface ParsedTemplate {
  readonly template: Template;
  readonly problems: readonly TemplateProblem[];
  /** Environment variables that the text names, set or not, each once: their values are secrets. */
  readonly envNames: readonly string[];
}

type Environment = (name: string) => string | undefined;
/** A literal is what an `env` expression turns into. */
type Parsed = Expression | { readonly literal: string } | Omit<TemplateProblem, 'received'>;

/** The most tokens that one `${text N}` may ask for: more than the context of nearly every model. */
const MAX_TEXT_TOKENS = 200_000;

const ALLOWED =
  '${env.NAME}, ${uuid}, ${nonce}, ${seq}, ${pick LIST}, ${int A B}, ${text N}, ${tenant.id} or ${tenant.VARIABLE}; ${prompt} for the semantic-cache probe; $${ for a literal ${';
const WORDS = ['env', 'uuid', 'nonce', 'seq', 'prompt', 'pick', 'int', 'text', 'tenant'];

const problem = (message: string, allowed?: string): Parsed =>
  allowed === undefined ? { message } : { message, allowed };

const alone =
  (kind: 'uuid' | 'nonce' | 'seq' | 'prompt') =>
  (operands: readonly string[]): Parsed =>
    operands.length === 0 ? { kind } : problem(`${kind} takes nothing behind it`, `\${${kind}}`);

/** What stands behind each word, by the word. */
const PARSERS: Readonly<Record<string, (operands: readonly string[]) => Parsed>> = {
  uuid: alone('uuid'),
  nonce: alone('nonce'),
  seq: alone('seq'),
  prompt: alone('prompt'),
  pick: ([list, ...more]) =>
    list === undefined || more.length > 0
      ? problem('pick takes the name of one list', '${pick LIST}, LIST being a key of `data`')
      : { kind: 'pick', list },
  int: readInt,
  text: readText,
};

/** An escape, a whole expression, or the start of one that never ends. */
const PIECES = /\$\$\{|\$\{((?:(?!\$\{)[^}])*)\}|\$\{/g;

/**
 * Reads `${…}` expressions out of a text. `env` values are put in as literal text and never read again, so that a secret
 * with a `${` in it stays what it is; `$${` is a literal `${`. All problems are collected. An environment variable that
 * is empty counts as unset: that is what a workflow makes of a secret that it may not see.
 */
export function parseTemplate(text: string, env: Environment): ParsedTemplate {
  const parts: (string | Expression)[] = [];
  const problems: TemplateProblem[] = [];
  const envNames = new Set<string>();
  let end = 0;
  for (const match of text.matchAll(PIECES)) {
    addLiteral(parts, text.slice(end, match.index));
    end = match.index + match[0].length;
    const parsed = readPiece(match, env, envNames);
    if ('literal' in parsed) addLiteral(parts, parsed.literal);
    else if ('kind' in parsed) parts.push(parsed);
    else problems.push({ ...parsed, received: match[1] === undefined ? excerpt(text, match.index) : match[0] });
  }
  addLiteral(parts, text.slice(end));
  return { template: parts, problems, envNames: [...envNames] };
}

/** Adds literal text; never beside another literal, and never an empty one. */
function addLiteral(parts: (string | Expression)[], text: string): void {
  const last = parts.at(-1);
  if (typeof last === 'string') parts[parts.length - 1] = last + text;
  else if (text !== '') parts.push(text);
}

/** The beginning of what was never closed. */
const excerpt = (text: string, at: number): string =>
  text.length > at + 40 ? `${text.slice(at, at + 40)}…` : text.slice(at);

function readPiece(match: RegExpExecArray, env: Environment, envNames: Set<string>): Parsed {
  const [piece, inside] = match;
  if (piece === '$${') return { literal: '${' };
  if (inside === undefined) return problem('this ${ has no closing }', '$${ for a literal ${');
  const source = inside.trim();
  if (source.startsWith('env.')) return readEnv(source.slice('env.'.length), env, envNames);
  if (source.startsWith('tenant.')) return readTenant(source.slice('tenant.'.length));
  const [word = '', ...operands] = source.split(/\s+/);
  const parser = Object.hasOwn(PARSERS, word) ? PARSERS[word] : undefined;
  return parser === undefined ? unknownWord(word) : parser(operands);
}

function unknownWord(word: string): Parsed {
  if (word === '') return problem('nothing stands inside ${}', ALLOWED);
  const near = didYouMean(word.split('.')[0]!, WORDS);
  const hint = near === undefined || near === word ? '' : `; did you mean ${near}?`;
  return problem(`unknown expression ${JSON.stringify(word)}${hint}`, ALLOWED);
}

function readEnv(name: string, env: Environment, envNames: Set<string>): Parsed {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return problem(`${JSON.stringify(name)} is no name of an environment variable`, 'letters, digits and _');
  envNames.add(name);
  const value = env(name);
  if (value === undefined) return problem(`the environment variable ${name} is not set`);
  if (value === '') return problem(`the environment variable ${name} is empty`);
  return { literal: value };
}

const readTenant = (variable: string): Parsed =>
  /^[A-Za-z0-9_-]+$/.test(variable)
    ? { kind: 'tenant', variable }
    : problem(
        `${JSON.stringify(variable)} is no name of a tenant's variable`,
        '${tenant.id} or ${tenant.VARIABLE}, VARIABLE being a key of its `vars`',
      );

function readInt(operands: readonly string[]): Parsed {
  const allowed = '${int A B} with whole numbers A <= B';
  const [min, max] = operands.map(wholeNumber);
  if (operands.length !== 2 || min === undefined || max === undefined)
    return problem('int takes two whole numbers', allowed);
  if (min > max) return problem(`int goes from ${min} down to ${max}`, allowed);
  if (!Number.isSafeInteger(max - min + 1)) return problem('int spans too many numbers', allowed);
  return { kind: 'int', min, max };
}

function readText(operands: readonly string[]): Parsed {
  const tokens = wholeNumber(operands[0] ?? '');
  if (operands.length !== 1 || tokens === undefined || tokens < 1 || tokens > MAX_TEXT_TOKENS)
    return problem('text takes a number of tokens', `\${text N} with N from 1 to ${MAX_TEXT_TOKENS}`);
  return { kind: 'text', tokens };
}

function wholeNumber(text: string): number | undefined {
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}
