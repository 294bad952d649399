import type { Dialect } from '../model/dialect.ts';
import { PLAIN_GATEWAY } from './common-fields.ts';
import type { Mark } from './mark.ts';

/** Where the routing stands: at the top, in the message of a whole answer, or in a chunk of a stream. */
const ROUTING = [
  'provider_metadata.gateway.routing',
  'choices.0.message.provider_metadata.gateway.routing',
  'choices.0.delta.provider_metadata.gateway.routing',
  'providerMetadata.gateway.routing',
];

/**
 * Vercel AI Gateway. All that it says of a request is the routing in the body, whose attempts have times of their own.
 *
 * Fields: vercel.com/docs/ai-gateway/models-and-providers/provider-options. Headers for limits are not verified.
 */
export const vercel: Dialect = {
  ...PLAIN_GATEWAY,
  name: 'vercel',
  provider: ROUTING.map((routing) => ({ body: `${routing}.finalProvider` })),
  attempts: ROUTING.map((routing) => ({ body: `${routing}.attempts`, format: 'items' })),
};

/** What it can be told by. The headers are of anything on Vercel. */
export const vercelMarks: readonly Mark[] = [
  { body: 'provider_metadata.gateway.routing', sure: true },
  { body: 'choices.0.message.provider_metadata.gateway.routing', sure: true },
  { body: 'choices.0.delta.provider_metadata.gateway.routing', sure: true },
  { header: 'x-vercel-id' },
  { header: 'server', value: 'vercel' },
];
