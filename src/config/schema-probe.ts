import { z } from 'zod';
import type { ProbeName } from '../model/probe.ts';
import { duration } from './schema-fields.ts';

/** What each probe puts to the test, in a few words. */
export const PROBE_PURPOSES: Readonly<Record<ProbeName, string>> = {
  cache: 'that repeats hit, that nothing else does, and that a cold crowd becomes one upstream call',
  'semantic-cache': 'that paraphrases hit and that near misses do not',
  'rate-limit': 'that a limit admits what it says, and that its rejections tell the truth',
  isolation: "that no tenant gets another's answers",
  neighbour: 'that one tenant over its limit does not slow down another',
  failover: 'that a failing provider is replaced, and at what cost',
  stream: 'that streams come as they are made, and whole',
  routing: 'that providers get their shares, and answers name the one that served',
  cancel: 'that the upstream call ends when the client hangs up',
};

/** The keys that only one probe has. */
export const PROBE_KEYS = {
  cache: {},
  'semantic-cache': {},
  'rate-limit': {
    limit: z.int().min(1).describe('Requests that the gateway should admit in one window.'),
    window: duration().describe('Length of the window.'),
  },
  isolation: {},
  neighbour: {},
  failover: {},
  stream: {},
  routing: {},
  cancel: {},
} as const satisfies Readonly<Record<ProbeName, z.ZodRawShape>>;
