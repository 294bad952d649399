import { request as send } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/app/exit-status.ts';
import { parseRun } from '../../src/archive/run-codec.ts';
import type { Run } from '../../src/model/run.ts';
import { type FinishedJob, runJob } from '../support/action-job.ts';
import { type ReferenceGateway, startReferenceGateway } from '../support/bundle-process.ts';
import { startCountingServer } from '../support/counting-server.ts';
import { type FakeGithub, startFakeGithub } from '../support/fake-github/fake-github.ts';
import { entriesIn } from '../support/fake-github/zip-builder.ts';

/** 16 requests a second for 5 s, the first of them a warm-up: 80 arrivals, numbered by their place in the schedule of all shards. */
const CONFIG = `
version: 1
gateway:
  url: http://gateway.invalid
  headers: { authorization: "Bearer \${env.GATEWAY_KEY}", X-Tenant-ID: pro-tier, X-Cache-Enabled: "false" }
limits: { requests: 96, duration: 30s, concurrency: 40 }
scenarios:
  chat:
    load: { rate: 16/s, duration: 4s, warmup: 1s }
    endpoint: chat
    body: { model: gpt-4o, messages: [{ role: user, content: "ticket \${seq}." }] }
    slo: [error_rate < 50%, throughput > 1/s]
`;
const ARRIVALS = 80;

interface Gate {
  readonly url: string;
  /** Numbers of the requests that came, in the order of their coming. */
  readonly tickets: readonly number[];
  readonly peak: () => number;
  stop(): void;
}

let github: FakeGithub;
let gateway: ReferenceGateway;

/** The reference gateway behind a door that counts who comes in. */
const startGate = async (): Promise<Gate> => {
  const tickets: number[] = [];
  const { url, seen, stop } = await startCountingServer(async (request, response) => {
    const body = await text(request);
    tickets.push(Number(/ticket (\d+)\./.exec(body)?.[1]));
    const { method, headers } = request;
    const onward = send(`${gateway.url}${request.url}`, { method, headers }, async (answer) => {
      const { 'transfer-encoding': _, ...rest } = answer.headers;
      response.writeHead(answer.statusCode!, rest).end(await text(answer));
    });
    onward.on('error', () => response.destroy()).end(body);
  });
  return { url, tickets, peak: () => seen.peak, stop };
};

/** A workflow run whose jobs are of one fleet. */
const startFleet = async (config: string, number = 7) => {
  const gate = await startGate();
  const { id } = github.state.addRun({ event: 'pull_request', headBranch: 'feature' });
  const job = (inputs: Readonly<Record<string, string>>, text = config): Promise<FinishedJob> =>
    runJob(github, {
      event: 'pull_request',
      number,
      ofRun: id,
      config: text,
      inputs,
      env: { GATEWAY_KEY: gateway.key },
    });
  return {
    gate,
    shard: (shard: string, region = '') => job({ mode: 'shard', shard, region, 'gateway-url': gate.url }),
    merge: (text?: string) => job({ mode: 'merge' }, text),
    artifacts: () => github.state.artifacts.filter((each) => each.runId === id),
  };
};

type Fleet = Awaited<ReturnType<typeof startFleet>>;

const fleetRuns = async (fleet: Fleet): Promise<readonly Run[]> => {
  const shards = fleet.artifacts().filter(({ name }) => name.startsWith('gatemark-shard-'));
  return Promise.all(
    shards.map(async ({ url }) => {
      const archive = Buffer.from(await (await fetch(url())).arrayBuffer());
      return parseRun(entriesIn(archive)['run.json']!);
    }),
  );
};

const expectMeasured = (shards: readonly FinishedJob[]): void => {
  for (const { status, stdout, stderr } of shards)
    expect([EXIT.passed, EXIT.invalid], stdout + stderr).toContain(status);
};

beforeAll(async () => {
  [github, gateway] = await Promise.all([startFakeGithub(), startReferenceGateway()]);
  // Side by side, since they mostly wait for their starts.
  await Promise.all([wholeFleet(), fleetWithGap(), fleetWithLateShard()]);
}, 170_000);

afterAll(async () => {
  await Promise.all([github?.stop(), gateway?.stop()]);
  expect(github.state.violations).toEqual([]);
});

const COUNT = 8;
let fleet: Fleet;
let shards: readonly FinishedJob[];
let runs: readonly Run[];
let merged: FinishedJob;

const wholeFleet = async (): Promise<void> => {
  fleet = await startFleet(`${CONFIG}fleet: { gather: 15s, late: 1m }\n`);
  const jobs = Array.from({ length: COUNT }, (_, i) => fleet.shard(`${i + 1}/${COUNT}`, i < 3 ? 'eu' : 'us'));
  shards = await Promise.all(jobs);
  runs = await fleetRuns(fleet);
  merged = await fleet.merge();
  fleet.gate.stop();
};

const BOUNDED = CONFIG.replace('requests: 96', 'requests: 40');
let gap: Fleet;
let gapMerged: FinishedJob;

const fleetWithGap = async (): Promise<void> => {
  gap = await startFleet(`${BOUNDED}fleet: { gather: 10s, late: 1m }\n`, 8);
  expectMeasured(await Promise.all(['1/4', '3/4', '4/4'].map((shard) => gap.shard(shard))));
  gapMerged = await gap.merge();
  gap.gate.stop();
};

let delayed: Fleet;
let delayedMerged: FinishedJob;
let scaled: FinishedJob;

