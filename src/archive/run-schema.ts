import { z } from 'zod';
import { GateError } from '../model/errors.ts';
import type { Histogram } from '../model/histogram.ts';
import { METRICS } from '../model/measurement.ts';
import { CACHE_STATUSES, DROP_REASONS, ERROR_CLASSES } from '../model/outcome.ts';
import { ENDPOINTS } from '../model/plan.ts';
import type { Run } from '../model/run.ts';
import type { Micros, Ratio } from '../model/units.ts';
import { EMPTY_HISTOGRAM } from '../stats/histogram.ts';
import { decodeHistogram } from '../stats/histogram-codec.ts';
import { probeSchema } from './probe-schema.ts';

/** How many filled buckets may still be decoded: a few bytes of compressed text can stand for 280 kB of them. */
export interface BucketBudget {
  left: number;
}

/** Of anything that is a list. Far beyond what a run has, and few enough to work through. */
const MAX_ITEMS = 10_000;

/**
 * The stored form of a run, without its version. Histograms are V2 text outside and decoded inside. Fields that a later
 * minor version adds are dropped. Text is limited in length, since it comes from outside and ends in reports.
 */
export const runSchema = (budget: BucketBudget): z.ZodType<Run> => {
  const histogram = z.string().transform((text, context) => {
    const decoded = budget.left > 0 ? decodeOrMessage(text) : 'too many histograms in one file';
    if (typeof decoded === 'string') {
      context.addIssue({ code: 'custom', message: decoded });
      return z.NEVER;
    }
    budget.left -= decoded.indexes.length;
    return decoded;
  });
  const block = z.object({
    index: count,
    start: micros,
    duration: micros,
    counts,
    histograms: z.partialRecord(z.enum(METRICS), histogram),
  });
  const slice = z.object({
    tenant: orUndefined(name),
    blocks: z.array(block).max(MAX_ITEMS).refine(ascending, 'the blocks are not in ascending order'),
  });
  const scenario = z.object({
    name,
    endpoint: z.enum([...ENDPOINTS, 'custom']),
    stream: z.boolean(),
    load: z.string().max(2_000),
    closed: z.boolean(),
    duration: micros,
    warmupRequests: count,
    stepRates: z.array(z.number().min(0)).max(MAX_ITEMS),
    slices: z.array(slice).max(MAX_ITEMS).refine(distinct('tenant'), 'two parts have the same tenant'),
    failures: z.array(failure),
    upstream: orUndefined(z.object({ hasNonce: z.boolean(), joined: count, hits: count, unseen: count })),
  });
  return z.object({
    ...heading,
    scenarios: z.array(scenario).max(MAX_ITEMS).refine(distinct('name'), 'two scenarios have the same name'),
    probes: z.array(probeSchema).max(MAX_ITEMS).default([]),
    generator: generatorOf(histogram),
    share: orUndefined(runShare),
    fleet: orUndefined(fleetOf(histogram)),
  });
};

/** What regions measured is a run's as well, and counts against the same budget. */
const fleetOf = (histogram: z.ZodType<Histogram>) => {
  const scenario = z.object({ name, counts, histograms: z.partialRecord(z.enum(METRICS), histogram) });
  const region = z.object({
    region: orUndefined(name),
    shares: count,
    scenarios: z.array(scenario).max(MAX_ITEMS).refine(distinct('name'), 'two scenarios have the same name'),
  });
  return z.object({
    count: shareCount,
    shares: z.array(runShare).max(MAX_SHARES).refine(ascending, 'the shares are not in ascending order'),
    leftOut: z.array(z.intersection(runShare, z.object({ reason: z.string().max(2_000) }))).max(MAX_SHARES),
    regions: z.array(region).max(MAX_SHARES).refine(distinct('region'), 'two regions have the same name'),
  });
};

