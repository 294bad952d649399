import type { ServerResponse } from 'node:http';
import { type Micros, micros } from '../../model/units.ts';
import { type Answer, tokensOf } from './answer.ts';
import type { OpenCall } from './call-log.ts';
import { hangUp } from './http-exchange.ts';
import { monotonicNow } from './monotonic.ts';
import type { ProviderBehaviour } from './provider-faults.ts';
import type { TimerQueue } from './timer-queue.ts';
import type { StreamFrames } from './wire-format.ts';

/** One answer on its way: where it goes, when, and what goes wrong with it. */
export interface Delivery {
  readonly response: ServerResponse;
  readonly call: OpenCall;
  readonly timers: TimerQueue;
  readonly behaviour: ProviderBehaviour;
  readonly headers: (processing: Micros) => Readonly<Record<string, string>>;
}

/** Sends a body in one piece at `at`. Returns a cancel. */
export const deliverJson = (delivery: Delivery, body: string, at: Micros): (() => void) =>
  delivery.timers.schedule(at, () => {
    const { response, call, behaviour } = delivery;
    call.firstByte = monotonicNow();
    call.firstContent = call.firstByte;
    call.status = 200;
    const sent = behaviour.cut === undefined ? body : body.slice(0, Math.floor(body.length * behaviour.cut.after));
    const promised = behaviour.cut?.by === 'reset' ? body : sent;
    response.writeHead(200, {
      'content-type': behaviour.contentType ?? 'application/json',
      ...delivery.headers(micros(call.firstByte - call.received)),
      'content-length': String(Buffer.byteLength(promised)),
    });
    if (promised === sent) response.end(sent);
    else response.write(sent, () => hangUp(response));
  });

/** The head and what precedes the content go out after this share of the time to first token. */
const OPENING_SHARE = 0.5;

/**
 * Streams an answer: the opening (role, envelope) half-way to the first token, so that a client that takes it for content
 * is found out, then one token every `interval` from `first` on, the end with the last. Deadlines are absolute: a late
 * token does not delay the ones after it. Returns a cancel.
 */
export const deliverStream = (
  delivery: Delivery,
  what: { readonly answer: Answer; readonly frames: StreamFrames; readonly first: Micros; readonly interval: number },
): (() => void) => {
  const { response, call, timers, behaviour } = delivery;
  const tokens = tokensOf(what.answer.text);
  const stopAt = behaviour.cut === undefined ? tokens.length : Math.ceil(tokens.length * behaviour.cut.after);
  const malformedAt = behaviour.malformed ? Math.floor(tokens.length / 2) : -1;
  let next = 0;
  const open = (): void => {
    call.firstByte = monotonicNow();
    call.status = 200;
    response.writeHead(200, {
      'content-type': behaviour.contentType ?? 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      ...delivery.headers(micros(call.firstByte - call.received)),
    });
    response.write(what.frames.opening);
    cancel = timers.schedule(what.first, step);
  };
  const step = (): void => {
    if (next < stopAt) {
      call.firstContent ??= monotonicNow();
      if (next === malformedAt) response.write('data: {"choices":[{"delta":\n\n');
      response.write(what.frames.token(tokens[next]!));
      next += 1;
    }
    if (next < stopAt) cancel = timers.schedule(micros(what.first + next * what.interval), step);
    else if (behaviour.cut === undefined) response.end(what.frames.closing());
    else if (behaviour.cut.by === 'end') response.end();
    else setImmediate(() => hangUp(response));
  };
  let cancel = timers.schedule(micros(call.received + (what.first - call.received) * OPENING_SHARE), open);
  return () => cancel();
};
