import {
  DEFAULT_BRANCH,
  type FakeArtifact,
  type FakeCheckRun,
  type FakeComment,
  type FakeLabelling,
  type FakeRun,
  type GitHubState,
  OWNER,
  ownerOf,
  REPO,
  REPOSITORY_ID,
} from './state.ts';

/** JSON bodies as GitHub's own description demands them; the validating proxy holds them to it. */
const DATE = '2026-11-02T10:00:00Z';
const API = 'https://api.github.com';

/** URL properties of which the description wants every one: `keys` → an address below `base`. */
const urls = (base: string, keys: string): Record<string, string> =>
  Object.fromEntries(keys.split(' ').map((key) => [key, `${base}/${key.replace(/_url$/, '')}`]));

const user = (login: string) => ({
  login,
  id: login.length,
  node_id: 'U',
  gravatar_id: '',
  type: login.endsWith('[bot]') ? 'Bot' : 'User',
  site_admin: false,
  ...urls(
    `${API}/users/${encodeURIComponent(login)}`,
    'avatar_url url html_url followers_url following_url gists_url starred_url subscriptions_url organizations_url repos_url events_url received_events_url',
  ),
});

const REPOSITORY_URLS =
  'html_url url archive_url assignees_url blobs_url branches_url collaborators_url comments_url commits_url compare_url contents_url contributors_url deployments_url downloads_url events_url forks_url git_commits_url git_refs_url git_tags_url hooks_url issue_comment_url issue_events_url issues_url keys_url labels_url languages_url merges_url milestones_url notifications_url pulls_url releases_url stargazers_url statuses_url subscribers_url subscription_url tags_url teams_url trees_url';

const minimalRepository = (id: number) => ({
  id,
  node_id: 'R',
  name: REPO,
  full_name: `${OWNER}/${REPO}`,
  owner: user(OWNER),
  private: false,
  description: null,
  fork: id !== REPOSITORY_ID,
  hooks_url: `${API}/hooks`,
  ...urls(`${API}/repos/${OWNER}/${REPO}`, REPOSITORY_URLS),
});

export const fullRepository = (id: number = REPOSITORY_ID) => ({
  ...minimalRepository(id),
  ...urls(`${API}/repos/${OWNER}/${REPO}`, 'git_url ssh_url clone_url svn_url'),
  mirror_url: null,
  homepage: null,
  language: null,
  forks_count: 0,
  stargazers_count: 0,
  watchers_count: 0,
  size: 1,
  default_branch: DEFAULT_BRANCH,
  open_issues_count: 0,
  has_issues: true,
  has_projects: false,
  has_wiki: false,
  has_downloads: false,
  has_pages: false,
  has_discussions: false,
  archived: false,
  disabled: false,
  pushed_at: DATE,
  created_at: DATE,
  updated_at: DATE,
  license: null,
  forks: 0,
  open_issues: 0,
  watchers: 0,
  network_count: 0,
  subscribers_count: 0,
});

export const comment = ({ id, issue, login, body }: FakeComment) => ({
  id,
  node_id: 'IC',
  url: `${API}/repos/${OWNER}/${REPO}/issues/comments/${id}`,
  html_url: `https://github.com/${OWNER}/${REPO}/pull/${issue}#issuecomment-${id}`,
  issue_url: `${API}/repos/${OWNER}/${REPO}/issues/${issue}`,
  body,
  user: user(login),
  created_at: DATE,
  updated_at: DATE,
  author_association: 'NONE',
});

export const workflowRun = (run: FakeRun) => ({
  id: run.id,
  node_id: 'WFR',
  name: 'gatemark',
  check_suite_id: 1,
  check_suite_node_id: 'CS',
  head_branch: run.headBranch,
  head_sha: run.headSha,
  path: run.path,
  run_number: 1,
  event: run.event,
  display_title: 'gatemark',
  status: run.status,
  conclusion: run.conclusion,
  workflow_id: 77,
  pull_requests: [],
  created_at: run.createdAt,
  updated_at: DATE,
  head_commit: null,
  repository: minimalRepository(REPOSITORY_ID),
  head_repository: minimalRepository(run.headRepositoryId),
  ...urls(
    `${API}/repos/${OWNER}/${REPO}/actions/runs/${run.id}`,
    'url html_url jobs_url logs_url check_suite_url artifacts_url cancel_url rerun_url workflow_url',
  ),
});

