import { describe, expect, it } from 'vitest';
import { readContext } from '../../../src/adapters/github/context.ts';
import { nextRelease } from '../../../src/adapters/github/release-baseline.ts';
import { run } from '../../support/report-builders.ts';

const contextOf = (event: string, ref: string) =>
  readContext(
    {
      GITHUB_EVENT_NAME: event,
      GITHUB_REPOSITORY: 'acme/gateway',
      GITHUB_RUN_ID: '1',
      GITHUB_SHA: 'sha',
      GITHUB_REF: ref,
    },
    () => '{}',
  );

describe('the run of a release', () => {
  it.each([
    ['push', 'refs/tags/v1', 'auto', 'save'],
    ['release', 'refs/tags/v1', 'auto', 'save'],
    ['release', 'refs/tags/v1', 'always', 'save'],
    ['push', 'refs/tags/v1', 'never', 'none'],
    ['push', 'refs/heads/main', 'always', 'none'],
    ['workflow_dispatch', 'refs/tags/v1', 'auto', 'none'],
    ['pull_request', 'refs/pull/7/merge', 'always', 'none'],
  ] as const)('by %s on %s with save-baseline %s: %s', (event, ref, when, kind) => {
    expect(nextRelease(run(), { when, context: contextOf(event, ref) }).kind).toBe(kind);
  });

  it('is not kept where it was cut short', () => {
    const cut = run({ ending: { kind: 'cancelled', signal: 'SIGTERM' } });
    expect(nextRelease(cut, { when: 'auto', context: contextOf('push', 'refs/tags/v1') })).toEqual({
      kind: 'skip',
      reason: 'the run is not complete (cancelled)',
    });
  });
});
