import type { Override } from '../model/report.ts';

/** Whether somebody took a failure upon themselves. `refused`: it looks so, and does not count, for the reason given. */
export type OverrideLookup =
  | { readonly kind: 'found'; readonly override: Override }
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly reason: string };

/** Asked only about a failure. Never rejects. */
export type FindOverride = () => Promise<OverrideLookup>;
