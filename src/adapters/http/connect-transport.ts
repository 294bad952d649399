import type { Target } from '../../model/plan.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Transport } from '../../ports/transport.ts';
import { createHttp2Transport } from './http2-transport.ts';
import { createSocketTransport } from './socket-transport.ts';

/** A transport to a gateway, in the version of HTTP that its configuration asks for. */
export const connectTransport = (target: Target, clock: Clock): Transport =>
  target.http2 === true ? createHttp2Transport(target, clock) : createSocketTransport(target, clock);
