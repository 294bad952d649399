import { z } from 'zod';
import { MISSING_SHARES } from '../model/policy.ts';
import type { Measure } from '../model/slo.ts';
import { dialectSchema } from './schema-dialect.ts';
import { duration, named, percentage, scalar, text } from './schema-fields.ts';
import { sharedLoadSchema } from './schema-load.ts';
import { providerSchema } from './schema-provider.ts';
import { headersSchema, scenariosSchema } from './schema-scenario.ts';
import { parseMeasure } from './slo-grammar.ts';

/** Where requests go, and how. */
export const gatewaySchema = z.strictObject({
  url: text()
    .optional()
    .describe(
      'Absolute http(s) URL; the gateway-url input wins. ${env.X} may stand in it. A URL that ends in /v1 is not given a second /v1.',
    ),
  dialect: dialectSchema
    .optional()
    .describe('How this gateway names things: the name of a dialect, or a map of overrides. Default generic.'),
  headers: headersSchema()
    .optional()
    .describe('Headers of every request; templates allowed. Use ${env.X} for secrets: its value is masked everywhere.'),
  timeout: duration()
    .optional()
    .describe('For a complete response, from the release, where a scenario sets none. Default 30s.'),
  ca: z
    .strictObject({ file: text().describe('PEM file, relative to this one.') })
    .optional()
    .describe('An extra certificate authority that is trusted.'),
  http2: z
    .boolean()
    .optional()
    .describe('Speak HTTP/2, many requests on a connection; the gateway must offer it. Default false: HTTP/1.1.'),
});

/** Bounds of the whole run. */
export const limitsSchema = z.strictObject({
  requests: z.int().min(1).optional().describe('Requests sent, at most. Default 6000.'),
  duration: duration().optional().describe('From the first request; none is sent after it. Default 5m.'),
  concurrency: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('Requests in flight at any moment, at most. Default 100.'),
  tokens: z
    .int()
    .min(1)
    .optional()
    .describe('Prompt and completion tokens, by the reported usage, else estimated. Default: unbounded.'),
  abort: z
    .strictObject({
      error_rate: percentage(0.01).describe('Share of errors at which the run stops.'),
      for: duration().describe('For how long the share must stay there.'),
    })
    .optional()
    .describe('Stop hammering a gateway that is down. Default: never.'),
});

/** A list of texts in a file. */
export const fileListSchema = z.strictObject({
  file: text().describe('File, relative to this one.'),
  field: text()
    .optional()
    .describe('The file is JSONL, and this field of each line is the text. Without it, every line is a text.'),
});

/** Lists behind `${pick NAME}`. */
export const dataSchema = named(z.union([z.array(scalar()).min(1), fileListSchema]));

/** One tenant. */
export const tenantSchema = z.strictObject({
  headers: headersSchema().optional().describe('Headers of its requests; templates allowed. They win over all others.'),
  vars: named(scalar()).optional().describe('Values behind ${tenant.NAME}; ${env.X} may stand in them.'),
});

const measure = () =>
  z
    .unknown()
    .transform((value, context): Measure => {
      const parsed = typeof value === 'string' ? parseMeasure(value) : undefined;
      if (parsed?.ok) return parsed.measure;
      const allowed = parsed?.allowed ?? 'the name of a metric such as p95, ttft.p95 or error_rate';
      context.addIssue({ code: 'custom', message: parsed?.message ?? 'must be text', params: { allowed } });
      return z.NEVER;
    })
    .meta({ type: 'string' })
    .describe('A metric as in an SLO, without a limit: p95, ttft.p95, error_rate.');

