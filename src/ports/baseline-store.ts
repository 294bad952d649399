import type { Run } from '../model/run.ts';
import type { HistoryPoint } from '../model/trend.ts';

/** What a store found. Absent, unreadable and untrusted are different answers; none of them is an exception. */
export type BaselineLookup =
  | {
      readonly kind: 'found';
      readonly runs: readonly Run[];
      readonly runId: string;
      readonly skipped: readonly string[];
      /** The run of a release, for the drift alone; undefined = none is pinned. */
      readonly pinned?: Run | undefined;
      /** What is remembered of earlier runs, oldest first; undefined = nothing. As far to be trusted as the runs. */
      readonly history?: readonly HistoryPoint[] | undefined;
      /** What had to be left out beside runs, one sentence each. */
      readonly warnings?: readonly string[] | undefined;
    }
  | { readonly kind: 'absent'; readonly reason: string; readonly skipped: readonly string[] }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Where baselines live: artifacts of the default branch's runs, or files. */
export interface BaselineStore {
  /** The window of trusted runs, newest first, at most `window`. `skipped` says of each candidate that was not trusted, why. */
  find(window: number): Promise<BaselineLookup>;
}
