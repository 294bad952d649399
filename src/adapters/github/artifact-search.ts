import { parseBaseline, type ReadBaseline } from '../../archive/baseline-codec.ts';
import { GateError } from '../../model/errors.ts';
import { downloadArtifact } from './artifact-download.ts';
import { type ListedArtifact, refuseArtifact, refuseRun, type TrustTerms, type WorkflowRun } from './baseline-trust.ts';
import type { GitHubClient } from './client.ts';
import type { WorkflowContext } from './context.ts';
import { describeFailure } from './failure.ts';
import { readZipEntry } from './zip-entry.ts';

/** The one file of a baseline artifact. */
export const BASELINE_FILE = 'baseline.json';

/** Caps on what is looked at. Ten runs of a dozen scenarios are well below one MiB packed. */
export interface BaselineLimits {
  /** Of the archive. */
  readonly archiveBytes: number;
  /** Of the unpacked file. */
  readonly textBytes: number;
  /** Pages of 100 artifacts. */
  readonly pages: number;
  /** Runs that are asked about: each is a request. */
  readonly candidates: number;
}

export interface SearchOptions {
  readonly client: GitHubClient;
  readonly context: WorkflowContext;
  /** The artifact's name. */
  readonly name: string;
  readonly limits: BaselineLimits;
  readonly terms: TrustTerms;
  /** What is asked of a run when its own record says nothing against it; a reason against it, or undefined. */
  readonly askFurther?: (run: WorkflowRun) => Promise<string | undefined>;
}

/** What became of a search. `skipped` says of each candidate that was not taken, why. */
export interface SearchResult {
  /** The newest trusted artifact; undefined = none is. */
  readonly found: ({ readonly runId: number } & ReadBaseline) | undefined;
  readonly skipped: readonly string[];
  /** True where a trusted candidate could not be read: "absent" would then be untrue. */
  readonly damaged: boolean;
}

/** One search under way. */
interface Search extends SearchOptions {
  readonly skipped: string[];
  damaged: boolean;
  asked: number;
}

/**
 * Looks for the newest artifact of a name that is from a trusted run, and reads it. Rejects when GitHub cannot be asked, or when there is
 * more of the name than is looked at.
 */
export const searchArtifacts = async (options: SearchOptions): Promise<SearchResult> => {
  const search: Search = { ...options, skipped: [], damaged: false, asked: 0 };
  for await (const artifact of listed(search)) {
    if (search.asked >= search.limits.candidates)
      throw new Error(`none of the newest ${search.limits.candidates} candidates is trusted`);
    const stored = await tryCandidate(search, artifact);
    if (stored === undefined) continue;
    return {
      found: { ...stored, runId: artifact.workflow_run!.id! },
      skipped: search.skipped,
      damaged: search.damaged,
    };
  }
  return { found: undefined, skipped: search.skipped, damaged: search.damaged };
};

/** Undefined when the run has been deleted. */
const getRun = async ({ client, context }: Search, runId: number): Promise<WorkflowRun | undefined> => {
  try {
    const { owner, repo } = context;
    return (await client.rest.actions.getWorkflowRun({ owner, repo, run_id: runId })).data;
  } catch (error) {
    if (describeFailure(error).status === 404) return undefined;
    throw error;
  }
};

const distrust = async (search: Search, artifact: ListedArtifact): Promise<string | undefined> => {
  const reason = refuseArtifact(artifact, search.terms);
  if (reason !== undefined) return reason;
  search.asked += 1;
  const run = await getRun(search, artifact.workflow_run!.id!);
  if (run === undefined) return 'the run that made it is gone';
  return refuseRun(run, search.terms) ?? search.askFurther?.(run);
};

const readArtifact = async (search: Search, artifact: ListedArtifact): Promise<ReadBaseline> => {
  const { client, context, limits } = search;
  const archive = await downloadArtifact({
    client,
    context,
    artifactId: artifact.id,
    digest: artifact.digest!,
    maxBytes: limits.archiveBytes,
  });
  // A run that was cut short measured something else than the others.
  const stored = parseBaseline(readZipEntry(archive, BASELINE_FILE, limits.textBytes));
  const runs = stored.runs.filter((run) => run.ending.kind === 'complete');
  if (runs.length === 0) throw new GateError('artifact', 'it holds no complete run');
  return { ...stored, runs };
};

/** What one candidate holds; undefined, with the reason noted, when it is not a baseline. Rejects when GitHub cannot be asked. */
const tryCandidate = async (search: Search, artifact: ListedArtifact): Promise<ReadBaseline | undefined> => {
  const note = (reason: string) => {
    search.skipped.push(`artifact ${artifact.id} of run ${artifact.workflow_run?.id ?? 'unknown'}: ${reason}`);
  };
  const reason = await distrust(search, artifact);
  if (reason !== undefined) {
    note(reason);
    return undefined;
  }
  try {
    return await readArtifact(search, artifact);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    search.damaged = true;
    note(error.message);
    return undefined;
  }
};

const byAge = (one: ListedArtifact, other: ListedArtifact): number => other.id - one.id;

/** Newest first: the API lists pages in that order, ids ascend with time. */
async function* listed({ client, context, name, limits }: Search): AsyncGenerator<ListedArtifact> {
  const { owner, repo } = context;
  const pages = client.paginate.iterator(client.rest.actions.listArtifactsForRepo, {
    owner,
    repo,
    name,
    per_page: 100,
  });
  let count = 0;
  for await (const page of pages) {
    count += 1;
    if (count > limits.pages) throw new Error(`more than ${limits.pages * 100} artifacts are named ${name}`);
    yield* [...page.data].sort(byAge);
  }
}
