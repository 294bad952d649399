import { parseBaseline } from '../../archive/baseline-codec.ts';
import { parseRun } from '../../archive/run-codec.ts';
import { GateError } from '../../model/errors.ts';
import type { Run } from '../../model/run.ts';
import type { BaselineStore } from '../../ports/baseline-store.ts';
import type { Files } from '../../ports/files.ts';

/**
 * Reads stored runs from a file: a `run.json`, or a whole window as a baseline artifact holds it.
 *
 * @throws GateError `usage` when the file cannot be read, `baseline-unreadable` when its content cannot.
 */
export const readStoredRuns = async (path: string, files: Files): Promise<readonly Run[]> => {
  let text: string;
  try {
    text = await files.readText(path);
  } catch (cause) {
    throw new GateError('usage', (cause as Error).message, { cause });
  }
  try {
    return isWindow(text) ? parseBaseline(text) : [parseRun(text)];
  } catch (cause) {
    if (!(cause instanceof GateError)) throw cause;
    throw new GateError(cause.code, `${path}: ${cause.message}`, { cause });
  }
};

/** A window has a list of runs at its top. The parsers check all the rest. */
const isWindow = (text: string): boolean => /^\s*\{\s*"schemaVersion"\s*:\s*\d+\s*,\s*"runs"\s*:/.test(text);

/** Runs of files that the user named. They were read, and so checked, before the burst. */
export interface NamedRuns {
  readonly runs: readonly Run[];
  /** Of those files. */
  readonly names: readonly string[];
  /** Of a release; the newest counts. */
  readonly pinned: readonly Run[];
}

/** A store that holds nothing but those. */
export const createFileBaselineStore = ({ runs, names, pinned }: NamedRuns): BaselineStore => ({
  async find(window) {
    const [release] = newestFirst(pinned);
    return {
      kind: 'found',
      runs: newestFirst(runs).slice(0, window),
      runId: names.join(', '),
      skipped: [],
      pinned: release,
    };
  },
});

const newestFirst = (runs: readonly Run[]): readonly Run[] =>
  runs.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt));
