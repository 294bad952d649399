import { z } from 'zod';
import { CACHE_FORMATS, COUNT_FORMATS, LIMIT_UNITS, TIME_UNITS, TTL_UNITS, WHEN_FORMATS } from '../model/dialect.ts';
import { CACHE_STATUSES } from '../model/outcome.ts';
import { field, scalar, text } from './schema-fields.ts';

const HEADER = () => text().describe('Name of a header.');
const BODY = (what: string) => text().describe(`Dotted path into ${what}.`);

const UNSUPPORTED = z.literal('unsupported');

/** Where something stands in a response, with what else a field of its kind can say. */
const place = <S extends z.ZodRawShape>(more: S) =>
  z
    .union([
      z.strictObject({ header: HEADER(), ...more }),
      z.strictObject({ body: BODY('the JSON body, or the last event of a stream'), ...more }),
    ])
    .describe('Where the gateway says it.');

const places = <S extends z.ZodRawShape>(what: string, more: S) =>
  z
    .union([UNSUPPORTED, z.array(place(more)).min(1)])
    .optional()
    .describe(`Where the gateway says ${what}, the first that is present decides; or unsupported.`);

const namePart = {
  part: z.enum(['before-slash', 'after-slash']).optional().describe('One side of provider/model.'),
};

const count = {
  format: z.enum(COUNT_FORMATS).optional().describe('How the number is written. Default number.'),
  plus: z.int().min(0).max(1_000).optional().describe('Added to the number.'),
};

const time = {
  unit: z.enum(TIME_UNITS).optional().describe('Unit of a bare number. Default ms.'),
  metric: text().optional().describe('Name of the metric in a Server-Timing header.'),
};

const cache = z.union([
  UNSUPPORTED,
  z.strictObject({
    fields: z
      .array(place({ format: z.enum(CACHE_FORMATS).optional().describe('How the status is written.') }))
      .min(1)
      .optional()
      .describe('Where the cache status is.'),
    values: z
      .record(z.string(), z.enum(CACHE_STATUSES))
      .optional()
      .describe("The gateway's words for hit, miss and bypass."),
  }),
]);

/** The name of a header in which one `*` may stand for any text. */
const pattern = () =>
  field<string>({
    read: (value) => (typeof value === 'string' && /^[\w-]+(?:\*[\w-]*)?$/.test(value) ? value : undefined),
    message: 'is not the name of a header',
    allowed: 'letters, digits, "_" and "-", with at most one "*" behind the first of them',
    json: { type: 'string', pattern: String.raw`^[\w-]+(\*[\w-]*)?$` },
  }).describe('Name of a header; one * stands for any text.');

const when = z.strictObject({
  header: pattern(),
  format: z.enum(WHEN_FORMATS).optional().describe('How the time is written. Default any: by its looks.'),
});

const of = z.enum(LIMIT_UNITS).describe('What the limit counts.');

const limits = z
  .array(
    z.union([
      z.strictObject({
        of,
        limit: pattern().optional(),
        remaining: pattern().optional(),
        reset: when.optional().describe('When the limit is full again.'),
      }),
      z.strictObject({
        of,
        structured: z
          .strictObject({ state: HEADER(), policy: HEADER() })
          .describe('Headers of the IETF draft, such as ratelimit and ratelimit-policy.'),
      }),
    ]),
  )
  .min(1);

const codes = (what: string) => z.array(z.int().min(200).max(599)).optional().describe(`Status codes of ${what}.`);

const control = z.union([
  z.strictObject({ header: HEADER(), value: text().describe('What it is set to.') }),
  z.strictObject({ body: BODY('the body'), value: scalar().describe('What it is set to.') }),
]);

const requestPlace = <S extends z.ZodRawShape>(more: S) =>
  z.union([z.strictObject({ header: HEADER(), ...more }), z.strictObject({ body: BODY('the body'), ...more })]);

const cacheControls = z.strictObject({
  enable: z.array(control).optional().describe('What makes a request use the cache.'),
  bypass: z
    .union([UNSUPPORTED, z.array(control).min(1)])
    .optional()
    .describe('What makes a request pass the cache by.'),
  ttl: z
    .union([UNSUPPORTED, requestPlace({ unit: z.enum(TTL_UNITS).describe('How the time is written.') })])
    .optional()
    .describe('Where a request says how long its answer may be kept.'),
  namespace: z
    .union([UNSUPPORTED, requestPlace({})])
    .optional()
    .describe('Where a request names the part of the cache that it uses.'),
});

/** A dialect by name, or the differences from one. Which names there are is known where dialects are, a floor apart. */
export const dialectSchema = z.union([
  text(),
  z
    .strictObject({
      base: text().optional().describe('The dialect that the rest is laid over. Default generic.'),
      cache: cache.optional().describe('How the gateway declares its cache status; or unsupported.'),
      provider: places('which provider answered', namePart),
      model: places('which model answered', namePart),
      request_id: z.array(place({})).optional().describe("Where the gateway's own id of a request is, for evidence."),
      attempts: places('how many calls of providers it made', count),
      fallback: places('which of its routes answered, 0 for the primary', count),
      gateway_time: places('how long it took itself', time),
      upstream_time: places('how long its providers took', time),
      limits: z.union([UNSUPPORTED, limits]).optional().describe("The headers of the gateway's own limits."),
      provider_limits: limits.optional().describe("The headers of the providers' limits."),
      retry_after: z
        .union([UNSUPPORTED, z.array(when).min(1)])
        .optional()
        .describe('When a rejected request may be repeated.'),
      rejections: z
        .strictObject({ rate: codes('a rate that was exceeded'), quota: codes('a quota that is used up') })
        .optional()
        .describe('Status codes of rejections.'),
      cache_controls: cacheControls.optional().describe('What a request can ask of the cache.'),
    })
    .describe('Differences from a dialect.'),
]);
/** A dialect as configured. */
export type DialectSpec = z.output<typeof dialectSchema>;
