import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTriggeringRun } from '../../../src/adapters/github/triggering-run.ts';

const RUN = {
  id: 42,
  event: 'pull_request',
  conclusion: 'failure',
  created_at: '2026-11-02T10:00:00Z',
  path: '.github/workflows/gate.yml@refs/heads/feature',
  head_sha: 'a'.repeat(40),
  head_branch: 'fix/`x`',
  repository: { id: 1 },
  head_repository: { id: 2, full_name: 'mallory/gateway', owner: { login: 'mallory' } },
};

const read = (run: object, event = 'workflow_run') => {
  const path = join(mkdtempSync(join(tmpdir(), 'event-')), 'event.json');
  writeFileSync(path, JSON.stringify({ workflow_run: run }));
  return readTriggeringRun({ event, repositoryId: 1 }, { GITHUB_EVENT_PATH: path });
};

describe('the run that a workflow_run event tells of', () => {
  it('is read whole', () => {
    expect(read(RUN)).toEqual({
      id: 42,
      event: 'pull_request',
      conclusion: 'failure',
      createdAt: '2026-11-02T10:00:00Z',
      workflowPath: '.github/workflows/gate.yml',
      headSha: 'a'.repeat(40),
      headBranch: 'fix/`x`',
      head: { repositoryId: 2, owner: 'mallory', fullName: 'mallory/gateway' },
      isFork: true,
    });
  });

  it('is no fork where its branch is in the repository itself', () => {
    expect(read({ ...RUN, head_repository: { ...RUN.head_repository, id: 1 } }).isFork).toBe(false);
  });

  it('has no repository once the fork is deleted', () => {
    expect(read({ ...RUN, head_repository: null })).toMatchObject({ head: undefined, isFork: true });
  });

  it.each<[string, object, string | undefined, string]>([
    ['another event', RUN, 'pull_request', 'usage'],
    ['a run that has not ended', { ...RUN, conclusion: null }, undefined, 'usage'],
    ['a run of another repository', { ...RUN, repository: { id: 7 } }, undefined, 'github'],
    ['a payload without a run', {}, undefined, 'github'],
    ['a commit that is none', { ...RUN, head_sha: 'main' }, undefined, 'github'],
  ])('is refused for %s', (_, run, event, code) => {
    expect(() => read(run, event)).toThrow(expect.objectContaining({ code }));
  });
});
