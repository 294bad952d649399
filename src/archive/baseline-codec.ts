import { z } from 'zod';
import type { Run } from '../model/run.ts';
import { checkStored, newBudget, parseVersioned, storedRun } from './run-codec.ts';
import { runSchema } from './run-schema.ts';

/** A baseline file that is larger is not read. */
export const BASELINE_JSON_MAX_BYTES = 256 * 1_048_576;

/** More runs than this in one file are not read: no window is that long. */
export const BASELINE_MAX_RUNS = 101;

/** The stored form of a window of runs, in the order given (newest first). */
export const baselineToJson = (runs: readonly Run[]): string =>
  JSON.stringify({ schemaVersion: 1, runs: runs.map(storedRun) });

/**
 * Reads a window of runs, newest first, from anywhere: nothing in it is trusted. Throws `GateError` `baseline-unreadable`
 * when it is too large, not JSON, of another version, or any run in it is not one: half a window is no window.
 */
export const parseBaseline = (text: string): Run[] => {
  const what = 'the stored baseline';
  const stored = parseVersioned(text, { what, maxBytes: BASELINE_JSON_MAX_BYTES });
  const schema = z.object({ runs: z.array(runSchema(newBudget())).max(BASELINE_MAX_RUNS) });
  return newestFirst(checkStored(schema, stored, what).runs);
};

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
