import { z } from 'zod';
import { PROVIDER_FAULT_NAMES } from '../model/upstream.ts';
import { duration, field, percentage, text } from './schema-fields.ts';

const distribution = () =>
  z.strictObject({
    p50: duration(0).describe('Median, lognormal.'),
    p95: duration(0).describe('95th percentile.'),
  });

/** What a simulated provider does wrong. */
const faultSchema = z.strictObject({
  name: z.enum(PROVIDER_FAULT_NAMES).describe('What goes wrong.'),
  share: percentage().optional().describe('Of the requests, chosen by seed and request. Default 100%.'),
  from: duration(0).optional().describe('Since the start of the provider. Default: its start.'),
  until: duration().optional().describe('Since the start of the provider. Default: for ever.'),
  status: z.int().min(400).max(599).optional().describe('Of status: the code. Default 503.'),
  factor: z
    .number()
    .min(0)
    .max(1_000)
    .optional()
    .describe('Of slow (default 3), drip (10), wrong-usage (2) and lying-429 (0.2).'),
  add: duration().optional().describe('Of slow: time to add, instead of the default factor or beside one.'),
  after: percentage().optional().describe('Of truncate and cut: the share of the answer that is sent. Default 50%.'),
});

/** A limit by API key. */
const limitSchema = z.strictObject({
  requests: z.int().min(1).max(1_000_000).describe('How many in a window.'),
  window: duration().describe('Length of the window.'),
  algorithm: z
    .enum(['fixed-window', 'token-bucket'])
    .optional()
    .describe('Windows one after the other, or an allowance that fills evenly. Default fixed-window.'),
});

/** One simulated provider: exactly one of `listen` and `url`. */
export const providerSchema = z.strictObject({
  listen: field<{ readonly host: string; readonly port: number }>({
    read: readListen,
    message: 'is not an address to listen on',
    allowed: 'host:port, such as 127.0.0.1:9901 (port 0: any free one)',
    json: { type: 'string', pattern: String.raw`^(\[[0-9a-fA-F:]+\]|[^:\s]+):\d+$` },
  })
    .optional()
    .describe('Address to listen on: the run starts the provider there.'),
  url: text()
    .optional()
    .describe(
      'Instead of listen: where it runs already, started by `gatemark provider`. The run only asks it. ${env.X} may stand in it.',
    ),
  latency: distribution()
    .optional()
    .describe('Time to an answer in one piece; 0 for both is none. Default p50 300ms, p95 700ms.'),
  ttft: distribution().optional().describe('Time to the first token of a stream. Default: as latency.'),
  output_tokens: z.int().min(1).max(100_000).optional().describe('Completion tokens of an answer. Default 120.'),
  token_interval: duration(0).optional().describe('Time between two tokens of a stream. Default 12ms.'),
  models: z.array(text()).min(1).optional().describe('What it lists and accepts. Default: it accepts every model.'),
  keys: z
    .array(text())
    .min(1)
    .optional()
    .describe('API keys that it takes; ${env.X} may stand in them. Default: no authentication.'),
  limit: limitSchema.optional().describe('Requests that it takes from each API key; the others are 429.'),
  dimensions: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('Of its embeddings, where the request names none. Default 16.'),
  faults: z.array(faultSchema).max(100).optional().describe('What it does wrong; later ones win.'),
});

function readListen(value: unknown): { readonly host: string; readonly port: number } | undefined {
  const match = typeof value === 'string' ? /^(\[[0-9a-fA-F:]+\]|[^:\s[\]]+):(\d{1,5})$/.exec(value.trim()) : null;
  const port = Number(match?.[2]);
  return match === null || port > 65_535 ? undefined : { host: match[1]!.replace(/^\[|\]$/g, ''), port };
}
