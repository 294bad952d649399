import { z } from 'zod';
import type { Control } from '../model/dialect.ts';
import { CACHE_STATUSES, DROP_REASONS, ERROR_CLASSES, type Outcome } from '../model/outcome.ts';
import { ENDPOINTS } from '../model/plan.ts';
import { CACHE_CHANGES, FAILOVER_FAULTS, type ProbeRun, type ProbeSpec } from '../model/probe.ts';
import type { Micros } from '../model/units.ts';
import type { UpstreamCall } from '../model/upstream.ts';

/** Calls of one probe at most; a probe asks the run's bounds for each. */
const MAX_CALLS = 100_000;

const count = z.int().min(0);
const micros = count.transform((value) => value as Micros);
/** A time from the start of the probe, of a clock that may be another's. */
const moment = z.int().transform((value) => value as Micros);
const name = z.string().max(1_000);
const line = z.string().max(2_000);

/** A field that JSON leaves out when it has no value. */
const orUndefined = <T extends z.ZodType>(schema: T) => schema.optional().transform((value) => value);

const outcome: z.ZodType<Outcome> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ok') }),
  z.object({ kind: z.literal('throttled') }),
  z.object({ kind: z.literal('error'), errorClass: z.enum(ERROR_CLASSES), detail: line }),
  z.object({ kind: z.literal('dropped'), reason: z.enum(DROP_REASONS) }),
]);

const call = z.object({
  id: count,
  step: name,
  group: count,
  tenant: orUndefined(name),
  request: count,
  nonce: name,
  variant: orUndefined(name),
  released: moment,
  written: orUndefined(moment),
  firstContent: orUndefined(moment),
  end: moment,
  outcome,
  status: orUndefined(count),
  cache: orUndefined(z.enum(CACHE_STATUSES)),
  provider: orUndefined(name),
  askedModel: orUndefined(name),
  model: orUndefined(name),
  requestId: orUndefined(name),
  throttled: z.boolean(),
  limit: orUndefined(z.object({ limit: orUndefined(z.number()), remaining: orUndefined(z.number()) })),
  retryAfter: orUndefined(moment),
  headers: z.record(name, name),
  content: orUndefined(name),
  contentLength: count,
  echoes: z.array(name).max(1_000),
  usage: orUndefined(z.object({ prompt: z.number(), completion: z.number() })),
  finishReason: orUndefined(name),
  contentEvents: count,
  gaps: z.array(z.number()).max(2_000),
  hungUp: z.boolean(),
});

const upstream: z.ZodType<UpstreamCall> = z.object({
  provider: name,
  index: count,
  received: moment,
  firstByte: orUndefined(moment),
  firstContent: orUndefined(moment),
  end: orUndefined(moment),
  path: name,
  api: orUndefined(z.enum(['chat', 'responses', 'messages', 'embeddings'])),
  bodyHash: name,
  identity: orUndefined(line),
  nonces: z.array(name).max(1_000),
  model: orUndefined(name),
  usage: orUndefined(z.object({ prompt: z.number(), completion: z.number() })),
  stream: z.boolean(),
  status: orUndefined(count),
  abortedByClient: z.boolean(),
  content: orUndefined(name),
  contentLength: orUndefined(count),
});

const control: z.ZodType<Control> = z.union([
  z.object({ header: name, value: line }),
  z.object({ body: name, value: z.union([line, z.number(), z.boolean()]) }),
]);

const spec: z.ZodType<ProbeSpec> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('cache'),
    prompts: count,
    crowd: count,
    settle: micros,
    ttl: orUndefined(micros),
    changes: z.array(z.enum(CACHE_CHANGES)).max(CACHE_CHANGES.length),
    otherModel: orUndefined(name),
    bypass: z.array(control).max(100),
  }),
  z.object({
    kind: z.literal('semantic-cache'),
    pairs: z
      .array(
        z.object({
          topic: orUndefined(name),
          prompt: line,
          paraphrase: orUndefined(line),
          nearMiss: orUndefined(line),
        }),
      )
      .max(1_000),
    settle: micros,
  }),
  z.object({ kind: z.literal('rate-limit'), limit: count, window: micros }),
  z.object({ kind: z.literal('isolation'), tenants: count, prompts: count, mixed: count, settle: micros }),
  z.object({
    kind: z.literal('neighbour'),
    rate: z.number(),
    noise: z.number(),
    duration: micros,
    noiseEndpoint: orUndefined(z.enum([...ENDPOINTS, 'custom'])),
  }),
  z.object({
    kind: z.literal('failover'),
    primary: name,
    faults: z.array(z.literal(FAILOVER_FAULTS)).max(FAILOVER_FAULTS.length),
    requests: count,
    recovery: micros,
  }),
  z.object({ kind: z.literal('stream'), requests: count }),
  z.object({
    kind: z.literal('routing'),
    requests: count,
    shares: z.array(z.object({ provider: name, share: z.number() })).max(1_000),
    forbidden: orUndefined(z.object({ tenant: name, model: name })),
  }),
  z.object({ kind: z.literal('cancel'), requests: count, within: micros }),
]);

/** The stored form of a probe: as it is in memory. Text is limited in length, since it comes from outside. */
export const probeSchema: z.ZodType<ProbeRun> = z.object({
  scenario: name,
  spec,
  duration: micros,
  calls: z.array(call).max(MAX_CALLS),
  upstream: orUndefined(z.array(upstream).max(MAX_CALLS)),
  marks: z.array(z.object({ at: moment, text: line })).max(MAX_CALLS),
  skipped: z.array(z.object({ part: line, reason: line })).max(1_000),
  incomplete: orUndefined(line),
  lateness: orUndefined(z.object({ p50: micros, p95: micros, p99: micros, max: micros })),
});
