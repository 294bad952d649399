import type { LabelledPrompt, ProbeSpec } from '../model/probe.ts';
import { isRecord } from './config-source.ts';
import { requireInBody, SETTLE } from './probe-body.ts';
import { displayValue, formatPath } from './problem-list.ts';
import { type Read, type Reading, readMap } from './reading.ts';
import { MAX_PAIRS, type PROBE_KEYS, pairFileSchema, pairSchema } from './schema-probe.ts';
import { SEMANTIC_PAIRS } from './semantic-pairs.ts';
import type { Path } from './source-document.ts';

/** Faults of one file of pairs that are reported one by one. */
const SHOWN_FAULTS = 5;

/** Reads the keys of a semantic-cache probe; without pairs it has those of our own. */
export const readSemanticCacheProbe = (
  values: Read<(typeof PROBE_KEYS)['semantic-cache']>,
  at: Path,
  reading: Reading,
): Extract<ProbeSpec, { kind: 'semantic-cache' }> => {
  requireInBody('prompt', { at, why: 'the probe puts its prompts there' }, reading);
  requireInBody('nonce', { at, why: 'prompts of other runs could be in the cache' }, reading);
  return {
    kind: 'semantic-cache',
    pairs: values.pairs === undefined ? SEMANTIC_PAIRS : readPairs(values.pairs, [...at, 'pairs'], reading),
    settle: values.settle ?? SETTLE,
  };
};

const readPairs = (value: unknown, at: Path, reading: Reading): readonly LabelledPrompt[] => {
  const pairs = Array.isArray(value)
    ? value.flatMap((_, index) => readInline([...at, index], reading))
    : readFromFile(value, at, reading);
  const count = Array.isArray(value) ? value.length : pairs?.length;
  if (count !== undefined && (count === 0 || count > MAX_PAIRS))
    reading.report(at, `has ${count} pairs`, { received: undefined, allowed: `1 to ${MAX_PAIRS} pairs` });
  return pairs ?? [];
};

const readInline = (at: Path, reading: Reading): readonly LabelledPrompt[] => {
  const pair = readMap({ schema: pairSchema, at }, reading);
  if (pair.prompt === undefined) return [];
  const found = labelled({ ...pair, prompt: pair.prompt });
  if (found === undefined) reading.report(at, NO_LABEL, { allowed: LABELS });
  return found === undefined ? [] : [found];
};

const NO_LABEL = 'has neither a paraphrase nor a near miss';
const LABELS = 'paraphrase, near_miss, or both';

type Written = Read<(typeof pairSchema)['shape']> & { readonly prompt: string };

const labelled = ({ topic, prompt, paraphrase, near_miss }: Written): LabelledPrompt | undefined =>
  paraphrase === undefined && near_miss === undefined ? undefined : { topic, prompt, paraphrase, nearMiss: near_miss };

/** Undefined when the file cannot be used, which has been reported. */
const readFromFile = (value: unknown, at: Path, reading: Reading): readonly LabelledPrompt[] | undefined => {
  if (!isRecord(value)) {
    reading.report(at, 'is neither a list of pairs nor a file', {
      allowed: 'a list of {prompt, paraphrase, near_miss}, or {file}',
    });
    return undefined;
  }
  const { file } = readMap({ schema: pairFileSchema, at }, reading);
  if (file === undefined) return undefined;
  const text = reading.readFile(file);
  if (text !== undefined) return readLines({ file, text, at }, reading);
  reading.report([...at, 'file'], 'the file cannot be read', { allowed: 'a path relative to the configuration file' });
  return undefined;
};

const readLines = (
  { file, text, at }: { readonly file: string; readonly text: string; readonly at: Path },
  { problems }: Reading,
): readonly LabelledPrompt[] => {
  let faults = 0;
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((source, index) => {
      if (source.trim() === '') return [];
      const read = pairSchema.safeParse(jsonOf(source));
      const pair = read.success ? labelled(read.data) : undefined;
      if (pair !== undefined) return [pair];
      faults += 1;
      const message = read.success ? NO_LABEL : 'is no labelled prompt';
      const allowed = read.success ? LABELS : 'one JSON object a line: {"prompt": …, "paraphrase": …, "near_miss": …}';
      if (faults <= SHOWN_FAULTS)
        problems.add({ file, line: index + 1, path: formatPath(at), message, received: displayValue(source), allowed });
      return [];
    });
};

/** Undefined for a text that is not JSON, which no schema takes. */
const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
