import { isRecord, valueAt } from './config-source.ts';
import { displayValue, formatPath } from './problem-list.ts';
import { type Reading, readMap, readNames } from './reading.ts';
import { fileListSchema } from './schema.ts';
import { scalar } from './schema-fields.ts';
import type { Path } from './source-document.ts';

/** Faults of one file of texts that are reported one by one; a file of the wrong kind has one a line. */
const SHOWN_FAULTS = 5;

/** Reads `data`: lists of literal texts, none of them empty. A list with a problem is reported and left out. */
export const readLists = (reading: Reading): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    readNames(['data'], reading).flatMap((name) => {
      const list = readList(['data', name], reading);
      return list === undefined ? [] : [[name, list] as const];
    }),
  );

const readList = (at: Path, reading: Reading): readonly string[] | undefined => {
  const value = valueAt(reading.source.value, at);
  if (Array.isArray(value)) return readInline(value, at, reading);
  if (isRecord(value)) return readFileList(at, reading);
  reading.report(at, 'is neither a list of texts nor a file', { allowed: 'a list, {file} or {file, field}' });
  return undefined;
};

const readInline = (items: readonly unknown[], at: Path, { report }: Reading): readonly string[] | undefined => {
  if (items.length === 0) report(at, 'must not be empty', { allowed: 'at least one text' });
  const texts = items.map((item, index) => {
    const read = scalar().safeParse(item);
    if (!read.success) report([...at, index], 'must be text', { allowed: 'text or a number' });
    return read.success ? String(read.data) : '';
  });
  return texts.length === 0 ? undefined : texts;
};

const readFileList = (at: Path, reading: Reading): readonly string[] | undefined => {
  const { file, field: key } = readMap({ schema: fileListSchema, at }, reading);
  if (file === undefined) return undefined;
  const text = reading.readFile(file);
  if (text === undefined) {
    reading.report([...at, 'file'], 'the file cannot be read', {
      allowed: 'a path relative to the configuration file',
    });
    return undefined;
  }
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const texts =
    key === undefined ? lines.filter((line) => line.trim() !== '') : readJsonLines({ lines, file, key, at }, reading);
  if (texts?.length !== 0) return texts;
  reading.report([...at, 'file'], 'the file holds no text', { allowed: 'at least one line' });
  return undefined;
};

interface JsonLines {
  readonly lines: readonly string[];
  readonly file: string;
  readonly key: string;
  readonly at: Path;
}

/** One text a line; the faults are reported with the line of the file that has them. */
const readJsonLines = ({ lines, file, key, at }: JsonLines, { problems }: Reading): readonly string[] | undefined => {
  const read = lines
    .map((line, index) => ({ line: index + 1, text: line }))
    .filter(({ text }) => text.trim() !== '')
    .map(({ line, text }) => ({ line, received: text, ...textOfLine(text, key) }));
  const faults = read.flatMap(({ line, received, message }) =>
    message === undefined ? [] : [{ line, received, message }],
  );
  const path = formatPath(at);
  for (const { line, received, message } of faults.slice(0, SHOWN_FAULTS))
    problems.add({
      file,
      line,
      path,
      message,
      received: displayValue(received),
      allowed: `one JSON object a line, with text in "${key}"`,
    });
  if (faults.length > SHOWN_FAULTS) {
    const message = `${faults.length - SHOWN_FAULTS} more lines of this file have problems`;
    problems.add({ file, line: faults[SHOWN_FAULTS]!.line, path, message, received: undefined, allowed: undefined });
  }
  return faults.length > 0 ? undefined : read.flatMap(({ value }) => (value === undefined ? [] : [value]));
};

const textOfLine = (line: string, key: string): { readonly value?: string; readonly message?: string } => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return { message: 'is not JSON' };
  }
  if (!isRecord(parsed)) return { message: 'is not a JSON object' };
  const value = Object.hasOwn(parsed, key) ? parsed[key] : undefined;
  if (typeof value === 'string' && value !== '') return { value };
  if (typeof value === 'number') return { value: String(value) };
  return { message: value === undefined ? `has no field "${key}"` : `the field "${key}" is not a text` };
};
