import { describe, expect, it } from 'vitest';
import { createFileBaselineStore } from '../../src/adapters/files/file-baseline-store.ts';
import { type MergePorts, type MergeRequest, mergeShards } from '../../src/app/merge-shards.ts';
import { type Prepared, prepare } from '../../src/app/prepare.ts';
import { parseRun } from '../../src/archive/run-codec.ts';
import { GateError } from '../../src/model/errors.ts';
import type { Run } from '../../src/model/run.ts';
import { allShares, aShare, shareRun } from '../support/build-fleet.ts';
import { buildRun } from '../support/build-run.ts';
import { buildBurst, buildWindow } from '../verdict/build-burst.ts';

const CONFIG = `
version: 1
gateway: { url: "\${env.GATEWAY_URL}", headers: { authorization: "Bearer \${env.GATEWAY_KEY}" } }
scenarios:
  chat:
    load: { rate: 20/s, duration: 10s }
    endpoint: models
    slo: [throughput > 70/s, p95 < 1s]
`;
const SCALING = `${CONFIG}fleet: { missing: scale, late: 2s }\n`;

/** As the entries read it: variables need not be set. */
const prepareFrom = (configText: string) => (): Promise<Prepared> =>
  prepare(
    {
      configPath: 'gatemark.yml',
      configText,
      profile: undefined,
      gatewayUrl: undefined,
      baselineUrl: undefined,
      seed: undefined,
      allowedHosts: [],
    },
    {
      files,
      env: () => 'http://unset.invalid',
      readBeside: () => undefined,
      onSecrets: () => {},
      newId: () => 'some-id',
    },
  );

const files = {
  readText: () => Promise.reject(new GateError('io', 'no such file')),
  writeText: async (path: string) => path,
};

const world = (configText = CONFIG) => {
  const written = new Map<string, string>();
  const ports: MergePorts = {
    prepare: prepareFrom(configText),
    files: {
      ...files,
      writeText: async (path, text) => {
        written.set(path, text);
        return `/abs/${path}`;
      },
    },
    baselineStore: undefined,
    say: () => {},
  };
  return { ports, written };
};

const requestOf = (runs: readonly Run[]): MergeRequest => ({
  runs,
  configPath: 'gatemark.yml',
  profile: undefined,
  failOn: ['slo', 'regression'],
  outDir: 'out',
  key: 'default',
  command: 'gatemark run',
  detailsUrl: undefined,
  warnings: [],
});

/** What the configuration is stored as. */
const { digest } = (await prepareFrom(CONFIG)()).plan;

const shares = (count: number): readonly Run[] => allShares(count, { configDigest: digest });

describe('mergeShards', () => {
  it('judges all shares as one run, without a variable of the environment, and writes every file', async () => {
    const { ports, written } = world();
    const { report } = await mergeShards(requestOf(shares(4)), ports);
    expect([report.verdict.status, report.verdict.slos.map(({ status }) => status)]).toEqual([
      'pass',
      ['pass', 'pass'],
    ]);
    expect([...written.keys()].sort()).toEqual(
      ['comment.md', 'junit.xml', 'report.html', 'report.json', 'run.json', 'summary.md'].map((name) => `out/${name}`),
    );
    expect(parseRun(written.get('out/run.json')!).fleet).toMatchObject({ count: 4, shares: [{}, {}, {}, {}] });
    expect(report.reproduce).toBe('gatemark run --seed seed');
  });

  it('is invalid when a share is missing', async () => {
    const { report } = await mergeShards(requestOf(shares(4).slice(1)), world().ports);
    expect([report.verdict.status, report.verdict.reasons[0]!.text]).toEqual([
      'invalid',
      expect.stringContaining('Share 1 of 4 is missing'),
    ]);
    // No limit is another than the configuration says.
    expect([report.verdict.slos[0]!.text, report.warnings]).toEqual(['throughput > 70/s', []]);
  });

  it('scales where it is told to, and says what that means', async () => {
    const late = shareRun(aShare(1, { count: 4, startedAt: '2026-01-02T03:00:03.000Z' }), { configDigest: digest });
    const { report } = await mergeShards(requestOf(shares(4).with(1, late)), world(SCALING).ports);
    expect(report.verdict.status).toBe('pass');
    expect(report.verdict.slos[0]!.text).toBe('throughput > 70/s (3/4 of it)');
    expect(report.warnings).toEqual([
      expect.stringContaining('These numbers are those of 3 of 4 shares of the load (without share 2 of 4).'),
      'Left out: share 2 of 4, which began 3.0 s after the common start.',
    ]);
  });

  it('compares with earlier runs, and says that it measures once', async () => {
    const window = buildWindow(8, { run: { configDigest: digest } });
    const baselineStore = createFileBaselineStore({
      stored: [{ runs: window, history: [], warnings: [] }],
      names: ['b'],
      pinned: [buildRun({ id: 'v1', configDigest: 'other', origin: { ...buildRun().origin, ref: 'refs/tags/v1' } })],
    });
    const { scenarios } = buildBurst({ seed: 99, medianMs: 400 });
    const runs = [shareRun(aShare(0, { count: 1 }), { configDigest: digest, scenarios })];
    const { report } = await mergeShards(requestOf(runs), { ...world().ports, baselineStore });
    expect([report.verdict.status, report.verdict.baseline.kind]).toEqual(['fail', 'stored']);
    expect(report.warnings).toEqual([
      expect.stringContaining('was not measured a second time'),
      expect.stringMatching(/^The release v1 is not compared with: its configuration/),
    ]);
  });

  it('can be overridden where it failed', async () => {
    const override = { label: 'gatemark-override', by: 'dev', at: '2026-01-02T04:00:00Z' };
    const findOverride = async () => ({ kind: 'found', override }) as const;
    const request = requestOf(allShares(1, { configDigest: digest }));
    const { report } = await mergeShards(request, { ...world().ports, findOverride });
    expect([report.verdict.status, report.override]).toEqual(['fail', override]);
  });

  it('merges parts that are no shares as it always did', async () => {
    const parts = ['a', 'b'].map((id) => buildRun({ id, configDigest: digest }));
    const { report } = await mergeShards(requestOf(parts), world().ports);
    expect([report.run.fleet, report.run.scenarios[0]!.load]).toEqual([undefined, '2 × 20/s for 10 s']);
  });

  it('refuses shares of another configuration', async () => {
    await expect(mergeShards(requestOf(allShares(4)), world().ports)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('was not made by gatemark.yml'),
    });
  });
});
