import type { MessagePort } from 'node:worker_threads';
import { GateError } from '../../model/errors.ts';
import type { Plan } from '../../model/plan.ts';
import type { Progress } from '../../model/progress.ts';
import type { Micros } from '../../model/units.ts';
import type { LoadResult } from '../../ports/load-runner.ts';
import type { FromLoadThread, ToLoadThread } from './thread-messages.ts';

/** What a load thread is told while it runs, and tells. */
export interface Orders {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** Says that the connections are open; resolves with the time at which all threads begin. */
  readonly whenToStart: () => Promise<Micros>;
}

/** The thread's side of `createLoadThread`: runs the plan, tells progress and result, and hears when to start and of an abort. */
export const serveLoad = async (
  plan: Plan,
  owner: MessagePort,
  run: (plan: Plan, orders: Orders) => Promise<LoadResult>,
): Promise<void> => {
  const say = (message: FromLoadThread, handedOver: readonly ArrayBuffer[] = []): void =>
    owner.postMessage(message, handedOver);
  const controller = new AbortController();
  const start = Promise.withResolvers<Micros>();
  owner.on('message', (message: ToLoadThread) => {
    if (message.kind === 'abort') controller.abort(message.reason);
    else start.resolve(message.at);
  });
  const whenToStart = (): Promise<Micros> => {
    say({ kind: 'ready' });
    return start.promise;
  };
  try {
    const onProgress = (progress: Progress): void => say({ kind: 'progress', progress });
    const result = await run(plan, { signal: controller.signal, onProgress, whenToStart });
    say({ kind: 'result', result }, [...countersIn(result)]);
  } catch (error) {
    say(failure(error));
  }
};

/** The memory of its histograms, several MB of a long burst: the owner takes it over, where it would copy it twice. */
const countersIn = (value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> => {
  if (value instanceof Float64Array || value instanceof Uint32Array) {
    // The empty ones share theirs.
    if (value.length > 0) found.add(value.buffer as ArrayBuffer);
  } else if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) countersIn(part, found);
  return found;
};

const failure = (error: unknown): FromLoadThread => {
  const known =
    error instanceof GateError ? error : new GateError('internal', 'the load engine failed', { cause: error });
  const { code, message, hint, cause } = known;
  // The stack names the place, which the message of an internal fault alone does not.
  const text = cause instanceof Error ? (code === 'internal' ? cause.stack : cause.message) : undefined;
  return { kind: 'failed', code, message, hint, cause: text };
};
