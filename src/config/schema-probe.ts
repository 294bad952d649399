import { z } from 'zod';
import { CACHE_CHANGES, FAILOVER_FAULTS, type ProbeName } from '../model/probe.ts';
import { endpointSchema } from './schema-endpoint.ts';
import { anyJson, duration, field, name, rate, text } from './schema-fields.ts';

/** What each probe puts to the test, in a few words. */
export const PROBE_PURPOSES: Readonly<Record<ProbeName, string>> = {
  cache: 'that repeats hit, that nothing else does, and that a cold crowd becomes one upstream call',
  'semantic-cache': 'that paraphrases hit and that near misses do not',
  'rate-limit': 'that a limit admits what it says, and that its rejections tell the truth',
  isolation: "that no tenant gets another's answers",
  neighbour: 'that one tenant over its limit, or one endpoint, does not slow down another',
  failover: 'that a failing provider is replaced, and at what cost',
  stream: 'that streams come as they are made, and whole',
  routing: 'that providers get their shares, and answers name the one that served',
  cancel: 'that the upstream call ends when the client hangs up',
};

/** Of one part of a probe: it is to be small. */
const MAX_REQUESTS = 1_000;
const settle = () =>
  duration().optional().describe('The longest that writing an answer into the cache may take. Default 2s.');

/** Labelled prompts of one probe. */
export const MAX_PAIRS = 1_000;

/** One labelled prompt. */
export const pairSchema = z.strictObject({
  topic: text().optional().describe('What it is about, for the report.'),
  prompt: text().describe('Sent first, as it stands.'),
  paraphrase: text().optional().describe('Means the same as the prompt: it should hit.'),
  near_miss: text().optional().describe('Means something else: it must not hit.'),
});

/** A file of labelled prompts. */
export const pairFileSchema = z.strictObject({
  file: text().describe('File with one labelled prompt a line, as JSON; relative to this one.'),
});

/** What makes the noise beside an endpoint that should not notice. */
export const noiseRequestSchema = z.strictObject({
  endpoint: endpointSchema.describe('What is called, as in a scenario.'),
  stream: z.boolean().optional().describe('Ask for a stream. Default false.'),
  body: anyJson().optional().describe('JSON body; templates allowed in every text.'),
});

/** The keys that only one probe has. */
export const PROBE_KEYS = {
  cache: {
    prompts: z.int().min(1).max(1_000).optional().describe('Prompts that are sent, and then repeated. Default 20.'),
    crowd: z
      .int()
      .min(2)
      .max(500)
      .optional()
      .describe('Identical cold requests that are released together. Default 20.'),
    settle: settle(),
    ttl: duration().optional().describe('How long the cache keeps an answer; after it, a repeat must miss.'),
    changes: z
      .array(z.enum(CACHE_CHANGES))
      .min(1)
      .optional()
      .describe('What is changed in repeats that must then not hit. Default: all of them.'),
    other_model: text()
      .optional()
      .describe("A model that the gateway serves beside the body's own. Default: a made-up one."),
    bypass: field<unknown>({
      read: (value) => value,
      message: 'is not a map of headers',
      allowed: 'headers with their values',
      json: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
    })
      .optional()
      .describe(
        'Headers with which a request passes the cache by, such as cache-control: no-cache. Default: as the dialect says.',
      ),
  },
  'semantic-cache': {
    pairs: field<unknown>({
      read: (value) => value,
      message: 'is neither a list of pairs nor a file',
      allowed: 'a list of {prompt, paraphrase, near_miss}, or {file}',
      json: {
        anyOf: [
          { type: 'array', minItems: 1, maxItems: MAX_PAIRS, items: z.toJSONSchema(pairSchema, { io: 'input' }) },
          z.toJSONSchema(pairFileSchema, { io: 'input' }),
        ],
      },
    })
      .optional()
      .describe('Labelled prompts: a list, or a file with one JSON object a line. Default: a small set of our own.'),
    settle: settle(),
  },
  'rate-limit': {
    limit: z.int().min(1).describe('Requests that the gateway should admit in one window.'),
    window: duration().describe('Length of the window.'),
  },
  isolation: {
    prompts: z
      .int()
      .min(1)
      .max(1_000)
      .optional()
      .describe('Prompts that each tenant brings, and that every other one repeats. Default 3.'),
    mixed: z.int().min(2).max(10_000).optional().describe('Requests of all tenants at the same time. Default 60.'),
    settle: settle(),
  },
  neighbour: {
    rate: rate().optional().describe('Requests of the quiet tenant, evenly spread. Default 20/s.'),
    noise: rate()
      .optional()
      .describe('Requests of the noisy tenant, more than it may send, or those of noise_request. Default 60/s.'),
    noise_request: noiseRequestSchema
      .optional()
      .describe('Makes the noise with another request than the one of the scenario, such as embeddings beside chat.'),
    duration: duration()
      .optional()
      .describe('How long the quiet side sends, alone and then beside the noise. Default 4s.'),
  },
  failover: {
    primary: name().optional().describe('The provider that is made to fail; the first one by default.'),
    faults: z
      .array(z.literal(FAILOVER_FAULTS))
      .min(1)
      .optional()
      .describe(
        'What it does: a status code, reset, silence (no answer), cut (connection lost mid-stream); all by default.',
      ),
    requests: z.int().min(1).max(MAX_REQUESTS).optional().describe('Requests of each fault; 10 by default.'),
    recovery: duration(1)
      .optional()
      .describe('How long the way back to the healthy provider is waited for; 10s by default.'),
  },
  stream: {
    requests: z.int().min(1).max(MAX_REQUESTS).optional().describe('Streams that are asked for; 40 by default.'),
  },
  routing: {
    weights: z
      .record(name(), z.number().min(0).max(1_000_000))
      .optional()
      .describe('Weight of each provider, by the name that the gateway gives it. Default: shares are not judged.'),
    requests: z.int().min(1).max(MAX_REQUESTS).optional().describe('Requests that show who serves. Default 200.'),
    forbidden: z
      .strictObject({
        tenant: name().describe('A tenant of the scenario.'),
        model: text().describe('A model that it may not use.'),
      })
      .optional()
      .describe('A tenant and a model that it may not use. Default: not tried.'),
  },
  cancel: {
    requests: z
      .int()
      .min(1)
      .max(MAX_REQUESTS)
      .optional()
      .describe('Requests that are hung up on before the first byte, and as many behind it; 10 by default.'),
    within: duration(1).optional().describe('How long the end of their upstream calls is waited for; 1s by default.'),
  },
} as const satisfies Readonly<Record<ProbeName, z.ZodRawShape>>;
