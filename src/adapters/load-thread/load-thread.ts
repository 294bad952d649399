import { Worker } from 'node:worker_threads';
import { GateError } from '../../model/errors.ts';
import type { Progress } from '../../model/progress.ts';
import type { LoadResult, LoadRunner } from '../../ports/load-runner.ts';
import type { FromLoadThread, ToLoadThread } from './thread-messages.ts';

/**
 * Size of the young generation. Requests live for milliseconds to seconds: in the default one they survive two scavenges,
 * are copied each time, and fill the old generation.
 */
const YOUNG_GENERATION_MB = 64;

export interface LoadThreadOptions {
  /** MB; 64 by default. */
  readonly youngGenerationMb?: number;
}

/**
 * Runs each burst in a thread of its own, so that rendering, progress and network calls of the gate never stand in the way of a
 * measurement. `workerUrl` is the bundled or source entry `load-worker`. A crash of the thread is a `GateError` `internal`.
 */
export const createLoadThread = (workerUrl: URL, options: LoadThreadOptions = {}): LoadRunner => ({
  run: (plan, signal, onProgress) => {
    const worker = new Worker(workerUrl, {
      workerData: plan,
      resourceLimits: { maxYoungGenerationSizeMb: options.youngGenerationMb ?? YOUNG_GENERATION_MB },
    });
    return converse(worker, signal, onProgress);
  },
});

const converse = async (
  worker: Worker,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<LoadResult> => {
  const abort = (): void => worker.postMessage({ kind: 'abort', reason: String(signal.reason) } satisfies ToLoadThread);
  try {
    return await new Promise<LoadResult>((resolve, reject) => {
      worker.on('error', (cause) => reject(new GateError('internal', 'the load thread crashed', { cause })));
      worker.on('exit', () => reject(new GateError('internal', 'the load thread ended without a result')));
      worker.on('message', (message: FromLoadThread) => {
        if (message.kind === 'progress') onProgress(message.progress);
        else if (message.kind === 'result') resolve(message.result);
        else reject(revived(message));
      });
      signal.addEventListener('abort', abort, { once: true });
      if (signal.aborted) abort();
    });
  } finally {
    signal.removeEventListener('abort', abort);
    await worker.terminate();
  }
};

const revived = ({ code, message, hint, cause }: Extract<FromLoadThread, { kind: 'failed' }>): GateError =>
  new GateError(code, message, { ...(hint === undefined ? {} : { hint }), ...(cause === undefined ? {} : { cause }) });