/** How a run is compared with its baseline. */
export const regressionSchema = z.strictObject({
  metrics: z
    .array(measure())
    .min(1)
    .optional()
    .describe('What is compared and may fail the gate. Default p95, ttft.p95, error_rate.'),
  min_change: percentage().optional().describe('Smaller relative changes are never a failure. Default 10%.'),
  min_change_ms: z
    .number()
    .min(0)
    .optional()
    .describe('Nor are changes of a duration by fewer milliseconds. Default 10.'),
  min_change_share: percentage()
    .optional()
    .describe('Nor are smaller absolute changes of a share such as error_rate. Default 0.5%.'),
  confidence: percentage(0.5, 0.9999)
    .optional()
    .describe('One-sided, of the whole family of comparisons. Default 99%.'),
  require_baseline: z.boolean().optional().describe('Without a comparable baseline the gate fails. Default false.'),
  pairs: z
    .int()
    .min(30)
    .max(1_000)
    .optional()
    .describe('With --baseline-url: pairs of blocks into which each load is cut. Default 30.'),
  window: z.int().min(1).max(100).optional().describe('How many stored runs are compared with, at most. Default 10.'),
});

/** How generators that share a load work together, and how what they measured is judged. */
export const fleetSchema = z.strictObject({
  missing: z
    .enum(MISSING_SHARES)
    .optional()
    .describe(
      'When a share of the load is missing: invalid, or scale: judge by the part of the load that was there. Default invalid.',
    ),
  late: duration(0)
    .optional()
    .describe('A share that began later than that after the common start counts as missing. Default 5s.'),
  gather: duration(0)
    .optional()
    .describe('How long after the first shard of a workflow run was ready all of them begin. Default 60s.'),
});

/** Factors on every load. */
export const loadScaleSchema = z.strictObject({
  duration: z.number().positive().max(1_000).optional().describe('Factor on the duration of every load. Default 1.'),
  rate: z.number().positive().max(1_000).optional().describe('Factor on every rate and number of users. Default 1.'),
});

const part = (what: string) => z.record(z.string(), z.unknown()).optional().describe(`Laid over \`${what}\`.`);

/** What may stand in a profile: any part of the file, to be laid over it. The result is what is validated. */
export const profileSchema = z.strictObject({
  gateway: part('gateway'),
  limits: part('limits'),
  seed: scalar().optional().describe('Instead of `seed`.'),
  data: part('data'),
  tenants: part('tenants'),
  providers: part('providers'),
  loads: part('loads'),
  scenarios: part('scenarios'),
  regression: part('regression'),
  fleet: part('fleet'),
  load_scale: loadScaleSchema.optional().describe('Longer or heavier than the file says; the limits stay as they are.'),
});

/** The whole file. The one source of what may be written; schema/gatemark.schema.json is generated from it. */
export const configSchema = z.strictObject({
  version: z.literal(1).describe('Version of this format.'),
  gateway: gatewaySchema.optional().describe('The gateway under test.'),
  limits: limitsSchema
    .optional()
    .describe('Bounds of the whole run: warm-up, probes and both sides of a comparison included.'),
  seed: scalar().optional().describe('Seed of all random choice. Default: a new one each run, named in the report.'),
  data: dataSchema
    .optional()
    .describe('Lists of texts for ${pick NAME}: inline, a text file, or a field of a JSONL file.'),
  tenants: named(tenantSchema).optional().describe('Who sends: headers and variables by tenant.'),
  providers: named(providerSchema).optional().describe('Simulated providers: started by the run, or running already.'),
  loads: named(sharedLoadSchema).optional().describe('Loads that several scenarios share.'),
  scenarios: scenariosSchema.describe('What is sent and what it must hold, by name.'),
  regression: regressionSchema.optional().describe('How this run is compared with the baseline.'),
  fleet: fleetSchema.optional().describe('Where several generators make the load together, each a share of it.'),
  load_scale: loadScaleSchema
    .optional()
    .describe('Factors on every load; meant for profiles. The limits stay as they are.'),
  profiles: named(profileSchema)
    .optional()
    .describe(
      'Laid over the file when chosen: maps key by key, everything else as a whole; null removes a key. Without a choice, pr.',
    ),
});