/** Runs stored before the generator's blocks, pauses and floor were kept have none. */
const generatorOf = (histogram: z.ZodType<Histogram>) => {
  const vitals = {
    lag: histogram,
    loopDelay: histogram,
    gc: histogram.optional().transform((value) => value ?? EMPTY_HISTOGRAM),
    cpu: orUndefined(z.number().min(0)),
    steal: orUndefined(z.number().min(0)),
  };
  const texts = z.array(z.string().max(2_000)).max(MAX_ITEMS);
  return z.object({
    ...vitals,
    blocks: z
      .array(z.object({ ...vitals, start: micros, duration: micros, released: count }))
      .max(MAX_ITEMS)
      .default([]),
    floor: orUndefined(z.object({ latency: histogram, lag: histogram })),
    problems: texts,
    scenarioProblems: z
      .array(z.object({ scenario: name, text: z.string().max(2_000) }))
      .max(MAX_ITEMS)
      .default([]),
    warnings: texts.default([]),
  });
};

/** Of one load: as many as a matrix has jobs. */
const MAX_SHARES = 256;

/** A field that JSON leaves out when it has no value. */
const orUndefined = <T extends z.ZodType>(schema: T) => schema.optional().transform((value) => value);

const count = z.int().min(0);
const micros = count.transform((value) => value as Micros);
const ratio = z
  .number()
  .min(0)
  .max(1)
  .transform((value) => value as Ratio);
const name = z.string().max(1_000);
const shareCount = z.int().min(1).max(MAX_SHARES);
const runShare = z
  .object({
    index: count,
    count: shareCount,
    region: orUndefined(z.string().max(100)),
    aimedAt: orUndefined(z.iso.datetime()),
    startedAt: orUndefined(z.iso.datetime()),
  })
  .refine((share) => share.index < share.count, 'the index is not below the count');
const tally = z.record(z.string().max(2_000), count);

const counts = z.object({
  ok: count,
  throttled: count,
  errors: z.partialRecord(z.enum(ERROR_CLASSES), count),
  dropped: z.partialRecord(z.enum(DROP_REASONS), count),
  status: tally,
  providers: tally,
  models: tally,
  cache: z.partialRecord(z.enum(CACHE_STATUSES), count),
  tokens: z.object({ prompt: count, completion: count, estimated: count }),
  good: count,
});

const failure = z.object({
  errorClass: z.enum(ERROR_CLASSES),
  status: orUndefined(count),
  detail: z.string().max(2_000),
  count,
  requestId: orUndefined(name),
});

const ending = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('complete') }),
  z.object({ kind: z.literal('bounded'), bound: z.enum(['requests', 'duration', 'tokens']) }),
  z.object({ kind: z.literal('aborted'), reason: z.string().max(2_000) }),
  z.object({ kind: z.literal('unreachable'), reason: z.string().max(2_000) }),
  z.object({ kind: z.literal('cancelled'), signal: z.string().max(100) }),
]);

/** All of a run but what holds histograms. */
const heading = {
  id: name,
  createdAt: z.iso.datetime(),
  toolVersion: name,
  origin: z.object({
    repository: orUndefined(name),
    commit: orUndefined(name),
    ref: orUndefined(name),
    workflowRunId: orUndefined(count),
  }),
  environment: z.object({
    os: name,
    arch: name,
    cpuModel: name,
    cores: count,
    memoryBytes: count,
    node: name,
    image: orUndefined(name),
  }),
  configDigest: name,
  seed: name,
  gateway: name,
  dialect: name,
  bounds: z.object({
    requests: count,
    duration: micros,
    concurrency: count,
    tokens: orUndefined(count),
    abort: orUndefined(z.object({ errorRate: ratio, over: micros })),
  }),
  comparison: orUndefined(z.object({ id: name, side: z.enum(['candidate', 'baseline']), pairs: count })),
  used: z.object({ requests: count, duration: micros, concurrency: count, tokens: count }),
  ending,
};

const decodeOrMessage = (text: string) => {
  try {
    return decodeHistogram(text);
  } catch (error) {
    if (error instanceof GateError) return error.message;
    throw error;
  }
};

/** In order of index, none twice. */
const ascending = (blocks: readonly { readonly index: number }[]): boolean =>
  blocks.every((block, i) => i === 0 || blocks[i - 1]!.index < block.index);

const distinct =
  <K extends string>(key: K) =>
  (items: readonly { readonly [P in K]: unknown }[]): boolean =>
    new Set(items.map((item) => item[key])).size === items.length;
