import { describe, expect, it } from 'vitest';
import {
  refuseArtifact,
  refuseRun,
  type TrustTerms,
  type WorkflowRun,
} from '../../../src/adapters/github/baseline-trust.ts';
import { artifact, workflowRun } from '../../support/fake-github/representations.ts';
import { type FakeRun, FORK_ID, GitHubState, REPOSITORY_ID, WORKFLOW_PATH } from '../../support/fake-github/state.ts';

const TERMS: TrustTerms = {
  from: 'branch',
  repositoryId: REPOSITORY_ID,
  defaultBranch: 'main',
  workflowPath: WORKFLOW_PATH,
  runId: 1,
  maxBytes: 1_000,
};

const state = new GitHubState();
const runWith = (record: Partial<FakeRun>) =>
  workflowRun(state.addRun({ status: 'completed', conclusion: 'success', ...record })) as unknown as WorkflowRun;
const artifactOf = (runId: number) =>
  artifact(state, state.addArtifact({ name: 'x', runId, size: 1_000, digest: 'sha256:0', url: () => '' }));

describe('a run, asked about itself whatever the listing said', () => {
  it('is trusted when everything is right', () => {
    expect(refuseRun(runWith({}), TERMS)).toBeUndefined();
  });

  it.each<[string, Partial<FakeRun>, string]>([
    ['another repository', { headRepositoryId: FORK_ID }, 'built another repository'],
    ['another branch', { headBranch: 'feature' }, 'not on the branch main'],
    ['a branch that only begins alike', { headBranch: 'main2' }, 'not on the branch main'],
    ['another event', { event: 'issue_comment' }, 'started by issue_comment'],
    ['another workflow', { path: `${WORKFLOW_PATH}.yml` }, 'is of the workflow'],
    ['no end', { status: 'in_progress', conclusion: null }, 'has not ended'],
    ['another end', { conclusion: 'cancelled' }, 'ended with cancelled'],
  ])('with %s is refused', (_, record, reason) => {
    expect(refuseRun(runWith(record), TERMS)).toContain(reason);
  });

  it('without a head repository, or of another repository, is refused', () => {
    expect(refuseRun({ ...runWith({}), head_repository: null as never }, TERMS)).toContain('a fork');
    expect(refuseRun(runWith({}), { ...TERMS, repositoryId: 5 })).toContain('belongs to another repository');
  });
});

describe('a listed artifact', () => {
  it('is left to its run when nothing speaks against it', () => {
    expect(refuseArtifact(artifactOf(state.addRun().id), TERMS)).toBeUndefined();
  });

  it('whose run is not named is refused', () => {
    expect(refuseArtifact(artifactOf(-1), TERMS)).toContain('is gone');
  });
});