const fleetWithLateShard = async (): Promise<void> => {
  delayed = await startFleet(`${CONFIG}fleet: { gather: 10s, late: 4s }\n`, 9);
  const first = await delayed.shard('1/2');
  // The load is over when it comes.
  expectMeasured([first, await delayed.shard('2/2')]);
  const scaling = `${CONFIG}fleet: { missing: scale, gather: 10s, late: 4s }\n`;
  [delayedMerged, scaled] = await Promise.all([delayed.merge(), delayed.merge(scaling)]);
  delayed.gate.stop();
};

describe('eight shards of one load', () => {
  it('send together what one generator would have sent: every arrival of the schedule, each once', () => {
    expectMeasured(shards);
    expect(fleet.gate.tickets.toSorted((a, b) => a - b)).toEqual(Array.from({ length: ARRIVALS }, (_, i) => i));
  });

  it('keep each its part of every bound', () => {
    for (const { bounds, used, share } of runs) {
      expect(bounds).toMatchObject({ requests: 12, concurrency: 5 });
      expect([used.requests, share!.count]).toEqual([10, COUNT]);
    }
    expect(fleet.gate.peak()).toBeLessThanOrEqual(40);
  });

  it('begin at the start that the first of them decided, and none before', () => {
    const [aimed, ...others] = new Set(runs.map(({ share }) => share!.aimedAt));
    expect([typeof aimed, others]).toEqual(['string', []]);
    for (const { share } of runs) expect(Date.parse(share!.startedAt!)).toBeGreaterThanOrEqual(Date.parse(aimed!));
    expect(fleet.artifacts().filter(({ name }) => name === 'gatemark-start-default')).toHaveLength(1);
  });

  it('leave a run each, and judge nothing alone', () => {
    expect(runs.map(({ share }) => share!.index).toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    for (const { outputs, summary, report } of shards) {
      expect(['inconclusive', 'invalid']).toContain(outputs.verdict);
      expect(summary).toMatch(/This is share \d of 8 of a load/);
      expect(report!.slos).toEqual([]);
    }
    expect(github.state.requests.filter((each) => /^POST .*\/issues\/7\/comments/.test(each))).toHaveLength(1);
  });

  it('are merged into one run, judged and told on the pull request', () => {
    const { report, outputs, summary, status } = merged;
    if (report!.generator.healthy) expect([outputs.verdict, status]).toEqual(['pass', EXIT.passed]);
    else expect([outputs.verdict, status]).toEqual(['invalid', EXIT.invalid]);
    // The warm-up is in no result.
    expect(report!.scenarios[0]).toMatchObject({ name: 'chat', requests: 64 });
    expect(report!.slos.map((each) => each.text)).toEqual(['error_rate < 50%', 'throughput > 1/s']);
    expect(summary).toContain('Made by all 8 shares of the load');
    expect(github.state.comments.find(({ issue }) => issue === 7)!.body).toContain('all 8 shares');
    expect(outputs['comment-url']).not.toBe('');
  });

  it('show what each region saw', () => {
    const { regions } = (merged.report as unknown as { fleet: { regions: readonly object[] } }).fleet;
    expect(regions).toMatchObject([
      { scenario: 'chat', region: 'eu', shares: 3, requests: 24 },
      { scenario: 'chat', region: 'us', shares: 5, requests: 40 },
    ]);
  });
});

describe('a fleet that is not whole', () => {
  it('is invalid when a shard is missing, and says which', () => {
    expect([gapMerged.outputs.verdict, gapMerged.status]).toEqual(['invalid', EXIT.invalid]);
    expect(gapMerged.report!.reasons[0]).toContain('Share 2 of 4 is missing, so that 3/4 of the load was made');
  });

  it('sends no request past the bounds of the shards that are there', () => {
    // Of 40 requests, 10 each; the missing share's are nobody's.
    const { tickets } = gap.gate;
    expect(tickets).toHaveLength(30);
    expect(tickets.filter((ticket) => ticket % 4 === 1 || ticket >= 40)).toEqual([]);
  });

  it('is invalid when a shard came too late, and says by how much', () => {
    expect([delayedMerged.outputs.verdict, delayedMerged.status]).toEqual(['invalid', EXIT.invalid]);
    expect(delayedMerged.report!.reasons[0]).toMatch(/2 of 2 began (up to )?[\d.]+ s after the common start/);
    // Nothing of its load is lost, though.
    expect(delayed.gate.tickets.toSorted((a, b) => a - b)).toEqual(Array.from({ length: ARRIVALS }, (_, i) => i));
  });

  it('is judged by what was there in time, where it is to scale', ({ skip }) => {
    skip(scaled.report === undefined || !scaled.report.generator.healthy, 'the machine was too busy');
    expect([scaled.outputs.verdict, scaled.status]).toEqual(['pass', EXIT.passed]);
    expect(scaled.report!.slos.map((each) => each.text)).toEqual(['error_rate < 50%', 'throughput > 1/s (1/2 of it)']);
    expect(scaled.report!.scenarios[0]).toMatchObject({ requests: 32 });
    expect(scaled.summary).toContain('Left out: share 2 of 2');
  });
});

describe('what a fleet refuses', () => {
  it('a merge without a shard', async () => {
    const fleet = await startFleet(CONFIG);
    const job = await fleet.merge();
    fleet.gate.stop();
    expect(job.status).toBe(EXIT.invalid);
    expect(job.commands.find(({ name }) => name === 'error')!.message).toContain('no shard of this workflow run');
  });
});
