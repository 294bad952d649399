import { z } from 'zod';
import { CACHE_STATUSES } from '../model/outcome.ts';
import { text } from './schema-fields.ts';

const place = z
  .union([
    z.strictObject({ header: text().describe('Name of a response header.') }),
    z.strictObject({ body: text().describe('Dotted path into the JSON body, or into the last event of a stream.') }),
  ])
  .describe('Where the gateway says it.');

const places = (what: string) =>
  z
    .union([z.literal('unsupported'), z.array(place).min(1)])
    .optional()
    .describe(`Where the gateway names ${what}, the first that is present decides; or unsupported.`);

/** A dialect by name, or the differences from one. Which names there are is known where dialects are, a floor apart. */
export const dialectSchema = z.union([
  text(),
  z
    .strictObject({
      base: text().optional().describe('The dialect that the rest is laid over. Default generic.'),
      cache: z
        .union([
          z.literal('unsupported'),
          z.strictObject({
            fields: z.array(place).min(1).optional().describe('Where the cache status is.'),
            values: z
              .record(z.string(), z.enum(CACHE_STATUSES))
              .optional()
              .describe("The gateway's words for hit, miss and bypass."),
          }),
        ])
        .optional()
        .describe('How the gateway declares its cache status; or unsupported.'),
      provider: places('the provider that answered'),
      model: places('the model that answered'),
      request_id: z.array(place).optional().describe("Where the gateway's own id of a request is, for evidence."),
    })
    .describe('Differences from a dialect.'),
]);
/** A dialect as configured. */
export type DialectSpec = z.output<typeof dialectSchema>;
