import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import type { BlobStorage } from './blob-storage.ts';
import { type Answer, sendJson } from './rest-server.ts';
import type { GitHubState } from './state.ts';

const PREFIX = '/twirp/github.actions.results.api.v1.ArtifactService/';

/** The job's runtime token: the artifact client reads the run's and the job's id from it and checks nothing. */
export const runtimeToken = (runId: number): string => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ scp: `Actions.Results:run-${runId}:job-${runId}` })}.x`;
};

const runIdOf = (token: string): number =>
  Number(/Actions\.Results:run-(\d+)/.exec(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())?.[1]);

/** What the calls send, as far as it is used. Twirp's JSON has proto names or camel case; these clients send proto names. */
interface ArtifactCall {
  readonly name: string;
  readonly size?: string;
  readonly hash?: string;
  readonly id_filter?: string;
  readonly name_filter?: string;
}

/**
 * The artifact service of the runner, over Twirp with JSON: create (a signed address to upload to), then finalize, which
 * is what makes the artifact exist. A second one of the same name in a run is a 409, as on the platform. Jobs may list what their
 * own run has, and get a signed address to read it from.
 */
export const createArtifactService = (state: GitHubState, storage: BlobStorage): Server => {
  const blobOf = (runId: number, name: string) => `${runId}-${Buffer.from(name).toString('hex')}.zip`;
  const pending = new Set<string>();

  const create = (runId: number, { name }: ArtifactCall): Answer => {
    const blob = blobOf(runId, name);
    if (pending.has(blob))
      return {
        status: 409,
        body: { code: 'already_exists', msg: 'an artifact with this name already exists on the workflow run' },
      };
    pending.add(blob);
    return { status: 200, body: { ok: true, signed_upload_url: storage.uploadUrl(blob) } };
  };

  const finalize = (runId: number, { name, size, hash }: ArtifactCall): Answer => {
    const url = () => storage.downloadUrl(blobOf(runId, name));
    const { id } = state.addArtifact({ name, runId, size: Number(size), digest: hash ?? null, url });
    return { status: 200, body: { ok: true, artifact_id: String(id) } };
  };

  const list = (runId: number, { id_filter: id, name_filter: name }: ArtifactCall): Answer => {
    const artifacts = state.artifacts
      .filter(
        (each) => each.runId === runId && (name ?? each.name) === each.name && (id ?? `${each.id}`) === `${each.id}`,
      )
      .map((each) => ({
        workflow_run_backend_id: `run-${runId}`,
        workflow_job_run_backend_id: `job-${runId}`,
        database_id: String(each.id),
        name: each.name,
        size: String(each.size),
        digest: each.digest,
      }));
    return { status: 200, body: { artifacts } };
  };

  const signedUrl = (runId: number, { name }: ArtifactCall): Answer => ({
    status: 200,
    body: { signed_url: storage.downloadUrl(blobOf(runId, name)) },
  });

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const method = request.url!.startsWith(PREFIX) ? request.url!.slice(PREFIX.length) : '';
    state.requests.push(`TWIRP ${method}`);
    const runId = runIdOf(request.headers.authorization ?? '');
    if (Number.isNaN(runId)) return { status: 401, body: { code: 'unauthenticated', msg: 'no runtime token' } };
    const call: ArtifactCall = JSON.parse(await text(request));
    if (method === 'CreateArtifact') return create(runId, call);
    if (method === 'FinalizeArtifact') return finalize(runId, call);
    if (method === 'ListArtifacts') return list(runId, call);
    if (method === 'GetSignedArtifactURL') return signedUrl(runId, call);
    return { status: 404, body: { code: 'bad_route', msg: `no ${method}` } };
  };

  return createServer(async (request, response) => sendJson(response, await answer(request)));
};
