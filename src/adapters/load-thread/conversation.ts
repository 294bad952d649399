import { Worker } from 'node:worker_threads';
import { GateError } from '../../model/errors.ts';
import type { Plan } from '../../model/plan.ts';
import type { Progress } from '../../model/progress.ts';
import type { Micros } from '../../model/units.ts';
import type { LoadResult } from '../../ports/load-runner.ts';
import type { FromLoadThread, ToLoadThread } from './thread-messages.ts';

/** The owner's side of one load thread. */
export interface Conversation {
  /** Resolves when its connections are open; only a thread with a share of a plan waits there. */
  readonly ready: Promise<void>;
  /** Rejects with a `GateError`: the thread's own, or `internal` when it crashed or ended without a result. */
  readonly result: Promise<LoadResult>;
  /** Lets a thread that is ready begin at that time of the system's monotonic clock. */
  start(at: Micros): void;
  abort(reason: string): void;
  /** Resolves when it is gone. */
  end(): Promise<void>;
}

/** Starts a thread with its plan. */
export const startConversation = (
  workerUrl: URL,
  plan: Plan,
  { youngGenerationMb, onProgress }: { youngGenerationMb: number; onProgress: (progress: Progress) => void },
): Conversation => {
  const worker = new Worker(workerUrl, {
    workerData: plan,
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
  });
  const tell = (message: ToLoadThread): void => worker.postMessage(message);
  const ready = Promise.withResolvers<void>();
  const result = Promise.withResolvers<LoadResult>();
  worker.on('error', (cause) => result.reject(new GateError('internal', 'the load thread crashed', { cause })));
  worker.on('exit', () => result.reject(new GateError('internal', 'the load thread ended without a result')));
  worker.on('message', (message: FromLoadThread) => {
    if (message.kind === 'progress') onProgress(message.progress);
    else if (message.kind === 'ready') ready.resolve();
    else if (message.kind === 'result') result.resolve(message.result);
    else result.reject(revived(message));
  });
  return {
    ready: ready.promise,
    result: result.promise,
    start: (at) => tell({ kind: 'start', at }),
    abort: (reason) => tell({ kind: 'abort', reason }),
    end: async () => void (await worker.terminate()),
  };
};

const revived = ({ code, message, hint, cause }: Extract<FromLoadThread, { kind: 'failed' }>): GateError =>
  new GateError(code, message, { ...(hint === undefined ? {} : { hint }), ...(cause === undefined ? {} : { cause }) });
