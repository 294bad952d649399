import type { ProbeName } from '../model/probe.ts';
import { probeCache } from './cache.ts';
import { probeCancel } from './cancel.ts';
import { probeFailover } from './failover.ts';
import { probeIsolation } from './isolation.ts';
import { probeNeighbour } from './neighbour.ts';
import type { Choreography } from './prober.ts';
import { probeRateLimit } from './rate-limit.ts';
import { probeRouting } from './routing.ts';
import { probeSemanticCache } from './semantic-cache.ts';
import { probeStream } from './stream.ts';

/** How each probe goes about it. */
export const CHOREOGRAPHIES: Readonly<Partial<Record<ProbeName, Choreography>>> = {
  cache: probeCache,
  'semantic-cache': probeSemanticCache,
  'rate-limit': probeRateLimit,
  neighbour: probeNeighbour,
  failover: probeFailover,
  isolation: probeIsolation,
  stream: probeStream,
  routing: probeRouting,
  cancel: probeCancel,
};
