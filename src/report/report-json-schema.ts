import { z } from 'zod';
import { fleetSchema, shareSchema } from './fleet-json-schema.ts';
import { count, quantiles, status } from './json-schema-terms.ts';
import { scenario } from './scenario-json-schema.ts';
import { baseline, regression, slo, trend } from './verdict-json-schema.ts';

const bound = z.strictObject({ limit: z.number().optional(), used: z.number() });

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
    fleet: fleetSchema.optional(),
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
