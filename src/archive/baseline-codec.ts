import { z } from 'zod';
import type { Run } from '../model/run.ts';
import type { HistoryPoint } from '../model/trend.ts';
import { readHistory, storedHistory } from './history-codec.ts';
import { checkStored, newBudget, parseVersioned, storedRun } from './run-codec.ts';
import { runSchema } from './run-schema.ts';

/** A baseline file that is larger is not read. */
export const BASELINE_JSON_MAX_BYTES = 256 * 1_048_576;

/** More runs than this in one file are not read: no window is that long. */
export const BASELINE_MAX_RUNS = 101;

/** What a baseline file holds: the runs to compare with, and what is remembered of those before them. */
export interface StoredBaseline {
  /** Newest first. */
  readonly runs: readonly Run[];
  /** Oldest first; empty where there is none. */
  readonly history: readonly HistoryPoint[];
}

/** The same, as it was read. */
export interface ReadBaseline extends StoredBaseline {
  /** What is wrong with the history, which is then left out: a clause without its full stop. */
  readonly historyProblem: string | undefined;
}

/** The stored form of a window of runs, in the order given (newest first), and of its history. */
export const baselineToJson = (runs: readonly Run[], history: readonly HistoryPoint[] = []): string =>
  JSON.stringify({ schemaVersion: 1, runs: runs.map(storedRun), history: storedHistory(history) });

/**
 * Reads a window of runs, newest first, from anywhere: nothing in it is trusted. Throws `GateError` `baseline-unreadable`
 * when it is too large, not JSON, of another version, or any run in it is not one: half a window is no window. A history that
 * is not one is left out: the window is worth more than what is remembered.
 */
export const parseBaseline = (text: string): ReadBaseline => {
  const what = 'the stored baseline';
  const stored = parseVersioned(text, { what, maxBytes: BASELINE_JSON_MAX_BYTES });
  const schema = z.object({
    runs: z.array(runSchema(newBudget())).max(BASELINE_MAX_RUNS),
    history: z.unknown().optional(),
  });
  const { runs, history = NO_HISTORY } = checkStored(schema, stored, what);
  const read = readHistory(history);
  return typeof read === 'string'
    ? { runs: newestFirst(runs), history: [], historyProblem: read }
    : { runs: newestFirst(runs), history: read, historyProblem: undefined };
};

/** Of a window that was saved before there were histories. */
const NO_HISTORY = storedHistory([]);

/**
 * The window with one more run: the `size` newest runs of the new run's configuration, and behind them the oldest one that
 * the window ever held, so that a slow drift over many runs can still be seen when every step of it was too small to
 * fail. At most `size` + 1 runs. Runs of another configuration are dropped, and so is an earlier copy of the same run.
 */
export const appendToWindow = (window: readonly Run[], run: Run, limits: { readonly size: number }): Run[] => {
  const alike = window.filter((each) => each.configDigest === run.configDigest && each.id !== run.id);
  const runs = newestFirst([run, ...alike]);
  return runs.length <= limits.size ? runs : [...runs.slice(0, limits.size), runs.at(-1)!];
};

/** By time, then by id, so that the order does not depend on how the runs came. */
const newestFirst = (runs: readonly Run[]): Run[] =>
  runs.toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt) || (a.id < b.id ? -1 : 1));
