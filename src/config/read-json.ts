import type { JsonTemplate, Template } from '../model/template.ts';
import { isRecord } from './config-source.ts';
import { type Reading, readTemplate } from './reading.ts';
import type { Path } from './source-document.ts';

/** What reads a JSON value; `each` is called for every text of it, with its place. */
export interface JsonReader {
  readonly reading: Reading;
  readonly each: (template: Template, at: Path) => void;
}

/** A JSON value of the file, every text in it a template. What JSON cannot say (NaN, infinity) is reported, and null instead. */
export const readJson = (value: unknown, at: Path, { reading, each }: JsonReader): JsonTemplate => {
  if (typeof value === 'string') {
    const template = readTemplate(value, at, reading);
    each(template, at);
    return { template };
  }
  if (Array.isArray(value))
    return { array: value.map((item: unknown, index) => readJson(item, [...at, index], { reading, each })) };
  if (isRecord(value))
    return {
      object: Object.entries(value).map(
        ([key, inner]) => [key, readJson(inner, [...at, key], { reading, each })] as const,
      ),
    };
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return value;
  reading.report(at, 'has no place in JSON', {
    received: String(value),
    allowed: 'text, number, true, false, null, list or map',
  });
  return null;
};
