import type { Expectation, Matcher } from '../model/plan.ts';
import type { JsonTemplate } from '../model/template.ts';
import { isRecord } from './config-source.ts';
import { DEFAULTS } from './defaults.ts';
import { HEADER_NAME } from './read-headers.ts';
import { type JsonReader, readJson } from './read-json.ts';
import { readMap } from './reading.ts';
import { expectSchema } from './schema-scenario.ts';
import type { Path } from './source-document.ts';

const FORMS = 'present, absent, nonempty, a literal, a list of literals, {not: …}, {matches: …} or {equals: …}';

/** Reads `expect`; absent, a 200 is all that is expected. */
export const readExpect = (at: Path, reader: JsonReader): Expectation => {
  const written = readMap({ schema: expectSchema, at }, reader.reading);
  const headers = written.headers ?? [];
  for (const name of Array.isArray(headers) ? (headers as readonly string[]) : Object.keys(headers))
    if (!HEADER_NAME.test(name))
      reader.reading.report([...at, 'headers'], `${JSON.stringify(name)} is not the name of a header`);
  const listed = (name: string) => ({ name: name.toLowerCase(), matcher: { kind: 'present' } as Matcher });
  const status = written.status ?? DEFAULTS.status;
  return {
    status: [...new Set(typeof status === 'number' ? [status] : status)],
    headers: Array.isArray(headers)
      ? (headers as readonly string[]).map(listed)
      : Object.entries(headers).map(([name, value]) => ({
          name: name.toLowerCase(),
          matcher: readMatcher(value, [...at, 'headers', name], reader),
        })),
    body: Object.entries(written.body ?? {}).map(([path, value]) => ({
      path,
      matcher: readMatcher(value, [...at, 'body', path], reader),
    })),
  };
};

const readMatcher = (value: unknown, at: Path, reader: JsonReader): Matcher => {
  if (value === 'present' || value === 'absent' || value === 'nonempty') return { kind: value };
  if (isRecord(value)) return readMatcherMap(value, at, reader);
  if (Array.isArray(value)) return { kind: 'oneOf', values: readChoices(value, at, reader) };
  return { kind: 'equals', value: readJson(value, at, reader) };
};

const readMatcherMap = (value: Readonly<Record<string, unknown>>, at: Path, reader: JsonReader): Matcher => {
  const { report } = reader.reading;
  const [key, ...more] = Object.keys(value);
  const isKnown = key === 'not' || key === 'matches' || key === 'equals';
  if (!isKnown || more.length > 0) {
    report(at, 'is no way to match', { allowed: FORMS });
    return { kind: 'present' };
  }
  const inner = value[key];
  const place = [...at, key];
  if (key === 'equals') return { kind: 'equals', value: readJson(inner, place, reader) };
  if (key === 'not')
    return {
      kind: 'not',
      values: Array.isArray(inner) ? readChoices(inner, place, reader) : [readJson(inner, place, reader)],
    };
  const fault = typeof inner === 'string' ? faultOfPattern(inner) : 'must be text';
  if (fault !== undefined) report(place, fault, { allowed: 'a regular expression of JavaScript' });
  return { kind: 'matches', pattern: String(inner) };
};

const readChoices = (items: readonly unknown[], at: Path, reader: JsonReader): readonly JsonTemplate[] => {
  if (items.length === 0) reader.reading.report(at, 'must not be empty', { allowed: 'at least one literal' });
  return items.map((item, index) => readJson(item, [...at, index], reader));
};

const faultOfPattern = (pattern: string): string | undefined => {
  try {
    new RegExp(pattern);
    return undefined;
  } catch (cause) {
    return `is not a regular expression: ${(cause as Error).message.replace(/^Invalid regular expression: \/.*\/\w*: /s, '')}`;
  }
};
