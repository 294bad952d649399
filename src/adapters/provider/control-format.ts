import { z } from 'zod';
import { type Micros, micros, type Ratio, ratio } from '../../model/units.ts';
import { PROVIDER_FAULT_NAMES, type ProviderFault, strayFields } from '../../model/upstream.ts';
import type { EndedCalls, ProviderCall } from './call-log.ts';

/** Where a simulated provider is asked about itself, on its own port; never a path of a model API. */
export const CONTROL_PATH = '/_gatemark';

/** Of what is said below that path. Another number is another language. */
export const CONTROL_VERSION = 1;

/** What a simulated provider says about itself. */
export interface ProviderIntroduction {
  readonly kind: 'gatemark-provider';
  readonly version: typeof CONTROL_VERSION;
  readonly name: string;
  /** Its monotonic clock, µs: that of its log. */
  readonly now: Micros;
}

const time: z.ZodType<Micros> = z.number().transform(micros);
const duration: z.ZodType<Micros> = z.number().min(0).transform(micros);
const share: z.ZodType<Ratio> = z.number().min(0).max(1).transform(ratio);

export const introductionSchema: z.ZodType<ProviderIntroduction> = z.object({
  kind: z.literal('gatemark-provider'),
  version: z.literal(CONTROL_VERSION),
  name: z.string(),
  now: time,
});

const faultSchema: z.ZodType<ProviderFault> = z
  .strictObject({
    name: z.enum(PROVIDER_FAULT_NAMES),
    share: share.optional(),
    from: duration.optional(),
    until: duration.optional(),
    status: z.int().min(400).max(599).optional(),
    factor: z.number().min(0).max(1_000).optional(),
    add: duration.optional(),
    after: share.optional(),
  })
  .check(({ value, issues }) => {
    for (const field of strayFields(value))
      issues.push({ code: 'custom', path: [field], message: `does not go with ${value.name}`, input: value[field] });
  });

/** Planted faults as they come from outside. Times are in µs, as everywhere. */
export const faultsSchema: z.ZodType<readonly ProviderFault[]> = z
  .array(faultSchema, 'must be a JSON list of faults')
  .max(100);

const absent = <T>(schema: z.ZodType<T>) => schema.optional().transform((value) => value);

const callSchema = z.object({
  index: z.int().min(0),
  received: time,
  firstByte: absent(time),
  firstContent: absent(time),
  end: absent(time),
  path: z.string(),
  api: absent(z.enum(['chat', 'responses', 'messages', 'embeddings'])),
  bodyHash: z.string(),
  identity: absent(z.string()),
  nonces: z.array(z.string()),
  model: absent(z.string()),
  usage: absent(z.object({ prompt: z.number(), completion: z.number() })),
  stream: z.boolean(),
  status: absent(z.int()),
  abortedByClient: z.boolean(),
  content: absent(z.string()),
  contentLength: absent(z.int()),
}) satisfies z.ZodType<ProviderCall>;

/** Answer to `GET /_gatemark/calls`. What a call has not got is absent there. */
export const callsSchema: z.ZodType<{ readonly calls: readonly ProviderCall[] }> = z.object({
  calls: z.array(callSchema),
});

/** Answer to `GET /_gatemark/ended`. */
export const endedSchema: z.ZodType<EndedCalls> = z.object({
  calls: z.array(callSchema),
  next: z.int().min(0),
  missed: z.int().min(0),
});
