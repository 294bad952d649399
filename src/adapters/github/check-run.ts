import type { Report } from '../../model/report.ts';
import type { Published } from '../../ports/publisher.ts';
import { renderCheckRun } from '../../report/check-run.ts';
import type { GitHubClient } from './client.ts';
import type { WorkflowContext } from './context.ts';
import { describeFailure, isForbidden } from './failure.ts';
import { lookAgain, type Sleep } from './look-again.ts';

/** How a check ends. To a branch's rules `neutral` is as good as `success`. */
export type Conclusion = 'success' | 'failure' | 'neutral';

export interface CheckRunOptions {
  readonly client: GitHubClient;
  readonly context: WorkflowContext;
  readonly report: Report;
  readonly conclusion: Conclusion;
  readonly sleep?: Sleep;
}

/**
 * Creates the check run of this key on the commit under test, or updates the one that is there: a commit has one a key,
 * however often it is measured. A refusal is a value, never an exception.
 */
export const publishCheckRun = async (options: CheckRunOptions): Promise<Published> => {
  try {
    return { kind: 'done', url: await lookAgain(() => findAndWrite(options), options.sleep) };
  } catch (error) {
    return refusal(options, error);
  }
};

const findAndWrite = async ({ client, context, report, conclusion }: CheckRunOptions): Promise<string | undefined> => {
  const { owner, repo, sha } = context;
  const { name, title, summary } = renderCheckRun(report);
  // Other tools may have chosen the same name.
  const external_id = `gatemark:${report.key}`;
  const { data: listed } = await client.rest.checks.listForRef({
    owner,
    repo,
    ref: sha,
    check_name: name,
    filter: 'latest',
    per_page: 100,
  });
  const existing = listed.check_runs.find((each) => each.external_id === external_id);
  const content = {
    owner,
    repo,
    name,
    external_id,
    status: 'completed' as const,
    conclusion,
    output: { title, summary },
    ...(report.detailsUrl === undefined ? {} : { details_url: report.detailsUrl }),
  };
  const { data } =
    existing === undefined
      ? await client.rest.checks.create({ ...content, head_sha: sha })
      : await client.rest.checks.update({ ...content, check_run_id: existing.id });
  return data.html_url ?? undefined;
};

const refusal = ({ context }: CheckRunOptions, error: unknown): Published => {
  const failure = describeFailure(error);
  const readOnly = context.pullRequest?.readOnly;
  const hint = !isForbidden(failure)
    ? ''
    : readOnly === undefined
      ? '. The job needs permissions: checks: write'
      : `. The token of a ${readOnly === 'fork' ? "fork's" : 'Dependabot'} pull request can only read; a job of mode report may write it`;
  return { kind: 'refused', reason: `GitHub did not take the check run (${failure.text})${hint}` };
};
