import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import * as representation from './representations.ts';
import { type FakeArtifact, type GitHubState, ownerOf } from './state.ts';

/** Listens on a free port of the loopback; resolves with its origin. */
export const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** Ends a server and its idle connections. */
export const close = async (server: Server): Promise<void> => {
  server.closeAllConnections();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
};

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const sendJson = (response: ServerResponse, { status, body, headers }: Answer): void => {
  response.writeHead(status, { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
};

interface Call {
  readonly state: GitHubState;
  readonly url: URL;
  readonly params: readonly string[];
  readonly body: string;
}

const NOT_FOUND: Answer = {
  status: 404,
  body: { message: 'Not Found', documentation_url: 'https://docs.github.com', status: '404' },
};

const TOO_LONG: Answer = {
  status: 422,
  body: {
    message: 'Validation Failed',
    documentation_url: 'https://docs.github.com',
    errors: [
      {
        resource: 'IssueComment',
        code: 'unprocessable',
        field: 'data',
        message: 'Body is too long (maximum is 65536 characters)',
      },
    ],
  },
};

/** One page of a list, with the Link header that pagination follows. */
const paged = <T>(
  url: URL,
  items: readonly T[],
): { readonly items: readonly T[]; readonly headers: Record<string, string> } => {
  const size = Math.min(100, Number(url.searchParams.get('per_page') ?? 30));
  const page = Number(url.searchParams.get('page') ?? 1);
  const rest = items.length > page * size;
  const next = new URL(url);
  next.searchParams.set('page', String(page + 1));
  return {
    items: items.slice((page - 1) * size, page * size),
    headers: rest ? { link: `<${next}>; rel="next"` } : {},
  };
};

interface SentCheckRun {
  readonly name: string;
  readonly external_id: string;
  readonly conclusion: string;
  readonly details_url: string;
  readonly output: { readonly title: string; readonly summary: string };
}

const checkRunOf = (sent: SentCheckRun) => ({
  name: sent.name,
  externalId: sent.external_id,
  conclusion: sent.conclusion,
  detailsUrl: sent.details_url,
  ...sent.output,
});

/** Newest first, those of one name where the query says so. */
const listArtifacts = (state: GitHubState, url: URL, all: readonly FakeArtifact[]): Answer => {
  const name = url.searchParams.get('name');
  const matching = all.filter((each) => name === null || each.name === name).reverse();
  const { items, headers } = paged(url, matching);
  const artifacts = items.map((each) => representation.artifact(state, each));
  return { status: 200, body: { total_count: matching.length, artifacts }, headers };
};

/** `GET /repos/o/r/…`, each with what it answers. The path behind `/repos/{owner}/{repo}` is matched whole. */
const ROUTES: readonly (readonly [method: string, path: RegExp, answer: (call: Call) => Answer])[] = [
  ['GET', /^$/, () => ({ status: 200, body: representation.fullRepository() })],
  [
    'GET',
    /^\/issues\/(\d+)\/comments$/,
    ({ state, url, params }) => {
      const { items, headers } = paged(
        url,
        state.comments.filter((each) => each.issue === Number(params[0])),
      );
      return { status: 200, body: items.map(representation.comment), headers };
    },
  ],
  [
    'POST',
    /^\/issues\/(\d+)\/comments$/,
    ({ state, params, body }) => {
      const sent: { body: string } = JSON.parse(body);
      if (sent.body.length > 65_536) return TOO_LONG;
      const added = state.addComment({ issue: Number(params[0]), login: state.viewer, body: sent.body });
      return {
        status: 201,
        body: representation.comment(added),
        headers: { location: representation.comment(added).url },
      };
    },
  ],
  [
    'PATCH',
    /^\/issues\/comments\/(\d+)$/,
    ({ state, params, body }) => {
      const found = state.comments.find((each) => each.id === Number(params[0]));
      if (found === undefined) return NOT_FOUND;
      const sent: { body: string } = JSON.parse(body);
      if (sent.body.length > 65_536) return TOO_LONG;
      found.body = sent.body;
      return { status: 200, body: representation.comment(found) };
    },
  ],
  ['GET', /^\/actions\/artifacts$/, ({ state, url }) => listArtifacts(state, url, state.artifacts)],
  [
    'GET',
    /^\/actions\/runs\/(\d+)\/artifacts$/,
    ({ state, url, params }) =>
      listArtifacts(
        state,
        url,
        state.artifacts.filter((each) => each.runId === Number(params[0])),
      ),
  ],
  [
    'GET',
    /^\/actions\/artifacts\/(\d+)\/zip$/,
    ({ state, params }) => {
      const found = state.artifacts.find((each) => each.id === Number(params[0]));
      if (found === undefined) return NOT_FOUND;
      if (found.expired)
        return { status: 410, body: { message: 'Artifact has expired', documentation_url: 'https://docs.github.com' } };
      return { status: 302, headers: { location: found.url() } };
    },
  ],
  [
    'GET',
    /^\/actions\/runs\/(\d+)$/,
    ({ state, params }) => {
      const run = state.runs.find((each) => each.id === Number(params[0]));
      return run === undefined ? NOT_FOUND : { status: 200, body: representation.workflowRun(run) };
    },
  ],
  [
    'GET',
    /^\/pulls$/,
    ({ state, url }) => {
      const head = url.searchParams.get('head');
      const matching = state.openPulls.filter(
        ({ headRepositoryId }) => `${ownerOf(headRepositoryId)}:feature` === head,
      );
      const body = matching.map((pull) => representation.pullRequest({ ...pull, state: 'open' }, pull.headSha));
      return { status: 200, body };
    },
  ],
  [
    'GET',
    /^\/commits\/tags%2F([^/]+)$/,
    ({ state, params }) => {
      const sha = state.tags.get(decodeURIComponent(params[0]!));
      // The real answer has the whole commit.
      return sha === undefined ? { ...NOT_FOUND, status: 422 } : { status: 200, body: { sha } };
    },
  ],
  [
    'GET',
    /^\/issues\/(\d+)\/labels$/,
    ({ state, params }) => ({
      status: 200,
      body: (state.labels.get(Number(params[0])) ?? []).map(representation.label),
    }),
  ],
  [
    'GET',
    /^\/issues\/(\d+)\/timeline$/,
    ({ state, url, params }) => {
      const labellings = state.labellings.filter((each) => each.issue === Number(params[0]));
      // More than a page of other events comes first.
      const events = [
        ...Array.from({ length: 120 }, (_, index) => representation.renaming(index)),
        ...labellings.map(representation.labelling),
      ];
      const { items, headers } = paged<unknown>(url, events);
      return { status: 200, body: items, headers };
    },
  ],
  [
    'GET',
    /^\/collaborators\/([^/]+)\/permission$/,
    ({ state, params }) => {
      const login = decodeURIComponent(params[0]!);
      return { status: 200, body: representation.permission(login, state.permissions.get(login) ?? 'read') };
    },
  ],
  [
    'GET',
    /^\/commits\/([0-9a-f]+)\/check-runs$/,
    ({ state, url, params }) => {
      const name = url.searchParams.get('check_name');
      const runs = state.checkRuns.filter((each) => each.headSha === params[0] && each.name === name);
      return { status: 200, body: { total_count: runs.length, check_runs: runs.map(representation.checkRun) } };
    },
  ],
  [
    'POST',
    /^\/check-runs$/,
    ({ state, body }) => {
      const sent: SentCheckRun & { readonly head_sha: string } = JSON.parse(body);
      if (sent.output.summary.length > 65_535) return TOO_LONG;
      const added = { id: state.nextId(), headSha: sent.head_sha, ...checkRunOf(sent) };
      state.checkRuns.push(added);
      return { status: 201, body: representation.checkRun(added) };
    },
  ],
  [
    'PATCH',
    /^\/check-runs\/(\d+)$/,
    ({ state, params, body }) => {
      const found = state.checkRuns.find((each) => each.id === Number(params[0]));
      if (found === undefined) return NOT_FOUND;
      Object.assign(found, checkRunOf(JSON.parse(body)));
      return { status: 200, body: representation.checkRun(found) };
    },
  ],
  [
    'GET',
    /^\/compare\/([^/]+)\.\.\.([0-9a-f]+)$/,
    ({ state, params }) => ({
      status: 200,
      body: { status: state.onDefaultBranch.has(params[1]!) ? 'behind' : 'diverged' },
    }),
  ],
  [
    'GET',
    /^\/commits\/([0-9a-f]+)\/pulls$/,
    ({ state, params }) => {
      const sha = params[0]!;
      return { status: 200, body: (state.pulls.get(sha) ?? []).map((pull) => representation.pullRequest(pull, sha)) };
    },
  ],
];

const answer = async (state: GitHubState, request: IncomingMessage): Promise<Answer> => {
  const url = new URL(request.url!, `http://${request.headers.host}`);
  const path = url.pathname.replace(/^\/repos\/[^/]+\/[^/]+/, '');
  for (const [method, pattern, respond] of ROUTES) {
    const params = method === request.method ? pattern.exec(path)?.slice(1) : undefined;
    if (params !== undefined) return respond({ state, url, params, body: await text(request) });
  }
  return NOT_FOUND;
};

/** The stateful part: GitHub's REST endpoints over a GitHubState. Knows nothing of faults and tokens; those are the edge's. */
export const createRestServer = (state: GitHubState): Server =>
  createServer(async (request, response) => {
    sendJson(response, await answer(state, request));
  });
