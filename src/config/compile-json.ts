import type { Expression, JsonTemplate, Template } from '../model/template.ts';
import { evaluate, type RenderContext, typedExpression } from './template-render.ts';

/** Ready JSON text, or an expression whose value goes in: as a JSON value of its own, or escaped inside a string. */
type Piece = string | { readonly expression: Expression; readonly whole: boolean };

/**
 * A function that renders the JSON text of a template: what is literal is escaped and joined once, so that a request costs
 * only its expressions. The text is that of `JSON.stringify(renderJsonValue(…))` on the same random stream, except that
 * keys keep the template's order even where they look like numbers, and that halves of a surrogate pair that only meet
 * in the middle stay escaped (the parsed value is the same).
 */
export function compileJson(json: JsonTemplate): (context: RenderContext) => string {
  const pieces = joined(piecesOf(json));
  return (context) => {
    let text = '';
    for (const piece of pieces) text += typeof piece === 'string' ? piece : pieceText(piece, context);
    return text;
  };
}

function pieceText({ expression, whole }: Exclude<Piece, string>, context: RenderContext): string {
  const value = evaluate(expression, context);
  return whole ? JSON.stringify(value) : escaped(String(value));
}

/** The text as it stands between the quotes of a JSON string. */
const escaped = (text: string): string => (PLAIN.test(text) ? text : JSON.stringify(text).slice(1, -1));

/** What stands in a string of JSON as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;

function piecesOf(json: JsonTemplate): Piece[] {
  if (json === null || typeof json !== 'object') return [JSON.stringify(json)];
  if ('array' in json) return ['[', ...separated(json.array.map(piecesOf)), ']'];
  if ('object' in json) {
    const members = json.object.map(([key, value]) => [`${JSON.stringify(key)}:`, ...piecesOf(value)]);
    return ['{', ...separated(members), '}'];
  }
  const typed = typedExpression(json.template);
  if (typed !== undefined) return [{ expression: typed, whole: true }];
  const parts = json.template.map(
    (part): Piece => (typeof part === 'string' ? escaped(part) : { expression: part, whole: false }),
  );
  return ['"', ...parts, '"'];
}

const separated = (items: readonly Piece[][]): Piece[] =>
  items.flatMap((item, index) => (index === 0 ? item : [',', ...item]));

function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') result[result.length - 1] = last + piece;
    else result.push(piece);
  }
  return result;
}

/** Every expression of a template or JSON template, in the order in which they are rendered, repeats included. */
export function expressionsOf(source: JsonTemplate | Template): Expression[] {
  if (source === null || typeof source !== 'object') return [];
  if ('template' in source) return expressionsOf(source.template);
  if ('array' in source) return source.array.flatMap(expressionsOf);
  if ('object' in source) return source.object.flatMap(([, value]) => expressionsOf(value));
  return source.filter((part) => typeof part !== 'string');
}

/** The lists that `${pick NAME}` names, each once. */
export const templateLists = (source: JsonTemplate | Template): string[] => [
  ...new Set(expressionsOf(source).flatMap((each) => (each.kind === 'pick' ? [each.list] : []))),
];

/** The variables that `${tenant.VAR}` names, each once; `id`, which every tenant has, included. */
export const templateVariables = (source: JsonTemplate | Template): string[] => [
  ...new Set(expressionsOf(source).flatMap((each) => (each.kind === 'tenant' ? [each.variable] : []))),
];
