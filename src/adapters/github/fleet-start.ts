import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DefaultArtifactClient } from '@actions/artifact';
import { z } from 'zod';
import { GateError } from '../../model/errors.ts';
import { describeFailure } from './failure.ts';

/** When all shards begin, and what they have to have in common. */
export interface FleetStart {
  /** Ms since 1970. */
  readonly startAtMs: number;
  readonly configDigest: string;
  readonly seed: string;
  readonly count: number;
}

export interface StartRequest {
  /** Of the artifact: one of a kind in the workflow run. */
  readonly name: string;
  /** What all agree on if this is the first to say so. */
  readonly proposal: () => FleetStart;
  /** Asks whether another one has decided, before deciding: the fewer do at the same moment, the fewer are told off. */
  readonly isShy: boolean;
  readonly signal: AbortSignal;
}

/** The one file of the artifact. */
const START_FILE = 'start.json';

/** It is some hundred bytes. */
const MAX_BYTES = 64 * 1_024;

/** How long a shy shard leaves the first word to another, ms; twice that at most. */
const SHYNESS_MS = 1_500;

/** From its creation until an artifact can be read it has to be uploaded, which takes a second or two. */
const READABLE_WITHIN_MS = 90_000;
const LOOK_EVERY_MS = 1_000;

const startSchema = z.strictObject({
  schemaVersion: z.literal(1),
  startAtMs: z.number().positive(),
  configDigest: z.string().max(100),
  seed: z.string().max(1_000),
  count: z.int().min(1),
});

/**
 * The start that all shards of a workflow run have in common. The first one to create the artifact of that name has decided it: the
 * platform takes no second one of a name (409), however close they come. All others read it there, which may take a while.
 *
 * @throws GateError `artifact` without an artifact service, and when the start cannot be written or read in time.
 */
export const agreeOnStart = async (request: StartRequest): Promise<FleetStart> => {
  const root = await mkdtemp(join(process.env.RUNNER_TEMP || tmpdir(), 'gatemark-start-'));
  const client = new DefaultArtifactClient();
  try {
    return (
      (await known(client, request, root)) ??
      (await decided(client, request, root)) ??
      (await read(client, request, root))
    );
  } catch (cause) {
    if (cause instanceof GateError) throw cause;
    throw new GateError('artifact', `the shards could not agree on their start (${describeFailure(cause).text})`, {
      hint: 'They do by an artifact of the workflow run, which needs a runner with an artifact service.',
      cause,
    });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
};

/** What was decided before, as far as it can be read already. */
const known = async (
  client: DefaultArtifactClient,
  request: StartRequest,
  root: string,
): Promise<FleetStart | undefined> => {
  const found = await lookedUp(client, request, root);
  if (found !== undefined || !request.isShy) return found;
  await pause(SHYNESS_MS * (1 + Math.random()), request.signal);
  return lookedUp(client, request, root);
};

/** Undefined = somebody else was first. */
const decided = async (
  client: DefaultArtifactClient,
  request: StartRequest,
  root: string,
): Promise<FleetStart | undefined> => {
  const start = request.proposal();
  const file = join(root, START_FILE);
  await writeFile(file, JSON.stringify({ schemaVersion: 1, ...start }));
  try {
    await client.uploadArtifact(request.name, [file], root, { retentionDays: 1 });
    return start;
  } catch (error) {
    if (/\b409\b|already exists/i.test(String(error))) return undefined;
    throw error;
  }
};

const read = async (client: DefaultArtifactClient, request: StartRequest, root: string): Promise<FleetStart> => {
  const until = Date.now() + READABLE_WITHIN_MS;
  while (Date.now() < until && !request.signal.aborted) {
    const start = await lookedUp(client, request, root);
    if (start !== undefined) return start;
    await pause(LOOK_EVERY_MS, request.signal);
  }
  throw new GateError('artifact', `the start that another shard decided (${request.name}) could not be read in time`, {
    hint: 'That shard may have ended just then. Run all jobs of the workflow again.',
  });
};

const lookedUp = async (
  client: DefaultArtifactClient,
  { name }: StartRequest,
  root: string,
): Promise<FleetStart | undefined> => {
  const { artifacts } = await client.listArtifacts();
  const found = artifacts.find((each) => each.name === name);
  if (found === undefined) return undefined;
  if (found.size > MAX_BYTES || !found.digest)
    throw new GateError('artifact', `the artifact ${name} is not what a shard left there`);
  const path = join(root, 'read');
  const { digestMismatch } = await client.downloadArtifact(found.id, { path, expectedHash: found.digest });
  if (digestMismatch) throw new GateError('artifact', `the digest of the artifact ${name} does not match`);
  return parseStart(await readFile(join(path, START_FILE), 'utf8'), name);
};

const parseStart = (text: string, name: string): FleetStart => {
  try {
    const { schemaVersion, ...start } = startSchema.parse(JSON.parse(text));
    return start;
  } catch (cause) {
    throw new GateError('artifact', `the artifact ${name} holds no start`, { cause });
  }
};

/** Shorter when the signal comes. */
const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  await delay(ms, undefined, { signal }).catch(() => undefined);
};
