import { z } from 'zod';
import type { OverrideLookup } from '../../ports/override-lookup.ts';
import { cleanText, LONGEST } from '../../report/clean-text.ts';
import { formatMoment } from '../../report/moment-text.ts';
import type { GitHubClient } from './client.ts';
import type { WorkflowContext } from './context.ts';
import { describeFailure, isForbidden } from './failure.ts';

export interface OverrideOptions {
  readonly client: GitHubClient;
  readonly context: WorkflowContext;
  /** Of the pull request. */
  readonly number: number;
  readonly label: string;
  /** When the run that measured was created, ISO 8601; undefined = it is this one, and GitHub is asked. */
  readonly runCreatedAt: string | undefined;
}

/** Events of a pull request that are looked through, pages of 100. */
const MAX_PAGES = 50;

/** The events that matter, of all that a pull request's timeline has. */
const Labelled = z.object({
  event: z.literal('labeled'),
  created_at: z.iso.datetime(),
  label: z.object({ name: z.string() }),
  actor: z.object({ login: z.string(), type: z.string() }).nullish(),
  performed_via_github_app: z.object({}).nullish(),
});
type Labelled = z.infer<typeof Labelled>;

/** What `permission` says of people who may write; the maintain role is `write` there. */
const MAY_WRITE: readonly string[] = ['write', 'maintain', 'admin'];

/**
 * Whether the label is on the pull request, and was last set by a person who may write to the repository, for the commit under
 * test. Everybody is told of one that does not count. GitHub's own times decide whether the commit was there when the label was
 * set: those of a commit are its author's to choose. Never rejects.
 */
export const findOverride = async (options: OverrideOptions): Promise<OverrideLookup> => {
  try {
    if (!(await isOn(options))) return { kind: 'none' };
    const last = await lastLabelled(options);
    const why = await whyNotCounted(last, options);
    if (why !== undefined) return refused(options, why);
    return { kind: 'found', override: { label: options.label, by: last!.actor!.login, at: last!.created_at } };
  } catch (error) {
    const failure = describeFailure(error);
    const hint = isForbidden(failure) ? '; the job needs permissions: pull-requests: write and actions: read' : '';
    return refused(options, `what it takes could not be looked up (${failure.text})${hint}`);
  }
};

const refused = ({ label }: OverrideOptions, why: string): OverrideLookup => ({
  kind: 'refused',
  reason: `The label ${cleanText(label, LONGEST.name)} does not override this failure: ${why}.`,
});

/** GitHub holds names that differ in case for one label. */
const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const isOn = async ({ client, context, number, label }: OverrideOptions): Promise<boolean> => {
  const { owner, repo } = context;
  // A pull request has no more than 100 labels.
  const { data } = await client.rest.issues.listLabelsOnIssue({ owner, repo, issue_number: number, per_page: 100 });
  return data.some(({ name }) => isSame(name, label));
};

const lastLabelled = async ({ client, context, number, label }: OverrideOptions): Promise<Labelled | undefined> => {
  const { owner, repo } = context;
  const target = { owner, repo, issue_number: number, per_page: 100 };
  let last: Labelled | undefined;
  let pages = 0;
  for await (const page of client.paginate.iterator(client.rest.issues.listEventsForTimeline, target)) {
    pages += 1;
    if (pages > MAX_PAGES) throw new Error(`the pull request has more than ${MAX_PAGES * 100} events`);
    for (const each of page.data) {
      const event = Labelled.safeParse(each);
      if (event.success && isSame(event.data.label.name, label)) last = event.data;
    }
  }
  return last;
};

const whyNotCounted = async (event: Labelled | undefined, options: OverrideOptions): Promise<string | undefined> => {
  if (!event?.actor) return 'GitHub does not say who set it';
  const { login, type } = event.actor;
  const who = cleanText(login, LONGEST.name);
  if (type !== 'User' || event.performed_via_github_app)
    return `it was set by an app (${who}), and has to be set by a person`;
  const permission = await permissionOf(login, options);
  if (!MAY_WRITE.includes(permission))
    return `${who} set it, who has no write access to this repository (${cleanText(permission, LONGEST.name)})`;
  if (await isForThisCommit(event, options)) return undefined;
  return `${who} set it on ${formatMoment(event.created_at)}, before this commit was measured; whoever means this commit removes it, sets it again, and re-runs the job`;
};

const permissionOf = async (username: string, { client, context }: OverrideOptions): Promise<string> => {
  const { owner, repo } = context;
  const { data } = await client.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username });
  return data.permission;
};

/**
 * A run is created after the push of its commit. So a label that is set after that, or that started the run itself, was set
 * with this commit there to be seen.
 */
const isForThisCommit = async ({ created_at }: Labelled, options: OverrideOptions): Promise<boolean> => {
  const { client, context, label, runCreatedAt } = options;
  if (context.startedByLabel !== undefined && isSame(context.startedByLabel, label)) return true;
  const created = runCreatedAt ?? (await createdAt(client, context));
  return Date.parse(created_at) > Date.parse(created);
};

const createdAt = async (client: GitHubClient, { owner, repo, runId }: WorkflowContext): Promise<string> =>
  (await client.rest.actions.getWorkflowRun({ owner, repo, run_id: runId })).data.created_at;
