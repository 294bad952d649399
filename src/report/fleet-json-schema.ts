import { z } from 'zod';
import { count, quantiles, share } from './json-schema-terms.ts';

const number = z.int().positive();

/** One share of a load, as it stands in `report.json`. */
export const shareSchema = z
  .strictObject({
    number: number.describe('From 1.'),
    count: number.describe('Into how many shares the load was split.'),
    region: z.string().optional(),
    aimedAt: z.string().optional().describe('The start that all shares had agreed on, ISO 8601.'),
    startedAt: z.string().optional().describe('When it began; absent when it sent nothing.'),
  })
  .describe('Which share of a load this is. Absent for a whole one.');

/** The shares that a run was added up of. */
export const fleetSchema = z
  .strictObject({
    count: number.describe('Into how many shares the load was split.'),
    missing: z.array(number).describe('Numbers of the shares that are not in these numbers.'),
    shares: z.array(
      shareSchema.extend({ lateMs: z.number().nonnegative().describe('Behind the common start, milliseconds.') }),
    ),
    leftOut: z
      .array(shareSchema.extend({ reason: z.string() }))
      .describe('Shares that were made and are not in these numbers.'),
    regions: z
      .array(
        z.strictObject({
          scenario: z.string(),
          region: z.string().optional().describe('Absent for the shares that name none.'),
          shares: number,
          requests: count,
          errorRate: share.optional(),
          latencyMs: quantiles,
        }),
      )
      .describe('Empty where no share names its region.'),
  })
  .describe('The shares that this run was added up of. Absent where one generator made all of it.');
