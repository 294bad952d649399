import type { GateErrorCode } from '../../model/errors.ts';
import type { Progress } from '../../model/progress.ts';
import type { Micros } from '../../model/units.ts';
import type { LoadResult } from '../../ports/load-runner.ts';

/** From the owner to the load thread. */
export type ToLoadThread =
  /** End the burst now; `reason` is the name of the process signal. */
  | { readonly kind: 'abort'; readonly reason: string }
  /** Begin at that time of the system's monotonic clock. */
  | { readonly kind: 'start'; readonly at: Micros };

/** From the load thread to its owner. `result` and `failed` are the last. */
export type FromLoadThread =
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** The connections are open; the thread waits for its start. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly result: LoadResult }
  | {
      readonly kind: 'failed';
      readonly code: GateErrorCode;
      readonly message: string;
      readonly hint: string | undefined;
      readonly cause: string | undefined;
    };
