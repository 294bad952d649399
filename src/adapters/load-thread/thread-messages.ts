import type { GateErrorCode } from '../../model/errors.ts';
import type { Progress } from '../../model/progress.ts';
import type { LoadResult } from '../../ports/load-runner.ts';

/** From the owner to the load thread: end the burst now; `reason` is the name of the process signal. */
export interface ToLoadThread {
  readonly kind: 'abort';
  readonly reason: string;
}

/** From the load thread to its owner. `result` and `failed` are the last. */
export type FromLoadThread =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'result'; readonly result: LoadResult }
  | {
      readonly kind: 'failed';
      readonly code: GateErrorCode;
      readonly message: string;
      readonly hint: string | undefined;
      readonly cause: string | undefined;
    };
