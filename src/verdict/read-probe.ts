import type { ProbeName, ProbeReading, ProbeRun } from '../model/probe.ts';
import { readCacheProbe } from './cache-probe.ts';
import { readCancel } from './cancel-probe.ts';
import { readFailover } from './failover-probe.ts';
import { readIsolationProbe } from './isolation-probe.ts';
import { readNeighbour } from './neighbour-probe.ts';
import { readRateLimitProbe } from './rate-limit-probe.ts';
import { readRouting } from './routing-probe.ts';
import { readSemanticCacheProbe } from './semantic-cache-probe.ts';
import { readStream } from './stream-probe.ts';

/** Makes sense of the facts of one kind of probe. */
export type ProbeReader = (run: ProbeRun) => ProbeReading;

const READERS: Readonly<Partial<Record<ProbeName, ProbeReader>>> = {
  cache: readCacheProbe,
  'semantic-cache': readSemanticCacheProbe,
  'rate-limit': readRateLimitProbe,
  neighbour: readNeighbour,
  failover: readFailover,
  isolation: readIsolationProbe,
  stream: readStream,
  routing: readRouting,
  cancel: readCancel,
};

const NOTHING: ProbeReading = { values: {}, times: {}, sights: [], timeline: [] };

/** What the facts of a probe mean. Total: a probe that was cut short gives what it got. */
export const readProbe = (run: ProbeRun): ProbeReading => READERS[run.spec.kind]?.(run) ?? NOTHING;
