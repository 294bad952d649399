import type { Run } from '../model/run.ts';
import type { HistoryPoint } from '../model/trend.ts';
import { generatorProblems } from '../stats/generator.ts';
import { appendToWindow, type StoredBaseline } from './baseline-codec.ts';
import { isWhole } from './fleet.ts';
import { appendToHistory } from './history-codec.ts';

/**
 * Why a run does not become part of a baseline, in a clause; undefined = it may. An incomplete run does not, one of
 * a troubled generator neither (its job may be green all the same), nor one side of a comparison.
 */
export const whyNotKept = (run: Run): string | undefined => {
  if (run.ending.kind !== 'complete') return `the run is not complete (${run.ending.kind})`;
  if (run.share !== undefined) return 'the run is one share of a load alone';
  if (run.fleet !== undefined && !isWhole(run.fleet))
    return 'only a part of its load was there: shares of it are missing';
  if (run.comparison !== undefined)
    return 'the run compared two gateways side by side, which runs of one are not compared with';
  const [problem] = generatorProblems(run.generator);
  return problem === undefined ? undefined : `the machine kept the run from being measured: ${problem}`;
};

/** What a run leaves for the next: itself and the earlier runs, `size` of them, and in the history its point. */
export const nextBaseline = (
  { runs, history = [] }: { readonly runs: readonly Run[]; readonly history?: readonly HistoryPoint[] | undefined },
  { run, point, size }: { readonly run: Run; readonly point: HistoryPoint; readonly size: number },
): StoredBaseline => ({ runs: appendToWindow(runs, run, { size }), history: appendToHistory(history, point) });
