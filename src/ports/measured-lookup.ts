import type { Run } from '../model/run.ts';

/**
 * What another workflow run left of its measurement. All of it is a claim of that run. `unusable`: there is none, or none that
 * can be read; the reason says which.
 */
export type MeasuredLookup =
  | {
      readonly kind: 'found';
      readonly run: Run;
      /** Of a live comparison: the run of the other gateway. */
      readonly otherSide: Run | undefined;
      /** The second burst of what failed against earlier runs. */
      readonly confirmation: Run | undefined;
    }
  | { readonly kind: 'unusable'; readonly reason: string };
