import { createHash } from 'node:crypto';

/** Ids and names that every part of the fake agrees on. */
export const OWNER = 'acme';
export const REPO = 'gateway';
export const REPOSITORY_ID = 4001;
export const FORK_ID = 9009;
/** Who owns a repository, and with it the branches in it. */
export const ownerOf = (repositoryId: number): string => (repositoryId === REPOSITORY_ID ? OWNER : 'mallory');
export const DEFAULT_BRANCH = 'main';
export const WORKFLOW_PATH = '.github/workflows/gatemark.yml';
/** Whom the job's own token writes as. */
export const BOT_LOGIN = 'github-actions[bot]';

export interface FakeComment {
  readonly id: number;
  readonly issue: number;
  readonly login: string;
  body: string;
}

export interface FakeRun {
  readonly id: number;
  readonly event: string;
  readonly headBranch: string;
  readonly headSha: string;
  readonly headRepositoryId: number;
  readonly path: string;
  readonly createdAt: string;
  status: 'in_progress' | 'completed';
  conclusion: 'success' | 'failure' | 'cancelled' | null;
}

/** An open pull request from the branch `feature` of some repository. */
export interface FakePull {
  readonly number: number;
  readonly headSha: string;
  readonly headRepositoryId: number;
}

/** That a label was set on a pull request. */
export interface FakeLabelling {
  readonly issue: number;
  readonly label: string;
  /** Null once the account is gone. */
  readonly by: string | null;
  /** ISO 8601. */
  readonly at: string;
  /** An app did it in the name of that person. */
  readonly viaApp?: boolean;
}

export interface FakeCheckRun {
  readonly id: number;
  readonly headSha: string;
  name: string;
  externalId: string;
  conclusion: string;
  detailsUrl: string;
  title: string;
  summary: string;
}

export interface FakeArtifact {
  readonly id: number;
  readonly name: string;
  readonly runId: number;
  size: number;
  digest: string | null;
  expired: boolean;
  /** Where the archive's bytes lie: a signed URL, made when it is asked for. */
  readonly url: () => string;
}

/** What the next matching requests get instead of an answer. `after` lets them be carried out first. */
export interface Fault {
  readonly method?: string;
  readonly path: RegExp;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  times: number;
  readonly after?: boolean;
}

/** Everything that the fake platform remembers. Tests may read and change all of it. */
export class GitHubState {
  readonly comments: FakeComment[] = [];
  readonly runs: FakeRun[] = [];
  readonly artifacts: FakeArtifact[] = [];
  /** Pull requests by commit, for `commits/{sha}/pulls`. */
  readonly pulls = new Map<string, readonly { readonly number: number; readonly state: 'open' | 'closed' }[]>();
  /** Open ones, for `pulls?head=`. */
  readonly openPulls: FakePull[] = [];
  readonly checkRuns: FakeCheckRun[] = [];
  /** Tag → the commit that it names. */
  readonly tags = new Map<string, string>();
  /** Commits that are on the default branch. */
  readonly onDefaultBranch = new Set<string>();
  /** Labels that are on a pull request now. */
  readonly labels = new Map<number, readonly string[]>();
  /** Of all pull requests, in order. */
  readonly labellings: FakeLabelling[] = [];
  /** By login; whoever is not there may read. */
  readonly permissions = new Map<string, 'admin' | 'write' | 'read' | 'none'>();
  readonly faults: Fault[] = [];
  /** `METHOD /path?query` of every request, in order. */
  readonly requests: string[] = [];
  /** What the validating proxy found wrong with requests or with the fake's own answers; to stay empty. */
  readonly violations: string[] = [];
  /** What the token writes as. */
  viewer = BOT_LOGIN;
  #lastId = 1000;

  /** Ids ascend, as GitHub's do. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  addComment(comment: Omit<FakeComment, 'id'>): FakeComment {
    const added = { id: this.nextId(), ...comment };
    this.comments.push(added);
    return added;
  }

  /** A run under way; by default of this workflow, by a push to the default branch. */
  addRun(run: Partial<FakeRun> = {}): FakeRun {
    const id = run.id ?? this.nextId();
    const added: FakeRun = {
      id,
      event: 'push',
      headBranch: DEFAULT_BRANCH,
      headSha: createHash('sha1').update(String(id)).digest('hex'),
      headRepositoryId: REPOSITORY_ID,
      path: WORKFLOW_PATH,
      createdAt: '2026-11-02T10:00:00Z',
      status: 'in_progress',
      conclusion: null,
      ...run,
    };
    this.runs.push(added);
    return added;
  }

  addArtifact(artifact: Omit<FakeArtifact, 'id' | 'expired'> & { readonly expired?: boolean }): FakeArtifact {
    const added = { id: this.nextId(), expired: false, ...artifact };
    this.artifacts.push(added);
    return added;
  }

  completeRun(id: number, conclusion: NonNullable<FakeRun['conclusion']>): void {
    const run = this.runs.find((each) => each.id === id);
    if (run === undefined) throw new Error(`there is no run ${id}`);
    run.status = 'completed';
    run.conclusion = conclusion;
  }
}
