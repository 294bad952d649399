import { z } from 'zod';
import { PROBES } from '../model/probe.ts';
import { count, interval, quantiles, share, tally, unit } from './json-schema-terms.ts';

const cache = z
  .strictObject({
    hits: count,
    misses: count,
    bypassed: count,
    hitRate: share.optional().describe('Hits / (hits + misses).'),
    hitMs: quantiles,
    missMs: quantiles,
  })
  .describe('Absent when the gateway declared no cache status at all.');

const slice = {
  requests: count.describe('Of the measured phase: ok + throttled + errors + dropped.'),
  ok: count,
  throttled: count.describe('Rejections that the scenario accepts; neither ok nor errors.'),
  dropped: count.describe('Never sent, or cut off by the gate itself.'),
  droppedBy: tally,
  errors: tally.describe('By class of error.'),
  errorRate: share.optional().describe('Errors / requests that were sent.'),
  status: tally.describe('By status code.'),
  throughput: z.number().optional().describe('Ok requests a second.'),
  tokensPerSecond: z.number().optional().describe('Completion tokens a second.'),
  tokens: z.strictObject({ prompt: count, completion: count, estimated: count }),
  latencyMs: quantiles.describe('Release to last byte, ok requests, milliseconds.'),
  serviceMs: quantiles,
  ttftMs: quantiles.optional().describe('Streams only.'),
  itlMs: quantiles.optional().describe('Streams only.'),
  tpotMs: quantiles.optional().describe('Streams only.'),
  overheadMs: quantiles
    .optional()
    .describe('The gateway’s own time, of ok requests. Only where simulated providers told theirs.'),
  overheadTtftMs: quantiles
    .optional()
    .describe('What the gateway adds to the time to first token. Streams only, where simulated providers told theirs.'),
  declaredOverheadMs: quantiles
    .optional()
    .describe('What the gateway’s headers say of its own time. A cross-check, never judged.'),
  cache: cache.optional(),
  providers: tally,
  models: tally,
};

const probe = z
  .strictObject({
    kind: z.enum(PROBES),
    values: z
      .record(
        z.string(),
        z.union([
          z.strictObject({ value: z.number(), unit, samples: count, interval: interval.optional() }),
          z.strictObject({ reason: z.string().describe('Why it was not measured.') }),
        ]),
      )
      .describe('By SLO subject.'),
    sights: z
      .array(
        z.strictObject({
          kind: z.enum(['good', 'bad', 'unknown', 'plain']),
          text: z.string(),
          calls: z.array(count).describe('Numbers of requests that show it, the clearest first.'),
          requestIds: z.array(z.string()).describe("The gateway's own ids of them, where it gave some."),
        }),
      )
      .describe('What was seen, bad first.'),
    timeline: z.array(z.strictObject({ atMs: z.number(), text: z.string(), call: count.optional() })),
    skipped: z.array(z.strictObject({ part: z.string(), reason: z.string() })),
    incomplete: z.string().optional().describe('Why it did not come to its end.'),
  })
  .describe('What a probe found. Absent in a scenario under load.');

/** What was measured of one scenario. */
export const scenario = z.strictObject({
  name: z.string(),
  load: z.string().describe('What was sent; of a probe, its name.'),
  closed: z.boolean(),
  stream: z.boolean(),
  durationMs: z.number(),
  warmupRequests: count,
  ...slice,
  tenants: z.record(z.string(), z.strictObject(slice)),
  failures: z.array(
    z.strictObject({
      class: z.string(),
      status: z.int().optional(),
      detail: z.string(),
      count,
      requestId: z.string().optional(),
    }),
  ),
  upstream: z
    .strictObject({
      hasNonce: z.boolean().describe('Whether requests can be told at a provider.'),
      joined: count.describe('Ok requests of which a simulated provider saw a call.'),
      hits: count.describe('Declared cache hits of which none did.'),
      unseen: count.describe('Other ok requests of which none did; they are in no overhead.'),
    })
    .optional()
    .describe('Absent where no simulated provider was asked.'),
  knee: z
    .strictObject({
      rate: z.number().optional().describe('Absent when not even the first step met its SLOs.'),
      steps: z.array(z.strictObject({ rate: z.number(), met: z.boolean(), failed: z.array(z.string()) })),
    })
    .optional(),
  probe: probe.optional(),
});
