import { z } from 'zod';
import { TREND_METRICS } from '../model/trend.ts';
import { count, interval, status, unit } from './json-schema-terms.ts';

/** One SLO and what became of it. */
export const slo = z.strictObject({
  scenario: z.string(),
  tenant: z.string().optional(),
  text: z.string(),
  unit,
  observed: z.number().optional(),
  interval: interval.optional(),
  close: z.boolean().describe('The interval lies across the limit, and the point estimate decided.'),
  samples: count,
  verdict: status,
  reason: z.string().optional(),
});

/** One comparison with a baseline. */
export const regression = z.strictObject({
  scenario: z.string(),
  tenant: z.string().optional(),
  metric: z.string(),
  against: z
    .enum(['window', 'live', 'oldest', 'release'])
    .describe('The earlier runs, the other gateway of this run, or a single run of long ago (drift).'),
  reference: z.string().optional().describe('Against a release: its tag, else its commit or run.'),
  unit,
  baseline: z.number().optional(),
  candidate: z.number().optional(),
  change: z.number().optional().describe('Relative for ms and per-second, absolute for ratio and count.'),
  interval: interval.optional().describe('Of the change.'),
  detectable: z
    .number()
    .optional()
    .describe('The smallest change for the worse that four of five such comparisons would find.'),
  strength: z
    .enum(['clear', 'likely', 'slight', 'possible', 'none'])
    .optional()
    .describe('How much there is to the change, in either direction. Absent where there is no interval.'),
  needed: z
    .strictObject({ pairs: count, requests: count, durationMs: z.number() })
    .optional()
    .describe('What it would take, beyond what was measured, to decide it.'),
  gating: z.boolean(),
  verdict: status,
  reason: z.string().optional(),
});

/** The trend over many runs. */
export const trend = z
  .strictObject({
    runs: count.describe('Earlier runs that are remembered.'),
    from: z.string().optional(),
    to: z.string().optional(),
    changes: z
      .array(
        z.strictObject({
          scenario: z.string(),
          metric: z.enum(TREND_METRICS),
          unit,
          at: z.string().describe('When the first run of the new kind was made.'),
          runId: z.string(),
          commit: z.string().optional(),
          until: z.string().optional().describe('When it changed again. Absent where it stayed.'),
          machine: z.string(),
          before: z.number().describe('Median of the runs up to then, since the change before.'),
          after: z.number(),
          change: z.number().describe('Relative for ms and per-second, absolute for ratio.'),
          runs: z.tuple([count, count]).describe('Runs before and after, on that machine.'),
          worse: z.boolean(),
          text: z.string(),
        }),
      )
      .describe('What changed for good, the newest first.'),
  })
  .describe('What became of the measures over many runs. Absent where no history was there.');

/** What was compared with. */
export const baseline = z.strictObject({
  kind: z.enum(['none', 'absent', 'untrusted', 'unreadable', 'not-comparable', 'stored', 'live']),
  reason: z.string().optional(),
  advisory: z.boolean().optional(),
  runs: z.array(z.strictObject({ id: z.string(), createdAt: z.string(), commit: z.string().optional() })).optional(),
  machines: z
    .enum(['alike', 'mixed', 'other'])
    .optional()
    .describe('Whether all, some or none of the earlier runs were on machines like this one.'),
  gateway: z.string().optional().describe('The other gateway of a live comparison.'),
  pairs: count.optional().describe('Pairs of blocks of a live comparison.'),
});
