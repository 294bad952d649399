import { whyNotComparable } from '../archive/comparable.ts';
import type { Run } from '../model/run.ts';
import type { BaselineState } from '../model/verdict.ts';
import { MIN_BASELINE_RUNS } from './why-not-compared.ts';
import { counted } from './wording.ts';

/** What was found to compare with: nothing wanted, nothing there, something that cannot be read, or runs (newest first). */
export type BaselineInput =
  | { readonly kind: 'none' | 'absent' | 'unreadable'; readonly reason: string }
  | { readonly kind: 'runs'; readonly runs: readonly Run[] };

/** The runs that the candidate is compared with, newest first, and what the report says about them. */
export interface ChosenBaseline {
  readonly window: readonly Run[];
  readonly state: BaselineState;
}

/** The runs behind what a verdict says about its baseline, newest first. Nothing compared → none. */
export const comparedRuns = (state: BaselineState, baseline: BaselineInput): readonly Run[] =>
  state.kind === 'stored' && baseline.kind === 'runs'
    ? state.runs.flatMap(({ id }) => baseline.runs.find((run) => run.id === id) ?? [])
    : [];

/** Picks the newest comparable runs, at most `size`. No run at all is absent; runs of which none will do are not comparable. */
export const chooseBaseline = (candidate: Run, baseline: BaselineInput, size: number): ChosenBaseline => {
  if (baseline.kind !== 'runs') return { window: [], state: baseline };
  const others = baseline.runs.filter((run) => run.id !== candidate.id);
  const [newest] = others;
  if (newest === undefined) return { window: [], state: { kind: 'absent', reason: 'no earlier run is stored' } };
  const window = others.filter((run) => whyNotComparable(candidate, run) === undefined).slice(0, size);
  if (window.length === 0) {
    const reason = `of ${counted(others.length, 'stored run')} none can be compared with this one; of the newest, ${whyNotComparable(candidate, newest)}`;
    return { window, state: { kind: 'not-comparable', reason } };
  }
  const runs = window.map(({ id, createdAt, origin }) => ({ id, createdAt, commit: origin.commit }));
  return { window, state: { kind: 'stored', runs, advisory: window.length < MIN_BASELINE_RUNS } };
};
