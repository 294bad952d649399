/** Any JSON value, as `JSON.parse` makes it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object, as `JSON.parse` makes it. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether a value is a JSON object (neither null nor an array). */
export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value behind JSON text; undefined when it is not JSON (which no JSON text stands for). */
export const parseJson = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
};

/** JSON text of a value; `…` for one nested too deeply to be written (anything a gateway sends can be parsed, not so written). */
export const jsonText = (value: Json): string => {
  try {
    return JSON.stringify(value);
  } catch {
    return '…';
  }
};

/**
 * Looks up a dotted path, such as `choices.0.message.content`, in a JSON value: keys of objects, indexes of arrays, own
 * properties only. The empty path is the value itself. Undefined when any step is missing; a key that itself holds a dot
 * cannot be reached.
 */
export const lookUp = (root: Json | undefined, path: string): Json | undefined => {
  if (path === '') return root;
  let value = root;
  for (const { name, isIndex } of stepsOf(path)) {
    if (typeof value !== 'object' || value === null) return undefined;
    // An array's `length` is a property of the language, not of the JSON.
    if (Array.isArray(value) && !isIndex) return undefined;
    // What an object inherits are functions, which no JSON has, and its prototype, which is asked for by one name only.
    if (name === '__proto__' && !Object.hasOwn(value, name)) return undefined;
    value = (value as JsonObject)[name];
    if (value === undefined || typeof value === 'function') return undefined;
  }
  return value;
};

interface Step {
  readonly name: string;
  readonly isIndex: boolean;
}

/** Paths come from dialects, expectations and this code, so there are few, and each is split once. */
const splitPaths = new Map<string, readonly Step[]>();

const stepsOf = (path: string): readonly Step[] => {
  let steps = splitPaths.get(path);
  if (steps === undefined) {
    steps = path.split('.').map((name) => ({ name, isIndex: /^\d+$/.test(name) }));
    splitPaths.set(path, steps);
  }
  return steps;
};
