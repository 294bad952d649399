import { z } from 'zod';
import { duration, level, name, rate, think } from './schema-fields.ts';

const stage = z
  .strictObject({
    to: level().describe('Level at the end of this stage: a rate such as 50/s, or a number of users.'),
    over: duration(0).describe('How long the change takes; 0s jumps.'),
  })
  .describe('One leg of a ramp, linear from the level before it (0 before the first).');

const steps = z.strictObject({
  from: rate().describe('Rate of the first step.'),
  to: rate().describe('Highest rate that is tried.'),
  by: rate().describe('How much each step adds.'),
  hold: duration().describe('How long each step lasts.'),
});

const LOAD = {
  rate: rate().optional().describe('Open model: requests arrive at this rate, whatever the gateway does. 20/s, 600/m.'),
  arrivals: z
    .enum(['uniform', 'poisson'])
    .optional()
    .describe(
      'Spacing of the arrivals of a rate or a ramp of rates: evenly (default), or as a seeded Poisson process.',
    ),
  users: z
    .int()
    .min(1)
    .optional()
    .describe('Closed model: so many users, each sends, waits for the answer, thinks, and sends again.'),
  think: think().optional().describe('Pause of a user between two requests: 2s, or 1s..3s. Default: none.'),
  stages: z
    .array(stage)
    .min(1)
    .optional()
    .describe('A ramp of rates or of users, stage by stage; it lasts as long as its stages.'),
  steps: steps
    .optional()
    .describe('Capacity: the rate climbs in steps; the knee is the highest step that still met the SLOs.'),
  duration: duration()
    .optional()
    .describe('Length of the measured phase of a rate or of users. Default 30s. Stages and steps have their own.'),
  warmup: duration(0)
    .optional()
    .describe('Load at the first level before the measured phase: it is sent and left out of the results. Default 5s.'),
  blocks: z
    .int()
    .min(1)
    .max(1_000)
    .optional()
    .describe('Into how many blocks of time the measured phase is cut for its statistics. Default 40.'),
};

/** How requests arrive: exactly one of rate, users, stages and steps. */
export const loadSchema = z
  .strictObject(LOAD)
  .describe('How requests arrive: exactly one of rate, users, stages and steps.');

/** The same under `loads`, where scenarios share it by weight. */
export const sharedLoadSchema = z
  .strictObject({
    ...LOAD,
    after: name().optional().describe('Start when the load of this scenario, or this load, has ended and drained.'),
  })
  .describe('A load that several scenarios share: its arrivals are divided over them by their weights.');
