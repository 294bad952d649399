import { z } from 'zod';
import { GateError } from '../model/errors.ts';
import type { Histogram } from '../model/histogram.ts';
import type { Block } from '../model/measurement.ts';
import type { GeneratorHealth, GeneratorVitals, Run } from '../model/run.ts';
import { encodeHistogram } from '../stats/histogram-codec.ts';
import { type BucketBudget, runSchema } from './run-schema.ts';

/** The version of the stored form. A change that an older program would misread raises it. */
const SCHEMA_VERSION = 1;

/** A stored run that is larger is not read. Forty blocks of twenty tenants and sixty scenarios stay below it. */
export const RUN_JSON_MAX_BYTES = 64 * 1_048_576;

/** At 12 bytes a bucket, about 240 MB of histograms a file. */
const MAX_BUCKETS = 20_000_000;

/** The stored form of a run (`run.json`): versioned, whole, histograms as HdrHistogram V2 text. */
export const runToJson = (run: Run): string => JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...storedRun(run) });

/**
 * Reads a stored run from anywhere: nothing in it is trusted. Throws `GateError` `baseline-unreadable` that names the place
 * when the text is too large, not JSON, of another version, or not a run in every field.
 */
export const parseRun = (text: string): Run => {
  const stored = parseVersioned(text, { what: 'the stored run', maxBytes: RUN_JSON_MAX_BYTES });
  return checkStored(runSchema(newBudget()), stored, 'the stored run');
};

/** A run as plain JSON data, without the version. */
export const storedRun = (run: Run): Readonly<Record<string, unknown>> => ({
  ...run,
  scenarios: run.scenarios.map((scenario) => ({
    ...scenario,
    slices: scenario.slices.map((slice) => ({ ...slice, blocks: slice.blocks.map(storedCounts) })),
  })),
  generator: storedHealth(run.generator),
  fleet: run.fleet && {
    ...run.fleet,
    regions: run.fleet.regions.map((region) => ({ ...region, scenarios: region.scenarios.map(storedCounts) })),
  },
});

/** A fresh budget for one file. */
export const newBudget = (): BucketBudget => ({ left: MAX_BUCKETS });

/** Parses JSON with a `schemaVersion` of 1 and at most `maxBytes`; `what` names it in the error. */
export const parseVersioned = (text: string, limits: { readonly what: string; readonly maxBytes: number }): unknown => {
  const { what, maxBytes } = limits;
  if (text.length > maxBytes) throw unreadable(`${what} is larger than ${maxBytes / 1_048_576} MiB`);
  const parsed = parseJson(text, what);
  if (typeof parsed !== 'object' || parsed === null) throw unreadable(`${what} is not a JSON object`);
  const version: unknown = Reflect.get(parsed, 'schemaVersion');
  if (version !== SCHEMA_VERSION)
    throw unreadable(`${what} has schema version ${shortly(version)}; this program reads ${SCHEMA_VERSION}`);
  return parsed;
};

/** Checks data against a schema; the error names the first three places that are wrong. */
export const checkStored = <T>(schema: z.ZodType<T>, stored: unknown, what: string): T => {
  const result = schema.safeParse(stored);
  if (result.success) return result.data;
  const { issues } = result.error;
  const places = issues.slice(0, 3).map((issue) => `${z.core.toDotPath(issue.path).slice(0, 200)}: ${issue.message}`);
  const more = issues.length > 3 ? ` (and ${issues.length - 3} more)` : '';
  throw unreadable(`${what} cannot be read: ${places.join('; ')}${more}`);
};

const storedCounts = (part: Pick<Block, 'histograms'>): unknown => ({
  ...part,
  histograms: Object.fromEntries(
    Object.entries<Histogram | undefined>(part.histograms).flatMap(([metric, histogram]) =>
      histogram === undefined ? [] : [[metric, encodeHistogram(histogram)]],
    ),
  ),
});

const storedHealth = (health: GeneratorHealth): unknown => ({
  ...health,
  ...storedVitals(health),
  blocks: health.blocks.map((block) => ({ ...block, ...storedVitals(block) })),
  floor: health.floor && {
    latency: encodeHistogram(health.floor.latency),
    lag: encodeHistogram(health.floor.lag),
  },
});

const storedVitals = ({ lag, loopDelay, gc }: GeneratorVitals) => ({
  lag: encodeHistogram(lag),
  loopDelay: encodeHistogram(loopDelay),
  gc: encodeHistogram(gc),
});

const parseJson = (text: string, what: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(`${what} is not JSON`, error);
  }
};

const shortly = (value: unknown): string => (JSON.stringify(value) ?? 'none').slice(0, 40);

const unreadable = (message: string, cause?: unknown): GateError =>
  new GateError('baseline-unreadable', message, {
    cause,
    hint: 'It was damaged, or written by another version; a new run on the default branch replaces it.',
  });
