import { GateError } from '../model/errors.ts';
import type { Expression, JsonTemplate, Template } from '../model/template.ts';
import { writeProse } from './prose.ts';
import { hashText, mixBits, type Random, seedOf } from './random.ts';

/** What stands in a rendered body for a prompt that a probe puts there. */
export const PROMPT_PLACE = '${prompt}';

/** What one request's expressions are made from. */
export interface RenderContext {
  /** The request's own stream; rendering draws from it in the order of the template. */
  readonly random: Random;
  /** Index of the request in its scenario. */
  readonly seq: number;
  /** The same for every `${nonce}` of one request. */
  readonly nonce: string;
  /** Undefined where the scenario has no tenants. */
  readonly tenant:
    | { readonly id: string; readonly vars: Readonly<Record<string, string | number | boolean>> }
    | undefined;
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

/**
 * Text of a template. Throws `GateError` `internal` for a list or tenant variable that the context has not got: reading
 * the configuration has made sure of them.
 */
export function renderTemplate(template: Template, context: RenderContext): string {
  let text = '';
  for (const part of template) text += typeof part === 'string' ? part : String(evaluate(part, context));
  return text;
}

/** The JSON value of a template, with the types that `JsonTemplate` promises. Throws as `renderTemplate` does. */
export function renderJsonValue(json: JsonTemplate, context: RenderContext): unknown {
  if (json === null || typeof json !== 'object') return json;
  if ('array' in json) return json.array.map((item) => renderJsonValue(item, context));
  if ('object' in json)
    return Object.fromEntries(json.object.map(([key, value]) => [key, renderJsonValue(value, context)]));
  const typed = typedExpression(json.template);
  return typed === undefined ? renderTemplate(json.template, context) : evaluate(typed, context);
}

/** The expression of a template that stands alone and whose value keeps its own type in JSON; undefined for a text. */
export function typedExpression(template: Template): Expression | undefined {
  const [only] = template;
  if (template.length !== 1 || only === undefined || typeof only === 'string') return undefined;
  return only.kind === 'int' || only.kind === 'seq' || only.kind === 'tenant' ? only : undefined;
}

/** The value of one expression. */
export function evaluate(expression: Expression, context: RenderContext): string | number | boolean {
  switch (expression.kind) {
    case 'uuid':
      return uuid(context.random);
    case 'nonce':
      return context.nonce;
    case 'seq':
      return context.seq;
    case 'prompt':
      return PROMPT_PLACE;
    case 'int':
      return context.random.int(expression.min, expression.max);
    case 'text':
      return writeProse(expression.tokens, context.random);
    case 'pick':
      return pick(expression.list, context);
    case 'tenant':
      return tenantVariable(expression.variable, context);
  }
}

function pick(name: string, context: RenderContext): string {
  const list = Object.hasOwn(context.lists, name) ? context.lists[name] : undefined;
  if (list === undefined || list.length === 0) throw new GateError('internal', `there is no list ${name} to pick from`);
  return list[context.random.int(0, list.length - 1)]!;
}

function tenantVariable(variable: string, { tenant }: RenderContext): string | number | boolean {
  if (tenant !== undefined && variable === 'id') return tenant.id;
  const value = tenant !== undefined && Object.hasOwn(tenant.vars, variable) ? tenant.vars[variable] : undefined;
  if (value === undefined) throw new GateError('internal', `tenant ${tenant?.id ?? '(none)'} has no ${variable}`);
  return value;
}

/** Two hexadecimal digits of every byte: a UUID takes a fifth of the time that number formatting would. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The low 16 bits of a word as four hexadecimal digits. */
const hex16 = (word: number): string => HEX[(word >>> 8) & 0xff]! + HEX[word & 0xff]!;

/** A version 4 UUID (RFC 9562 §5.4) from the stream. */
function uuid(random: Random): string {
  const word = (): number => random.int(0, 0xffff_ffff);
  const [a, b, c, d] = [word(), word(), word(), word()];
  const version = hex16((b & 0x0fff) | 0x4000);
  const variant = hex16(((c >>> 16) & 0x3fff) | 0x8000);
  return `${hex16(a >>> 16)}${hex16(a)}-${hex16(b >>> 16)}-${version}-${variant}-${hex16(c)}${hex16(d >>> 16)}${hex16(d)}`;
}

/**
 * The nonces of a scenario's requests, by request index (a whole number below 2^32): 18 letters and digits, the first 11
 * the scenario's and seed's, the last 7 unlike for every index. Neighbours look unlike, so that no cache takes them
 * for the same prompt.
 */
export function createNonces(seed: string, scenario: string): (index: number) => string {
  const name = seedOf(seed, scenario);
  const key = hashText(name, 1);
  const scope = (hashText(name, 2) * 0x20_0000 + (hashText(name, 3) >>> 11)).toString(36).padStart(11, '0');
  // A bijection of the index: two indexes never share a nonce.
  return (index) => scope + base36(mixBits(index ^ key));
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Every two digits of base 36: number formatting would take twenty times as long. */
const PAIRS = Array.from({ length: 1_296 }, (_, pair) => DIGITS[Math.floor(pair / 36)]! + DIGITS[pair % 36]!);

/** An unsigned 32-bit word as seven digits. */
const base36 = (word: number): string => {
  const high = Math.floor(word / PAIRS.length ** 2);
  const low = word - high * PAIRS.length ** 2;
  const middle = (low / PAIRS.length) | 0;
  const first = (high / 36) | 0;
  return PAIRS[first]! + DIGITS[high - first * 36]! + PAIRS[middle]! + PAIRS[low - middle * PAIRS.length]!;
};

/** The nonce of one request; see `createNonces`, which is cheaper for many. */
export const nonceOf = (seed: string, scenario: string, index: number): string => createNonces(seed, scenario)(index);
