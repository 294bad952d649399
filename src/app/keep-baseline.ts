import { baselineToJson, type StoredBaseline } from '../archive/baseline-codec.ts';
import { nextBaseline, whyNotKept } from '../archive/next-baseline.ts';
import type { Files } from '../ports/files.ts';
import { historyPoint } from '../verdict/history-point.ts';
import type { GateResult } from './gate.ts';

/** Where a baseline is kept in a file. */
export interface BaselineFile {
  readonly path: string;
  /** What the file held before the run; undefined = there was none. */
  readonly earlier: StoredBaseline | undefined;
  readonly files: Files;
}

/**
 * Adds a run to the baseline in a file, under the rules by which a baseline artifact grows: a run that failed or tells little is
 * not added. Says in a sentence what came of it.
 *
 * @throws GateError `io`
 */
export const keepBaseline = async (
  { report: { run, verdict }, windowSize: size }: Pick<GateResult, 'report' | 'windowSize'>,
  { path, earlier = NOTHING, files }: BaselineFile,
  { passed }: { readonly passed: boolean },
): Promise<string> => {
  const reason = passed ? whyNotKept(run) : 'the gate did not pass';
  if (reason !== undefined) return `Not added to the baseline in ${path}: ${reason}`;
  const { runs, history } = nextBaseline(earlier, { run, point: historyPoint(run, verdict.status), size });
  await files.writeText(path, baselineToJson(runs, history));
  return `Added to the baseline in ${path}: runs to compare with ${runs.length}, in its history ${history.length}`;
};

const NOTHING: StoredBaseline = { runs: [], history: [] };
