import { describe, expect, it } from 'vitest';
import { keepBaseline } from '../../src/app/keep-baseline.ts';
import { baselineToJson, parseBaseline, type StoredBaseline } from '../../src/archive/baseline-codec.ts';
import type { Run } from '../../src/model/run.ts';
import { buildPoint } from '../support/build-history.ts';
import { buildRun } from '../support/build-run.ts';
import { report } from '../support/report-builders.ts';

const at = (day: number): Run =>
  buildRun({ id: `run-${day}`, createdAt: `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z` });

/** What the file holds after a run of the 20th, and what is said. */
const keep = async (run: Run, { earlier, passed = true }: { earlier?: StoredBaseline; passed?: boolean } = {}) => {
  const written: Record<string, string> = {};
  const files = {
    readText: async () => '',
    writeText: async (path: string, text: string) => {
      written[path] = text;
      return path;
    },
  };
  const result = { report: report({ run }), windowSize: 2 };
  const said = await keepBaseline(result, { path: 'base.json', earlier, files }, { passed });
  return { said, stored: written['base.json'] === undefined ? undefined : parseBaseline(written['base.json']) };
};

describe('keepBaseline', () => {
  it('begins a baseline', async () => {
    const { said, stored } = await keep(at(20));
    expect(stored).toMatchObject({ runs: [{ id: 'run-20' }], history: [{ runId: 'run-20' }] });
    expect(said).toBe('Added to the baseline in base.json: runs to compare with 1, in its history 1');
  });

  it('moves the window on, and keeps the history of what has left it', async () => {
    const earlier = parseBaseline(
      baselineToJson([at(19), at(18), at(3)], [buildPoint(1), buildPoint(2), buildPoint(19)]),
    );
    const { stored } = await keep(at(20), { earlier });
    expect(stored?.runs.map(({ id }) => id)).toEqual(['run-20', 'run-19', 'run-3']);
    expect(stored?.history.map(({ runId }) => runId)).toEqual(['run-1', 'run-2', 'run-19', 'run-20']);
  });

  it.each<[string, Run, boolean, string]>([
    ['that failed', at(20), false, 'the gate did not pass'],
    [
      'that was cut short',
      { ...at(20), ending: { kind: 'bounded', bound: 'requests' } },
      true,
      'not complete (bounded)',
    ],
  ])('does not add a run %s', async (_, run, passed, reason) => {
    const { said, stored } = await keep(run, { passed });
    expect(stored).toBeUndefined();
    expect(said).toContain(reason);
  });
});
