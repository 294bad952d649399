import { z } from 'zod';
import { PROBES, type ProbeName } from '../model/probe.ts';
import type { Slo } from '../model/slo.ts';
import { endpointSchema } from './schema-endpoint.ts';
import { anyJson, duration, name, named, scalar, text } from './schema-fields.ts';
import { loadSchema } from './schema-load.ts';
import { PROBE_KEYS, PROBE_PURPOSES } from './schema-probe.ts';
import { parseSlo } from './slo-grammar.ts';

/** Names and values of HTTP headers. */
export const headersSchema = () => z.record(z.string(), scalar());

const MATCHER =
  'present | absent | nonempty, a literal (templates allowed), a list of which one must match, {not: a literal or list}, {matches: a regular expression} or {equals: a literal}.';

/** What a good response looks like. */
export const expectSchema = z.strictObject({
  status: z
    .union([z.int().min(200).max(599), z.array(z.int().min(200).max(599)).min(1)])
    .optional()
    .describe(
      'Accepted status codes. An accepted 429 or 503 (or another rejection of the dialect) counts as throttled, every other one as ok. Default 200.',
    ),
  headers: z
    .union([z.array(text()).min(1), z.record(z.string(), anyJson())])
    .optional()
    .describe(`Response headers: a list of names that must be present, or a map from name to ${MATCHER}`),
  body: z
    .record(z.string(), anyJson())
    .optional()
    .describe(`JSON body: a map from a dotted path such as choices.0.message.content to ${MATCHER}`),
});

/** One SLO, parsed by the grammar. */
export const sloLine = () =>
  z
    .unknown()
    .transform((value, context): Slo => {
      const parsed = typeof value === 'string' ? parseSlo(value) : undefined;
      if (parsed?.ok) return parsed.slo;
      context.addIssue({
        code: 'custom',
        message: parsed?.message ?? 'must be one line of text',
        params: { allowed: parsed?.allowed ?? 'a sentence such as "p95 < 2.5s" or "error_rate < 1%"' },
      });
      return z.NEVER;
    })
    .meta({ type: 'string' })
    .describe('One promise, such as "p95 < 2.5s", "error_rate < 1%" or "throttled_rate in 0%..10%".');

const REQUEST = {
  endpoint: endpointSchema.describe(
    'What is called: chat, responses, messages, embeddings or models, or any {method, path}.',
  ),
  stream: z
    .boolean()
    .optional()
    .describe('Ask for a stream of server-sent events and measure it (chat, responses, messages). Default false.'),
  headers: headersSchema()
    .optional()
    .describe('Request headers; templates allowed. They win over those of the gateway.'),
  body: anyJson().optional().describe('JSON body; templates allowed in every text.'),
  tenants: z.array(name()).min(1).optional().describe('Tenants over which the requests rotate.'),
  tenant: name().optional().describe('The one tenant that sends: the same as a list of one.'),
  timeout: duration().optional().describe('For a complete response, from the release. Default: gateway.timeout.'),
  expect: expectSchema.optional().describe('What a good response looks like.'),
  slo: z.array(sloLine()).min(1).optional().describe('What this scenario promises, one sentence each.'),
};

/** A scenario that sends load. */
export const loadScenarioSchema = z
  .strictObject({
    ...REQUEST,
    load: z
      .union([name('the name of a load under loads'), loadSchema])
      .describe('How requests arrive: a load of its own, or the name of one under `loads`.'),
    weight: z
      .int()
      .min(1)
      .max(1_000)
      .optional()
      .describe(
        'Share of the arrivals of a load under `loads`, against the weights of its other scenarios. Default 1.',
      ),
    after: name().optional().describe('Start when the load of this scenario has ended and drained. Default: at once.'),
  })
  .describe('Requests under load.');

/** A scenario that is a choreography of its own; it runs alone. Each probe has keys that no other has. */
export const probeScenarioSchema = <Kind extends ProbeName>(kind: Kind) =>
  z
    .strictObject({
      probe: z.literal(kind).describe(`Puts to the test: ${PROBE_PURPOSES[kind]}. It runs alone.`),
      ...REQUEST,
      ...PROBE_KEYS[kind],
    })
    .describe(`The ${kind} probe: ${PROBE_PURPOSES[kind]}.`);

/** What a scenario is read by that names no probe there is, so that its name is reported and nothing else of it. */
export const unknownProbeSchema = z.strictObject({
  probe: z.enum(PROBES),
  ...REQUEST,
  ...Object.assign({}, ...Object.values(PROBE_KEYS)),
});

/** Every scenario, by name. */
export const scenariosSchema = named(z.union([loadScenarioSchema, ...PROBES.map(probeScenarioSchema)]));
