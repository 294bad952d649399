import { z } from 'zod';

// What the parts of the schema of report.json share.

export const count = z.int().nonnegative();
export const share = z.number().min(0).max(1);
export const status = z.enum(['pass', 'fail', 'inconclusive', 'invalid']);
export const tally = z.record(z.string(), count);
export const interval = z.tuple([z.number(), z.number()]);
export const unit = z.enum(['ms', 'ratio', 'count', 'per-second']);

export const quantiles = z
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
