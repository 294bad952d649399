import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { GateError } from '../../model/errors.ts';
import { type GitHubClient, proxiedFetch } from './client.ts';
import type { WorkflowContext } from './context.ts';
import { describeFailure } from './failure.ts';

export interface ArtifactDownload {
  readonly client: GitHubClient;
  readonly context: WorkflowContext;
  readonly artifactId: number;
  /** As the platform states it: `sha256:…`. */
  readonly digest: string;
  /** Of the archive; the download is cut off there, whatever size was announced. */
  readonly maxBytes: number;
}

/** Of one archive from its storage, ms. */
const DOWNLOAD_TIMEOUT_MS = 60_000;

/** Where the archive lies for the next minute. The address is signed: it is a secret and never shown. */
const signedUrl = async ({ client, context, artifactId }: ArtifactDownload): Promise<string> => {
  const { headers } = await client.request(
    'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
    {
      owner: context.owner,
      repo: context.repo,
      artifact_id: artifactId,
      archive_format: 'zip',
      request: { redirect: 'manual' },
    },
  );
  if (headers.location === undefined) throw new Error('GitHub did not say where the artifact lies');
  return headers.location;
};

/** A failure of the storage that may pass. */
class StorageError extends Error {}

/** Without the token: the storage is another host, and the address carries its own permission. */
const fetchBounded = async (url: string, maxBytes: number): Promise<Buffer> => {
  const response = await proxiedFetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    const message = `the artifact storage answered ${response.status}`;
    throw response.status >= 500 ? new StorageError(message) : new Error(message);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.length;
    // Leaving the loop cancels the body.
    if (length > maxBytes) throw new Error(`the archive is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** The API's own requests are retried by the client; a storage that stumbles gets one more try, with a fresh address. */
const fetchArchive = async (download: ArtifactDownload): Promise<Buffer> => {
  try {
    return await fetchBounded(await signedUrl(download), download.maxBytes);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    await delay(1_000);
    return fetchBounded(await signedUrl(download), download.maxBytes);
  }
};

/**
 * The archive of an artifact of any run of the repository, digest checked.
 *
 * @throws GateError `artifact` when it cannot be fetched, is too large, or is not what its digest says.
 */
export const downloadArtifact = async (download: ArtifactDownload): Promise<Buffer> => {
  let archive: Buffer;
  try {
    archive = await fetchArchive(download);
  } catch (cause) {
    throw new GateError('artifact', `the download failed (${describeFailure(cause).text})`, { cause });
  }
  const actual = `sha256:${createHash('sha256').update(archive).digest('hex')}`;
  if (actual !== download.digest) throw new GateError('artifact', 'its digest does not match what was downloaded');
  return archive;
};
