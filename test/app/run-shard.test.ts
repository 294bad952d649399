import { describe, expect, it } from 'vitest';
import { runShard, type ShardPorts, type ShardRequest, type StartTerms } from '../../src/app/run-shard.ts';
import { parseRun } from '../../src/archive/run-codec.ts';
import { GateError } from '../../src/model/errors.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { LoadResult } from '../../src/ports/load-runner.ts';
import { buildRun } from '../support/build-run.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const CONFIG = `
version: 1
seed: one for all
gateway: { url: "http://127.0.0.1:1" }
limits: { requests: 1001, concurrency: 20 }
fleet: { gather: 30s }
scenarios:
  chat:
    load: { rate: 20/s, duration: 10s }
    endpoint: models
    slo: [p95 < 1ms]
`;

const REQUEST: ShardRequest = {
  configPath: 'gatemark.yml',
  configText: CONFIG,
  profile: undefined,
  gatewayUrl: undefined,
  baselineUrl: undefined,
  seed: undefined,
  allowedHosts: [],
  failOn: ['slo', 'regression'],
  outDir: 'out',
  key: 'default',
  command: 'gatemark run --shard 2/4',
  detailsUrl: undefined,
  share: { index: 1, count: 4 },
  region: 'eu',
  commonSeed: undefined,
};

const measured: LoadResult = { ...buildRun(), startedAtMs: 60_250 };

/** A world that remembers when it was loaded, and with which plan. */
const world = (overrides: Partial<ShardPorts> = {}, load: LoadResult = measured) => {
  const clock = createFakeClock();
  const seen: { plan?: Plan; at?: number; terms?: StartTerms } = {};
  const written = new Map<string, string>();
  const ports: ShardPorts = {
    clock,
    files: {
      readText: () => Promise.reject(new GateError('io', 'no such file')),
      writeText: async (path, text) => {
        written.set(path, text);
        return `/abs/${path}`;
      },
    },
    env: () => undefined,
    readBeside: () => undefined,
    onSecrets: () => {},
    newId: () => 'some-id',
    loadRunner: {
      run: async (plan) => {
        seen.plan = plan;
        seen.at = clock.date().getTime();
        return load;
      },
    },
    startProviders: () => Promise.reject(new Error('none is configured')),
    greetProviders: async () => {},
    environment: buildRun().environment,
    origin: buildRun().origin,
    toolVersion: '1.2.3',
    onProgress: () => {},
    say: () => {},
    signal: new AbortController().signal,
    agreeOnStart: async (terms) => {
      seen.terms = terms;
      return undefined;
    },
    ...overrides,
  };
  return { ports, clock, seen, written };
};

describe('runShard', () => {
  it('makes a share of the plan, and a run that says which', async () => {
    const { ports, seen, written } = world();
    const { report } = await runShard(REQUEST, ports);
    expect(seen.plan).toMatchObject({
      share: { index: 1, count: 4 },
      bounds: { requests: 250, concurrency: 5 },
      startAtMs: undefined,
    });
    expect(seen.terms).toMatchObject({
      configDigest: seen.plan!.digest,
      seed: 'one for all',
      count: 4,
      gather: 30_000_000,
    });
    const run = parseRun(written.get('out/run.json')!);
    expect(run.share).toEqual({ index: 1, count: 4, region: 'eu', startedAt: '1970-01-01T00:01:00.250Z' });
    expect(run.bounds.requests).toBe(250);
    expect(report.verdict.status).toBe('inconclusive');
    expect(report.reproduce).toBe('gatemark run --shard 2/4 --seed one for all');
    expect(written.get('out/summary.md')).toContain('This is share 2 of 4 of a load');
  });

  it('is not loaded before the common start is near, and aims at it', async () => {
    const { ports, clock, seen } = world();
    const startAtMs = clock.date().getTime() + 60_000;
    const { report } = await clock.runUntil(runShard(REQUEST, { ...ports, agreeOnStart: async () => startAtMs }));
    expect(seen.plan!.startAtMs).toBe(startAtMs);
    expect(startAtMs - seen.at!).toBe(5_000);
    expect(report.run.share!.aimedAt).toBe(new Date(startAtMs).toISOString());
  });

  it('begins at once when the start is gone by', async () => {
    const { ports, clock, seen } = world();
    const before = clock.date().getTime();
    await runShard(REQUEST, { ...ports, agreeOnStart: async () => before - 9_000 });
    expect(seen.at).toBe(before);
  });

  it('waits no longer once it is cancelled', async () => {
    const controller = new AbortController();
    const cancelled: LoadResult = {
      ...measured,
      used: { ...measured.used, requests: 0 },
      ending: { kind: 'cancelled', signal: 'SIGINT' },
    };
    const { ports, clock, seen } = world({ signal: controller.signal }, cancelled);
    const before = clock.date().getTime();
    const agreeOnStart = async () => {
      setImmediate(() => controller.abort('SIGINT'));
      return before + 600_000;
    };
    const { report } = await runShard(REQUEST, { ...ports, agreeOnStart });
    expect(seen.at).toBe(before);
    expect([report.verdict.status, report.run.share!.startedAt]).toEqual(['invalid', undefined]);
  });

  it('takes the seed that all shares have in common where the configuration has none', async () => {
    const seedOf = async (overrides: Partial<ShardRequest>) =>
      (await runShard({ ...REQUEST, ...overrides }, world().ports)).report.run.seed;
    const configText = CONFIG.replace('seed: one for all', '');
    expect(await seedOf({ commonSeed: 'of the run', configText })).toBe('of the run');
    expect(await seedOf({ commonSeed: 'of the run' })).toBe('one for all');
  });

  it.each<[string, Partial<ShardRequest>, RegExp]>([
    ['without a seed', { configText: CONFIG.replace('seed: one for all', '') }, /need one seed/],
    ['with a second gateway', { baselineUrl: 'http://127.0.0.1:2' }, /side by side/],
    ['of a bound that cannot be split', { share: { index: 0, count: 21 } }, /limits.concurrency is 20/],
  ])('%s is refused, and nothing sent', async (_, overrides, message) => {
    const { ports, seen } = world();
    await expect(runShard({ ...REQUEST, ...overrides }, ports)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message),
    });
    expect(seen.plan).toBeUndefined();
  });
});
