import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { close, listen } from './fake-github/rest-server.ts';
import type { FakeArtifact, GitHubState } from './fake-github/state.ts';

/** Leaves archives as artifacts of runs, as if those had uploaded them; they lie on a storage of their own. */
export interface ArchiveStorage {
  leave(archive: Buffer, artifact: { readonly name: string; readonly runId: number }): FakeArtifact;
  /** Authorization headers that reached the storage: there must be none. */
  readonly leaked: readonly string[];
  stop(): Promise<void>;
}

export const startArchiveStorage = async (state: GitHubState): Promise<ArchiveStorage> => {
  const archives: Buffer[] = [];
  const leaked: string[] = [];
  const server = createServer((request, response) => {
    if (request.headers.authorization !== undefined) leaked.push(request.headers.authorization);
    const archive = archives[Number(request.url!.slice(1))];
    response.writeHead(archive === undefined ? 404 : 200).end(archive);
  });
  const origin = await listen(server);
  return {
    leave: (archive, { name, runId }) => {
      const index = archives.push(archive) - 1;
      const digest = `sha256:${createHash('sha256').update(archive).digest('hex')}`;
      return state.addArtifact({ name, runId, size: archive.length, digest, url: () => `${origin}/${index}` });
    },
    leaked,
    stop: () => close(server),
  };
};
