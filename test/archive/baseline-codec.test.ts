import { describe, expect, it } from 'vitest';
import { appendToWindow, baselineToJson, parseBaseline } from '../../src/archive/baseline-codec.ts';
import type { Run } from '../../src/model/run.ts';
import { buildPoint } from '../support/build-history.ts';
import { buildRun } from '../support/build-run.ts';

const runOfDay = (day: number, overrides: Partial<Run> = {}): Run =>
  buildRun({ id: `run-${day}`, createdAt: `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`, ...overrides });
const idsOf = (runs: readonly Run[]) => runs.map((run) => run.id);

describe('a stored baseline', () => {
  it('comes back as it was, newest first', () => {
    const runs = [runOfDay(3), runOfDay(2), runOfDay(1)];
    expect(parseBaseline(baselineToJson(runs)).runs).toEqual(runs);
    expect(idsOf(parseBaseline(baselineToJson(runs.toReversed())).runs)).toEqual(['run-3', 'run-2', 'run-1']);
    expect(parseBaseline(baselineToJson([])).runs).toEqual([]);
  });

  it('has its history with it', () => {
    const history = [buildPoint(1), buildPoint(2)];
    expect(parseBaseline(baselineToJson([runOfDay(3)], history))).toEqual({
      runs: [runOfDay(3)],
      history,
      historyProblem: undefined,
    });
  });

  it('of an earlier version has none, which is no problem', () => {
    const { history: _, ...before } = JSON.parse(baselineToJson([runOfDay(1)]));
    expect(parseBaseline(JSON.stringify(before))).toMatchObject({ history: [], historyProblem: undefined });
  });

  it('keeps its runs where the history is not one', () => {
    const text = JSON.stringify({ ...JSON.parse(baselineToJson([runOfDay(1)])), history: { points: 7 } });
    expect(parseBaseline(text)).toEqual({
      runs: [runOfDay(1)],
      history: [],
      historyProblem: expect.stringMatching(/^scenarios: /),
    });
  });

  const rows: readonly (readonly [name: string, text: string, message: RegExp])[] = [
    ['not JSON', 'x', /the stored baseline is not JSON/],
    ['of another version', '{"schemaVersion": 2, "runs": []}', /schema version 2/],
    ['without runs', '{"schemaVersion": 1}', /runs: /],
    [
      'with one bad run among good ones',
      JSON.stringify({ ...JSON.parse(baselineToJson([runOfDay(1)])), runs: [{}] }),
      /runs\[0\]\.id/,
    ],
    [
      'with too many runs',
      baselineToJson(Array.from({ length: 102 }, (_, i) => runOfDay(1, { id: `${i}`, scenarios: [] }))),
      /runs: /,
    ],
  ];
  it.each(rows)('%s is refused', (_name, text, message) => {
    expect(() => parseBaseline(text)).toThrow(message);
    expect(() => parseBaseline(text)).toThrow(expect.objectContaining({ code: 'baseline-unreadable' }));
  });
});

describe('appendToWindow', () => {
  const append = (days: readonly number[], size: number): Run[] =>
    days.reduce<Run[]>((window, day) => appendToWindow(window, runOfDay(day), { size }), []);

  it('keeps the newest runs, and behind them the oldest', () => {
    expect(idsOf(append([1, 2, 3], 3))).toEqual(['run-3', 'run-2', 'run-1']);
    expect(idsOf(append([1, 2, 3, 4, 5, 6], 3))).toEqual(['run-6', 'run-5', 'run-4', 'run-1']);
  });

  it('puts a run that finished late where it belongs', () => {
    expect(idsOf(append([1, 3, 2], 3))).toEqual(['run-3', 'run-2', 'run-1']);
  });

  it('takes the same run once', () => {
    expect(idsOf(append([1, 2, 2, 1], 3))).toEqual(['run-2', 'run-1']);
  });

  it('drops the runs of another configuration', () => {
    expect(idsOf(appendToWindow(append([1, 2], 3), runOfDay(5, { configDigest: 'other' }), { size: 3 }))).toEqual([
      'run-5',
    ]);
  });
});
