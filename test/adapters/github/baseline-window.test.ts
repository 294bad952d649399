import { describe, expect, it } from 'vitest';
import { nextWindow, type WindowRequest } from '../../../src/adapters/github/baseline-window.ts';
import { readContext } from '../../../src/adapters/github/context.ts';
import type { BaselineLookup } from '../../../src/ports/baseline-store.ts';
import { aShare } from '../../support/build-fleet.ts';
import { buildPoint } from '../../support/build-history.ts';
import { run } from '../../support/report-builders.ts';

const contextOf = (event: string, ref = 'refs/heads/main', repository: object = { id: 1, default_branch: 'main' }) =>
  readContext(
    {
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: '/event.json',
      GITHUB_REPOSITORY: 'acme/gateway',
      GITHUB_RUN_ID: '1',
      GITHUB_SHA: 'sha',
      GITHUB_REF: ref,
    },
    () => JSON.stringify({ repository }),
  );

const at = (day: number) =>
  run({ id: `run-${day}`, createdAt: `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z` });
const ABSENT: BaselineLookup = { kind: 'absent', reason: 'none yet', skipped: [] };
const found = (...days: number[]): BaselineLookup => ({ kind: 'found', runs: days.map(at), runId: '1', skipped: [] });

const next = (request: Partial<WindowRequest>) =>
  nextWindow({
    run: at(20),
    point: buildPoint(20),
    earlier: ABSENT,
    size: 3,
    when: 'auto',
    context: contextOf('push'),
    ...request,
  });

describe('the next window', () => {
  it.each<[string, BaselineLookup, string[]]>([
    ['without a past is this run alone', ABSENT, ['run-20']],
    ['keeps the earlier runs', found(19, 18), ['run-20', 'run-19', 'run-18']],
    ['keeps the oldest one beyond its size', found(19, 18, 17, 2), ['run-20', 'run-19', 'run-18', 'run-2']],
    ['has a run once', found(20, 19), ['run-20', 'run-19']],
  ])('%s', (_, earlier, ids) => {
    const window = next({ earlier });
    expect(window.kind === 'save' && window.runs.map((each) => each.id)).toEqual(ids);
  });

  it('carries the history on, beyond the runs of the window', () => {
    const earlier = { ...found(19, 18), history: [buildPoint(1), buildPoint(19)] };
    const window = next({ earlier });
    expect(window.kind === 'save' && window.history).toEqual([1, 19, 20].map((day) => buildPoint(day)));
  });

  it('begins a history where none was kept', () => {
    for (const earlier of [ABSENT, found(19)]) {
      const window = next({ earlier });
      expect(window.kind === 'save' && window.history).toEqual([buildPoint(20)]);
    }
  });

  it.each<[string, Partial<WindowRequest>]>([
    ['a schedule', { context: contextOf('schedule', 'refs/heads/main', {}) }],
    ['a dispatch on the default branch', { context: contextOf('workflow_dispatch') }],
    ['any run when it is always', { when: 'always', context: contextOf('pull_request', 'refs/pull/7/merge') }],
  ])('is saved by %s', (_, request) => {
    expect(next(request)).toMatchObject({ kind: 'save' });
  });

  it.each<[string, Partial<WindowRequest>, string]>([
    ['never', { when: 'never' }, 'save-baseline is never'],
    ['by a pull request', { context: contextOf('pull_request', 'refs/pull/7/merge') }, 'started by pull_request'],
    ['by a merge queue', { context: contextOf('merge_group') }, 'started by merge_group'],
    ['by a push to another branch', { context: contextOf('push', 'refs/heads/feature') }, 'not on the default branch'],
    ['by a push of a tag', { context: contextOf('push', 'refs/tags/main') }, 'not on the default branch'],
    [
      'of an incomplete run',
      { run: run({ ending: { kind: 'bounded', bound: 'requests' } }) },
      'not complete (bounded)',
    ],
    [
      'of a troubled generator',
      { run: run({ generator: { ...at(20).generator, problems: ['The load generator was late.'] } }) },
      'was late',
    ],
    [
      'of a generator that spoilt one scenario',
      { run: run({ generator: { ...at(20).generator, scenarioProblems: [{ scenario: 'a', text: 'a: saturated' }] } }) },
      'a: saturated',
    ],
    ['of one share', { run: run({ share: aShare(0) }) }, 'one share of a load'],
    [
      'of a fleet with a share missing',
      { run: run({ fleet: { count: 2, shares: [aShare(0)], leftOut: [], regions: [] } }) },
      'shares of it are missing',
    ],
    ['over a past that could not be read', { earlier: { kind: 'unreadable', reason: '503' } }, 'is kept'],
  ])('is not saved %s', (_, request, reason) => {
    expect(next(request)).toEqual({ kind: 'skip', reason: expect.stringContaining(reason) });
  });
});
