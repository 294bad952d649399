import type { Micros } from '../../src/model/units.ts';
import { micros } from '../../src/model/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { OutgoingRequest, ResponseListener, Transport, TransportFailure } from '../../src/ports/transport.ts';

/** How the gateway treats one request. Times are µs after the one before it. */
export interface Answer {
  /** Until the headers; 0 by default. */
  readonly after?: number;
  readonly status?: number;
  readonly headers?: readonly string[];
  /** The body; each with the µs after the part before it. */
  readonly chunks?: readonly (readonly [after: number, text: string])[];
  /** After the last chunk until the end. */
  readonly endAfter?: number;
  /** Fails instead of answering, after `after`. */
  readonly failure?: TransportFailure;
  /** Fails inside `send` already. */
  readonly atOnce?: boolean;
  /** Never answers. */
  readonly silent?: boolean;
}

export interface ScriptedTransport extends Transport {
  readonly sent: readonly { readonly request: OutgoingRequest; readonly at: Micros }[];
  /** The most that were in flight at one time. */
  readonly peak: number;
  readonly inFlight: number;
  readonly cancelled: number;
  /** What `warm` was asked for, call by call. */
  readonly warmed: readonly number[];
  readonly isClosed: boolean;
}

const encoder = new TextEncoder();

/** A gateway on a fake clock: `script` says how request i is answered. `warm` takes 1 ms a connection unless it is given. */
export const createScriptedTransport = (
  clock: Clock,
  script: (request: OutgoingRequest, index: number) => Answer,
  warm: (count: number) => Promise<readonly Micros[]> = async (count) => Array<Micros>(count).fill(micros(1_000)),
): ScriptedTransport => {
  const state = {
    sent: [] as { request: OutgoingRequest; at: Micros }[],
    peak: 0,
    inFlight: 0,
    cancelled: 0,
    warmed: [] as number[],
    isClosed: false,
  };
  const send = (request: OutgoingRequest, listener: ResponseListener): (() => void) => {
    const answer = script(request, state.sent.length);
    state.sent.push({ request, at: clock.now() });
    state.inFlight += 1;
    state.peak = Math.max(state.peak, state.inFlight);
    let cancelStep = (): void => {};
    let isOver = false;
    const over = (): void => {
      isOver = true;
      state.inFlight -= 1;
    };
    const steps = stepsOf(answer, listener, over, clock);
    const next = (index: number): void => {
      const step = steps[index];
      if (step === undefined) return;
      cancelStep = clock.schedule(micros(clock.now() + step.after), () => {
        step.run();
        if (!isOver) next(index + 1);
      });
    };
    if (answer.atOnce === true) steps[0]!.run();
    else {
      listener.written(clock.now());
      next(0);
    }
    return () => {
      if (isOver) return;
      over();
      state.cancelled += 1;
      cancelStep();
    };
  };
  return {
    get sent() {
      return state.sent;
    },
    get peak() {
      return state.peak;
    },
    get inFlight() {
      return state.inFlight;
    },
    get cancelled() {
      return state.cancelled;
    },
    get warmed() {
      return state.warmed;
    },
    get isClosed() {
      return state.isClosed;
    },
    async warm(count) {
      state.warmed.push(count);
      return warm(count);
    },
    send,
    async close() {
      state.isClosed = true;
    },
  };
};

interface Step {
  readonly after: number;
  readonly run: () => void;
}

const stepsOf = (answer: Answer, listener: ResponseListener, over: () => void, clock: Clock): Step[] => {
  const { failure } = answer;
  if (answer.silent === true) return [];
  if (failure !== undefined) {
    const fail = (): void => {
      over();
      listener.failed(failure, clock.now());
    };
    return [{ after: answer.after ?? 0, run: fail }];
  }
  const chunks = (answer.chunks ?? []).map(([after, text]) => ({
    after,
    run: () => listener.chunk(encoder.encode(text), clock.now()),
  }));
  const head = (): void => listener.headers(answer.status ?? 200, answer.headers ?? [], clock.now());
  const end = (): void => {
    over();
    listener.end(clock.now());
  };
  return [{ after: answer.after ?? 0, run: head }, ...chunks, { after: answer.endAfter ?? 0, run: end }];
};
