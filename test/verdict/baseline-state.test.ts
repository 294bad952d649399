import { describe, expect, it } from 'vitest';
import { type BaselineInput, chooseBaseline, comparedRuns } from '../../src/verdict/baseline-state.ts';
import { buildRun } from '../support/build-run.ts';

const candidate = buildRun({ id: 'now' });
const runs = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => buildRun({ id }));
const strange = buildRun({ id: 'x', configDigest: 'other' });

describe('chooseBaseline', () => {
  it.each(['none', 'absent', 'untrusted', 'unreadable'] as const)('%s stays what it is', (kind) => {
    const chosen = chooseBaseline(candidate, { kind, reason: 'because' }, 10);
    expect(chosen).toEqual({ window: [], references: [], state: { kind, reason: 'because' } });
  });

  it('of no run, or only the candidate itself, is absent', () => {
    expect(chooseBaseline(candidate, { kind: 'runs', runs: [] }, 10).state.kind).toBe('absent');
    expect(chooseBaseline(candidate, { kind: 'runs', runs: [candidate] }, 10).state.kind).toBe('absent');
  });

  it('takes the newest comparable runs, up to the window', () => {
    const { window, state } = chooseBaseline(candidate, { kind: 'runs', runs: [strange, ...runs] }, 5);
    expect(window.map((run) => run.id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(state).toMatchObject({ kind: 'stored', advisory: false });
    expect(state.kind === 'stored' && state.runs[0]).toEqual({
      id: 'a',
      createdAt: runs[0]!.createdAt,
      commit: 'abc123',
    });
  });

  it('gives the runs behind what it says back, in its order', () => {
    const input: BaselineInput = { kind: 'runs', runs: [strange, ...runs] };
    const { window, state } = chooseBaseline(candidate, input, 5);
    expect(comparedRuns(state, input)).toEqual(window);
    expect(comparedRuns({ kind: 'absent', reason: 'first run' }, input)).toEqual([]);
  });

  it('is advisory below five', () => {
    expect(chooseBaseline(candidate, { kind: 'runs', runs }, 4).state).toMatchObject({
      kind: 'stored',
      advisory: true,
    });
  });

  it('says why nothing is comparable', () => {
    const { window, state } = chooseBaseline(candidate, { kind: 'runs', runs: [strange, strange] }, 10);
    expect(window).toEqual([]);
    expect(state).toMatchObject({
      kind: 'not-comparable',
      reason: expect.stringMatching(/of 2 stored runs none .* configuration/),
    });
  });
});
