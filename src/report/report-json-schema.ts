import { z } from 'zod';
import { PROBES } from '../model/probe.ts';
import { TREND_METRICS } from '../model/trend.ts';
import { fleetSchema, shareSchema } from './fleet-json-schema.ts';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const status = z.enum(['pass', 'fail', 'inconclusive', 'invalid']);
const tally = z.record(z.string(), count);
const interval = z.tuple([z.number(), z.number()]);
const unit = z.enum(['ms', 'ratio', 'count', 'per-second']);

const quantiles = z
  .strictObject({
    count,
    p50: z.number().optional(),
    p90: z.number().optional(),
    p95: z.number().optional(),
    p99: z.number().optional(),
    p999: z.number().optional(),
    max: z.number().optional(),
    mean: z.number().optional(),
  })
  .describe('Milliseconds. Without a sample, `count` is 0 and there is no other number.');

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

const scenario = z.strictObject({
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

const slo = z.strictObject({
  scenario: z.string(),
  tenant: z.string().optional(),
  text: z.string(),
  unit,
  observed: z.number().optional(),
  interval: interval.optional(),
  close: z.boolean().describe('The interval lies across the limit, and the point estimate decided.'),
  samples: count,
  verdict: status,
  reason: z.string().optional(),
});

const regression = z.strictObject({
  scenario: z.string(),
  tenant: z.string().optional(),
  metric: z.string(),
  against: z
    .enum(['window', 'live', 'oldest', 'release'])
    .describe('The earlier runs, the other gateway of this run, or a single run of long ago (drift).'),
  reference: z.string().optional().describe('Against a release: its tag, else its commit or run.'),
  unit,
  baseline: z.number().optional(),
  candidate: z.number().optional(),
  change: z.number().optional().describe('Relative for ms and per-second, absolute for ratio and count.'),
  interval: interval.optional().describe('Of the change.'),
  detectable: z
    .number()
    .optional()
    .describe('The smallest change for the worse that four of five such comparisons would find.'),
  strength: z
    .enum(['clear', 'likely', 'slight', 'possible', 'none'])
    .optional()
    .describe('How much there is to the change, in either direction. Absent where there is no interval.'),
  needed: z
    .strictObject({ pairs: count, requests: count, durationMs: z.number() })
    .optional()
    .describe('What it would take, beyond what was measured, to decide it.'),
  gating: z.boolean(),
  verdict: status,
  reason: z.string().optional(),
});

const trend = z
  .strictObject({
    runs: count.describe('Earlier runs that are remembered.'),
    from: z.string().optional(),
    to: z.string().optional(),
    changes: z
      .array(
        z.strictObject({
          scenario: z.string(),
          metric: z.enum(TREND_METRICS),
          unit,
          at: z.string().describe('When the first run of the new kind was made.'),
          runId: z.string(),
          commit: z.string().optional(),
          until: z.string().optional().describe('When it changed again. Absent where it stayed.'),
          machine: z.string(),
          before: z.number().describe('Median of the runs up to then, since the change before.'),
          after: z.number(),
          change: z.number().describe('Relative for ms and per-second, absolute for ratio.'),
          runs: z.tuple([count, count]).describe('Runs before and after, on that machine.'),
          worse: z.boolean(),
          text: z.string(),
        }),
      )
      .describe('What changed for good, the newest first.'),
  })
  .describe('What became of the measures over many runs. Absent where no history was there.');

const bound = z.strictObject({ limit: z.number().optional(), used: z.number() });

const baseline = z.strictObject({
  kind: z.enum(['none', 'absent', 'untrusted', 'unreadable', 'not-comparable', 'stored', 'live']),
  reason: z.string().optional(),
  advisory: z.boolean().optional(),
  runs: z.array(z.strictObject({ id: z.string(), createdAt: z.string(), commit: z.string().optional() })).optional(),
  machines: z
    .enum(['alike', 'mixed', 'other'])
    .optional()
    .describe('Whether all, some or none of the earlier runs were on machines like this one.'),
  gateway: z.string().optional().describe('The other gateway of a live comparison.'),
  pairs: count.optional().describe('Pairs of blocks of a live comparison.'),
});

const vitals = {
  lagMs: quantiles.describe('Release − intended start of every request, milliseconds.'),
  loopDelayMs: quantiles.describe('How late the event loop was, milliseconds.'),
  gcMs: quantiles.describe('Pauses for garbage collection, milliseconds.'),
  cpu: z.number().optional().describe('CPU time over wall time, 0–1 a core.'),
  steal: z.number().optional().describe("Share of the machine's CPU time that its host gave to others, 0–1."),
};

const generatorBlock = z.strictObject({
  startMs: z.number(),
  durationMs: z.number(),
  requestsPerSecond: z.number().optional(),
  ...vitals,
});

const ending = z.strictObject({
  kind: z.enum(['complete', 'bounded', 'aborted', 'unreachable', 'cancelled']),
  bound: z.enum(['requests', 'duration', 'tokens']).optional(),
  reason: z.string().optional(),
  signal: z.string().optional(),
});

/**
 * `report.json`, version 1. Durations are milliseconds, shares 0–1. A number that could not be measured is absent: never 0,
 * never null. New keys may be added within a version; existing ones keep their meaning.
 */
export const reportJsonSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    verdict: status,
    override: z
      .strictObject({
        label: z.string(),
        by: z.string().describe('Login of the person who set the label.'),
        at: z.string().describe('When, ISO 8601.'),
      })
      .optional()
      .describe('Of a failure that somebody with write access answers for: the job passes. Absent where nobody does.'),
    reasons: z.array(z.string()).describe('Why, the most important first.'),
    scenarios: z.array(scenario),
    slos: z.array(slo),
    regressions: z.array(regression),
    baseline,
    trend: trend.optional(),
    generator: z.strictObject({
      ...vitals,
      dropped: count.describe('Requests never sent because no connection came free before their timeout.'),
      healthy: z.boolean(),
      problems: z.array(z.string()),
      floor: z
        .strictObject({ latencyMs: quantiles, lagMs: quantiles })
        .optional()
        .describe('What the generator measures of an instant answer on loopback.'),
      blocks: z.array(generatorBlock).describe('From the end of the first warm-up on, without gaps.'),
    }),
    bounds: z.strictObject({ requests: bound, durationMs: bound, concurrency: bound, tokens: bound }),
    ending,
    share: shareSchema.optional(),
    fleet: fleetSchema(quantiles).optional(),
    warnings: z.array(z.string()),
    run: z.strictObject({
      id: z.string(),
      createdAt: z.string(),
      toolVersion: z.string(),
      configPath: z.string(),
      configDigest: z.string(),
      profile: z.string().optional(),
      key: z.string(),
      seed: z.string(),
      gateway: z.string(),
      dialect: z.string(),
      reproduce: z.string(),
      repository: z.string().optional(),
      commit: z.string().optional(),
      ref: z.string().optional(),
      workflowRunId: z.number().optional(),
    }),
    environment: z.strictObject({
      os: z.string(),
      arch: z.string(),
      cpuModel: z.string(),
      cores: z.number(),
      memoryBytes: z.number(),
      node: z.string(),
      image: z.string().optional(),
    }),
  })
  .describe('The result of one Gatemark run. Durations are milliseconds, shares 0 to 1.');

export type ReportJson = z.infer<typeof reportJsonSchema>;

/** The JSON Schema of `report.json`, as it lies in schema/report.schema.json. */
export const reportJsonSchemaDocument = (): Readonly<Record<string, unknown>> => ({
  title: 'Gatemark report',
  ...z.toJSONSchema(reportJsonSchema),
});