export const artifact = (state: GitHubState, { id, name, size, expired, digest, runId }: FakeArtifact) => {
  const run = state.runs.find((each) => each.id === runId);
  return {
    id,
    node_id: 'A',
    name,
    size_in_bytes: size,
    url: `${API}/repos/${OWNER}/${REPO}/actions/artifacts/${id}`,
    archive_download_url: `${API}/repos/${OWNER}/${REPO}/actions/artifacts/${id}/zip`,
    expired,
    created_at: DATE,
    updated_at: DATE,
    expires_at: '2027-01-31T10:00:00Z',
    digest,
    workflow_run:
      run === undefined
        ? null
        : {
            id: run.id,
            repository_id: REPOSITORY_ID,
            head_repository_id: run.headRepositoryId,
            head_branch: run.headBranch,
            head_sha: run.headSha,
          },
  };
};

const branch = (ref: string, sha: string, repositoryId: number = REPOSITORY_ID) => ({
  label: `${ownerOf(repositoryId)}:${ref}`,
  ref,
  sha,
  user: user(ownerOf(repositoryId)),
  repo: fullRepository(repositoryId),
});

export const pullRequest = (
  pull: { readonly number: number; readonly state: string; readonly headRepositoryId?: number },
  sha: string,
) => {
  const base = `${API}/repos/${OWNER}/${REPO}/pulls/${pull.number}`;
  const keys =
    'url html_url diff_url patch_url issue_url commits_url review_comments_url review_comment_url comments_url statuses_url';
  const links = 'comments commits statuses html issue review_comments review_comment self';
  return {
    id: pull.number,
    node_id: 'PR',
    number: pull.number,
    state: pull.state,
    locked: false,
    title: 'A change',
    user: user('dev'),
    body: null,
    labels: [],
    milestone: null,
    created_at: DATE,
    updated_at: DATE,
    closed_at: null,
    merged_at: null,
    merge_commit_sha: sha,
    assignee: null,
    head: branch('feature', sha, pull.headRepositoryId),
    base: branch(DEFAULT_BRANCH, sha),
    _links: Object.fromEntries(links.split(' ').map((name) => [name, { href: `${base}/${name}` }])),
    author_association: 'MEMBER',
    auto_merge: null,
    ...urls(base, keys),
  };
};

export const checkRun = ({ id, headSha, name, externalId, conclusion, detailsUrl, title, summary }: FakeCheckRun) => ({
  id,
  node_id: 'CR',
  head_sha: headSha,
  name,
  external_id: externalId,
  url: `${API}/repos/${OWNER}/${REPO}/check-runs/${id}`,
  html_url: `https://github.com/${OWNER}/${REPO}/runs/${id}`,
  details_url: detailsUrl,
  status: 'completed',
  conclusion,
  started_at: DATE,
  completed_at: DATE,
  output: { title, summary, text: null, annotations_count: 0, annotations_url: `${API}/annotations` },
  check_suite: { id: 1 },
  app: null,
  pull_requests: [],
});

export const label = (name: string) => ({
  id: name.length,
  node_id: 'L',
  url: `${API}/repos/${OWNER}/${REPO}/labels/${encodeURIComponent(name)}`,
  name,
  description: null,
  color: 'ededed',
  default: false,
});

const APP = {
  id: 9,
  node_id: 'A',
  owner: user('acme-apps'),
  name: 'An app',
  description: null,
  external_url: 'https://app.example',
  html_url: 'https://github.com/apps/an-app',
  created_at: DATE,
  updated_at: DATE,
  permissions: {},
  events: [],
};

export const labelling = ({ label: name, by, at, viaApp }: FakeLabelling, index: number) => ({
  id: index,
  node_id: 'LE',
  url: `${API}/repos/${OWNER}/${REPO}/issues/events/${index}`,
  actor: by === null ? null : user(by),
  event: 'labeled',
  commit_id: null,
  commit_url: null,
  created_at: at,
  performed_via_github_app: viaApp ? APP : null,
  label: { name, color: 'ededed' },
});

/** What stands between events that matter. */
export const renaming = (index: number) => ({
  id: 100_000 + index,
  node_id: 'RE',
  url: `${API}/repos/${OWNER}/${REPO}/issues/events/${100_000 + index}`,
  actor: user('dev'),
  event: 'renamed',
  commit_id: null,
  commit_url: null,
  created_at: DATE,
  performed_via_github_app: null,
  rename: { from: 'A change', to: 'A change' },
});

export const permission = (login: string, level: string) => ({
  permission: level,
  role_name: level,
  user: { ...user(login), role_name: level },
});
