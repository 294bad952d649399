import type { StoredBaseline } from '../../archive/baseline-codec.ts';
import { nextBaseline, whyNotKept } from '../../archive/next-baseline.ts';
import type { Run } from '../../model/run.ts';
import type { HistoryPoint } from '../../model/trend.ts';
import type { BaselineLookup } from '../../ports/baseline-store.ts';
import { TRUSTED_EVENTS } from './baseline-trust.ts';
import type { WorkflowContext } from './context.ts';
import type { SaveBaseline } from './inputs.ts';

/** A window to save, or the reason why none is. */
export type NextWindow =
  | ({ readonly kind: 'save' } & StoredBaseline)
  | { readonly kind: 'skip'; readonly reason: string };

export interface WindowRequest {
  readonly run: Run;
  /** What is remembered of it. */
  readonly point: HistoryPoint;
  /** The earlier window, asked for with `size` + 1, so that the oldest run that it carries along is in it. */
  readonly earlier: BaselineLookup;
  /** Runs of this configuration that are compared with. */
  readonly size: number;
  readonly when: SaveBaseline;
  readonly context: WorkflowContext;
}

/**
 * The window that this run leaves for the next: itself and the earlier ones, so that a regression on the default branch
 * does not become the only normal. A run that tells little is not saved, and no window whose past could not
 * be read: it would replace that past by a single run.
 */
export const nextWindow = ({ run, point, earlier, size, when, context }: WindowRequest): NextWindow => {
  if (when === 'never') return { kind: 'skip', reason: 'save-baseline is never' };
  if (when === 'auto' && !TRUSTED_EVENTS.includes(context.event))
    return { kind: 'skip', reason: `a run started by ${context.event} is no baseline` };
  if (when === 'auto' && context.ref !== `refs/heads/${context.defaultBranch}`)
    return { kind: 'skip', reason: 'this run is not on the default branch' };
  const reason = whyNotKept(run);
  if (reason !== undefined) return { kind: 'skip', reason };
  if (earlier.kind === 'unreadable')
    return { kind: 'skip', reason: `the earlier baseline is kept, because it could not be read: ${earlier.reason}` };
  const before = earlier.kind === 'found' ? earlier : { runs: [] };
  return { kind: 'save', ...nextBaseline(before, { run, point, size }) };
};
