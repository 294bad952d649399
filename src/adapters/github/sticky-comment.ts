import type { Published } from '../../ports/publisher.ts';
import { type GitHubClient, READS_ONLY } from './client.ts';
import type { WorkflowContext } from './context.ts';
import { describeFailure, isForbidden } from './failure.ts';
import { lookAgain, type Sleep } from './look-again.ts';

/** Tried one after the other while GitHub finds the body too long (a 422 above 65,536 characters). */
const SIZES = [64_000, 30_000, 10_000] as const;

export interface StickyComment {
  readonly client: GitHubClient;
  readonly context: WorkflowContext;
  readonly number: number;
  /** Stands at the start of the body and finds the comment again. */
  readonly marker: string;
  /** The body, marker first, in at most that many characters. */
  readonly render: (maxChars: number) => string;
  /** False = an existing comment is updated, but none is created. */
  readonly create: boolean;
  readonly sleep?: Sleep;
}

interface FoundComment {
  readonly id: number;
  readonly url: string;
}

/**
 * The login that the token writes as. The GraphQL viewer answers for every kind of token; `GET /user` is forbidden to the
 * job's own token and to those of apps.
 */
const authorLogin = async ({ client, context }: StickyComment): Promise<string> => {
  const { data } = await client.request(`POST ${context.graphqlUrl}`, {
    query: 'query { viewer { login } }',
    request: READS_ONLY,
  });
  const login: unknown = data?.data?.viewer?.login;
  if (typeof login !== 'string') throw new Error('GitHub did not say whose token this is');
  return login;
};

/** The oldest comment by this author that starts with the marker. Others may quote the marker; theirs are never touched. */
const findComment = async (sticky: StickyComment, login: string): Promise<FoundComment | undefined> => {
  const { client, context, number, marker } = sticky;
  const target = { owner: context.owner, repo: context.repo, issue_number: number, per_page: 100 };
  for await (const page of client.paginate.iterator(client.rest.issues.listComments, target)) {
    const ours = page.data.find((each) => each.user?.login === login && each.body?.startsWith(marker));
    if (ours !== undefined) return { id: ours.id, url: ours.html_url };
  }
  return undefined;
};

const isTooLong = (error: unknown): boolean => {
  const { status, text } = describeFailure(error);
  return status === 422 && /too[ _]long/i.test(text);
};

const write = async (sticky: StickyComment, existing: FoundComment | undefined): Promise<Published> => {
  const { client, context, number, render } = sticky;
  const target = { owner: context.owner, repo: context.repo };
  for (const [index, size] of SIZES.entries()) {
    try {
      const body = render(size);
      const { data } =
        existing === undefined
          ? await client.rest.issues.createComment({ ...target, issue_number: number, body })
          : await client.rest.issues.updateComment({ ...target, comment_id: existing.id, body });
      return { kind: 'done', url: data.html_url };
    } catch (error) {
      if (!isTooLong(error) || index === SIZES.length - 1) throw error;
    }
  }
  throw new Error('unreachable: the last size either returns or throws');
};

const findAndWrite = async (sticky: StickyComment, login: string): Promise<Published> => {
  const existing = await findComment(sticky, login);
  if (existing === undefined && !sticky.create)
    return { kind: 'skipped', reason: 'nothing failed, and there is no earlier comment to update' };
  return write(sticky, existing);
};

const refusal = (sticky: StickyComment, error: unknown): Published => {
  const failure = describeFailure(error);
  const readOnly = sticky.context.pullRequest?.readOnly;
  const hint = !isForbidden(failure)
    ? ''
    : readOnly === undefined
      ? '. The job needs permissions: pull-requests: write'
      : `. The token of a ${readOnly === 'fork' ? "fork's" : 'Dependabot'} pull request can only read; the job summary has the report`;
  return { kind: 'refused', reason: `GitHub did not take the comment (${failure.text})${hint}` };
};

/**
 * Updates this key's comment on a pull request, or creates it. A refusal is a value, never an exception. Of several
 * comments of ours the oldest is kept up to date and the others are left alone.
 *
 * A create that ended in a 5xx may have been carried out: it is looked for before it is tried once more.
 */
export const publishComment = async (sticky: StickyComment): Promise<Published> => {
  try {
    const login = await authorLogin(sticky);
    return await lookAgain(() => findAndWrite(sticky, login), sticky.sleep);
  } catch (error) {
    return refusal(sticky, error);
  }
};
