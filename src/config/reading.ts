import { z } from 'zod';
import type { Template } from '../model/template.ts';
import { type ConfigSource, isRecord, valueAt } from './config-source.ts';
import { reportIssue, reportUnknownKey } from './issue-to-problem.ts';
import { displayValue, formatPath, type ProblemList, type Report } from './problem-list.ts';
import { NAME, NAME_ALLOWED, scalar } from './schema-fields.ts';
import type { Path } from './source-document.ts';
import { parseTemplate } from './template.ts';

/** One pass over a configuration: what is read, and what is found on the way. */
export interface Reading {
  readonly source: ConfigSource;
  /** Looks a variable up; its value is a secret from then on. */
  readonly env: (name: string) => string | undefined;
  /** The same for values that are no secret as a whole: the gateway's URL. */
  readonly plainEnv: (name: string) => string | undefined;
  readonly readFile: (path: string) => string | undefined;
  readonly problems: ProblemList;
  readonly report: Report;
  readonly warn: (path: Path, message: string) => void;
}

/** The values of a map that could be read, by key; a key that is absent and has no default is undefined. */
export type Read<Shape extends z.ZodRawShape> = { readonly [Key in keyof Shape]?: z.output<Shape[Key]> | undefined };

/** Which map is read, by which schema. */
export interface MapPlace<Shape extends z.ZodRawShape> {
  readonly schema: z.ZodObject<Shape>;
  readonly at: Path;
  /** Keys that belong here and are read by other means. */
  readonly except?: readonly (keyof Shape)[];
}

/**
 * Reads a map key by key, so that a problem with one key hides none with another. An absent map reads as an empty one,
 * whose required keys are then missing.
 */
export const readMap = <Shape extends z.ZodRawShape>(
  { schema, at, except = [] }: MapPlace<Shape>,
  { source, report }: Reading,
): Read<Shape> => {
  const found = valueAt(source.value, at) ?? {};
  if (!isRecord(found)) {
    report(at, 'must be a map of keys and values', { allowed: Object.keys(schema.shape).join(', ') });
    return {};
  }
  const knownKeys = (path: Path): readonly string[] => keysAt(schema, path.slice(at.length));
  const place = { tree: source.value, at, knownKeys, report };
  for (const key of Object.keys(found)) if (!Object.hasOwn(schema.shape, key)) reportUnknownKey(at, key, place);
  const values: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(schema.shape)) {
    if (except.includes(key)) continue;
    const result = z.safeParse(part, Object.hasOwn(found, key) ? found[key] : undefined);
    if (result.success) values[key] = result.data;
    else for (const issue of result.error.issues) reportIssue(issue, { ...place, at: [...at, key] });
  }
  return values as Read<Shape>;
};

/** The names in a map of named things, in the order of the file; names that cannot be used are reported and left out. */
export const readNames = (at: Path, { source, report }: Reading): readonly string[] => {
  const found = valueAt(source.value, at);
  if (found === undefined) return [];
  if (!isRecord(found)) {
    report(at, 'must be a map from names to their settings');
    return [];
  }
  const names = Object.keys(found);
  if (names.length === 0) report(at, 'must not be empty', { allowed: 'at least one entry' });
  for (const each of names.filter((candidate) => !NAME.test(candidate)))
    report([...at, each], 'is not a name', { received: displayValue(each), allowed: NAME_ALLOWED });
  return names.filter((candidate) => NAME.test(candidate));
};

/** The entries of a map of single values, one by one; an absent map has none. */
export const readScalars = (
  at: Path,
  { source, report }: Reading,
): readonly (readonly [key: string, value: string | number | boolean])[] => {
  const found = valueAt(source.value, at) ?? {};
  if (!isRecord(found)) {
    report(at, 'must be a map of keys and values');
    return [];
  }
  return Object.entries(found).flatMap(([key, value]) => {
    const read = z.safeParse(scalar(), value);
    if (!read.success) report([...at, key], 'must be text, a number, true or false', { allowed: 'a single value' });
    return read.success ? [[key, read.data] as const] : [];
  });
};

/** Reads a template; what is wrong with it is reported at its path. */
export const readTemplate = (text: string, at: Path, { env, report }: Reading): Template => {
  const parsed = parseTemplate(text, env);
  for (const { message, received, allowed } of parsed.problems) report(at, message, { received, allowed });
  return parsed.template;
};

/** Text in which nothing but `${env.X}` may stand. */
export const readPlainText = (
  text: string,
  at: Path,
  { report, env }: Pick<Reading, 'report' | 'env'>,
): string | undefined => {
  const parsed = parseTemplate(text, env);
  for (const { message, received, allowed } of parsed.problems) report(at, message, { received, allowed });
  const isPlain = parsed.template.every((part) => typeof part === 'string');
  if (!isPlain) report(at, 'only ${env.NAME} can stand here', { allowed: 'text and ${env.NAME}' });
  return parsed.problems.length === 0 && isPlain ? parsed.template.join('') : undefined;
};

/** Where something is, for a message: `gatemark.yml:12: data.documents`. */
export const placeInWords = (source: ConfigSource, at: Path): string => {
  const { line, path } = source.originOf(at);
  return `${source.file}${line === undefined ? '' : `:${line}`}: ${formatPath(path)}`;
};

/** The keys that a schema knows at a path below it; of all branches where there are several. Empty where any key goes. */
const keysAt = (schema: z.core.$ZodType, path: Path): readonly string[] => {
  const [key, ...rest] = path;
  if (schema instanceof z.ZodOptional) return keysAt(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => keysAt(option, path));
  if (schema instanceof z.ZodObject) {
    if (key === undefined) return Object.keys(schema.shape);
    return Object.hasOwn(schema.shape, key) ? keysAt(schema.shape[key] as z.core.$ZodType, rest) : [];
  }
  if (key === undefined) return [];
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest);
  if (schema instanceof z.ZodRecord) return keysAt(schema.valueType, rest);
  return [];
};
