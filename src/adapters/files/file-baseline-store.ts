import { parseBaseline, type StoredBaseline } from '../../archive/baseline-codec.ts';
import { inOrder } from '../../archive/history-codec.ts';
import { parseRun } from '../../archive/run-codec.ts';
import { GateError } from '../../model/errors.ts';
import type { Run } from '../../model/run.ts';
import type { BaselineStore } from '../../ports/baseline-store.ts';
import type { Files } from '../../ports/files.ts';

/** What a file of stored runs holds. */
export interface NamedBaseline extends StoredBaseline {
  /** What was left out of it, one sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Reads stored runs from a file: a `run.json`, or a whole window with its history as a baseline artifact holds it.
 *
 * @throws GateError `usage` when the file cannot be read, `baseline-unreadable` when its runs cannot.
 */
export const readStoredBaseline = async (path: string, files: Files): Promise<NamedBaseline> => {
  let text: string;
  try {
    text = await files.readText(path);
  } catch (cause) {
    throw new GateError('usage', (cause as Error).message, { cause });
  }
  try {
    if (!isWindow(text)) return { runs: [parseRun(text)], history: [], warnings: [] };
    const { historyProblem, ...stored } = parseBaseline(text);
    return {
      ...stored,
      warnings: historyProblem === undefined ? [] : [`The history in ${path} was left out: ${historyProblem}.`],
    };
  } catch (cause) {
    if (!(cause instanceof GateError)) throw cause;
    throw new GateError(cause.code, `${path}: ${cause.message}`, { cause });
  }
};

/** The runs of such a file alone; throws as `readStoredBaseline`. */
export const readStoredRuns = async (path: string, files: Files): Promise<readonly Run[]> =>
  (await readStoredBaseline(path, files)).runs;

/** A window has a list of runs at its top. The parsers check all the rest. */
const isWindow = (text: string): boolean => /^\s*\{\s*"schemaVersion"\s*:\s*\d+\s*,\s*"runs"\s*:/.test(text);

/** Files that the user named. They were read, and so checked, before the burst. */
export interface NamedRuns {
  readonly stored: readonly NamedBaseline[];
  /** Of those files. */
  readonly names: readonly string[];
  /** Of a release; the newest counts. */
  readonly pinned: readonly Run[];
}

/** A store that holds nothing but those. A point of the history that several of them hold is there once. */
export const createFileBaselineStore = ({ stored, names, pinned }: NamedRuns): BaselineStore => ({
  async find(window) {
    const [release] = newestFirst(pinned);
    const history = new Map(stored.flatMap((each) => each.history.map((point) => [point.runId, point])));
    return {
      kind: 'found',
      runs: newestFirst(stored.flatMap(({ runs }) => runs)).slice(0, window),
      runId: names.join(', '),
      skipped: [],
      pinned: release,
      history: inOrder([...history.values()]),
      warnings: stored.flatMap(({ warnings }) => warnings),
    };
  },
});

const newestFirst = (runs: readonly Run[]): readonly Run[] =>
  runs.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt));
