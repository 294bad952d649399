import { whyBeyondReason } from '../../archive/beyond-reason.ts';
import { parseRun, RUN_JSON_MAX_BYTES } from '../../archive/run-codec.ts';
import { GateError } from '../../model/errors.ts';
import type { Run } from '../../model/run.ts';
import type { MeasuredLookup } from '../../ports/measured-lookup.ts';
import { cleanText } from '../../report/clean-text.ts';
import { downloadArtifact } from './artifact-download.ts';
import type { ListedArtifact } from './baseline-trust.ts';
import type { GitHubClient } from './client.ts';
import type { WorkflowContext } from './context.ts';
import { describeFailure, isForbidden } from './failure.ts';
import type { TriggeringRun } from './triggering-run.ts';
import { readZipEntries } from './zip-entry.ts';

/** Caps on what is looked at. The report files of a large run are a few MiB packed. */
export interface MeasuredLimits {
  /** Of the archive. */
  readonly archiveBytes: number;
  /** Of each unpacked run. */
  readonly textBytes: number;
}

export const MEASURED_LIMITS: MeasuredLimits = { archiveBytes: 32 * 2 ** 20, textBytes: RUN_JSON_MAX_BYTES };

export interface MeasuredRunOptions {
  readonly client: GitHubClient;
  readonly context: WorkflowContext;
  readonly run: TriggeringRun;
  /** The artifact's name. */
  readonly name: string;
  readonly limits?: MeasuredLimits;
}

/** The entries that are read; all others of the artifact are left alone. */
const [CANDIDATE, OTHER_SIDE, CONFIRMATION] = ['run.json', 'baseline-run.json', 'confirmation-run.json'] as const;

/**
 * The measurement in the artifact that the triggering run left, unpacked in memory and parsed by the strict schema. None of it is
 * trusted: whoever opened the pull request could have written all of it. Never rejects.
 */
export const findMeasuredRun = async (options: MeasuredRunOptions): Promise<MeasuredLookup> => {
  try {
    const artifact = await newestArtifact(options);
    if (artifact === undefined) return { kind: 'unusable', reason: whyNone(options) };
    const refused = refuse(artifact, options);
    return refused === undefined ? await readMeasured(artifact, options) : { kind: 'unusable', reason: refused };
  } catch (error) {
    const failure = describeFailure(error);
    const hint = isForbidden(failure) ? '. The job needs permissions: actions: read' : '';
    const what = error instanceof GateError ? error.message : failure.text;
    // What is wrong with an archive or a run may quote it.
    return { kind: 'unusable', reason: cleanText(`what it measured could not be read (${what})${hint}`, 500) };
  }
};

/** A re-run may leave one more of the same name. */
const newestArtifact = async ({
  client,
  context,
  run,
  name,
}: MeasuredRunOptions): Promise<ListedArtifact | undefined> => {
  const { owner, repo } = context;
  const { data } = await client.rest.actions.listWorkflowRunArtifacts({
    owner,
    repo,
    run_id: run.id,
    name,
    per_page: 100,
  });
  return data.artifacts.filter((each) => each.name === name).sort((one, other) => other.id - one.id)[0];
};

const whyNone = ({ run, name }: MeasuredRunOptions): string =>
  run.conclusion === 'cancelled'
    ? 'it was cancelled before it left a measurement'
    : `it left no artifact named ${name}, and ended with ${cleanText(run.conclusion, 40)}; its log says why, and both jobs need the same comment-key`;

const refuse = (
  artifact: ListedArtifact,
  { run, limits = MEASURED_LIMITS }: MeasuredRunOptions,
): string | undefined => {
  if (artifact.workflow_run?.id !== run.id) return 'the artifact of that name is of another run';
  if (artifact.expired) return 'what it measured has expired';
  if (artifact.size_in_bytes > limits.archiveBytes)
    return `what it left is ${artifact.size_in_bytes} bytes large, more than the ${limits.archiveBytes} allowed`;
  return artifact.digest ? undefined : 'what it left has no digest to check it by';
};

const readMeasured = async (
  { id, digest }: ListedArtifact,
  { client, context, limits = MEASURED_LIMITS }: MeasuredRunOptions,
): Promise<MeasuredLookup> => {
  const maxBytes = limits.archiveBytes;
  const archive = await downloadArtifact({ client, context, artifactId: id, digest: digest!, maxBytes });
  const texts = readZipEntries(archive, [CANDIDATE, OTHER_SIDE, CONFIRMATION], limits.textBytes);
  const read = (name: string): Run | undefined => {
    const text = texts.get(name);
    return text === undefined ? undefined : reasonable(parseRun(text));
  };
  const run = read(CANDIDATE);
  if (run === undefined) return { kind: 'unusable', reason: `what it left holds no ${CANDIDATE}` };
  return { kind: 'found', run, otherSide: read(OTHER_SIDE), confirmation: read(CONFIRMATION) };
};

const reasonable = (run: Run): Run => {
  const why = whyBeyondReason(run);
  if (why !== undefined) throw new GateError('artifact', why);
  return run;
};
