import { describe, expect, it } from 'vitest';
import { createFileBaselineStore } from '../../src/adapters/files/file-baseline-store.ts';
import { type GatePorts, type GateRequest, runGate } from '../../src/app/gate.ts';
import { parseRun } from '../../src/archive/run-codec.ts';
import { GateError } from '../../src/model/errors.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Ending, Run } from '../../src/model/run.ts';
import type { BaselineLookup } from '../../src/ports/baseline-store.ts';
import type { LoadResult } from '../../src/ports/load-runner.ts';
import { NO_HEALTH } from '../../src/stats/generator.ts';
import { buildPoint } from '../support/build-history.ts';
import { buildBlock, buildRun, buildScenario, steadyBlock } from '../support/build-run.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { buildBurst, buildWindow } from '../verdict/build-burst.ts';
import { buildLive } from '../verdict/build-live.ts';

const CONFIG = `
version: 1
gateway: {url: "\${env.URL}", headers: {authorization: "Bearer \${env.KEY}"}}
providers: {primary: {listen: 127.0.0.1:0}}
scenarios:
  chat:
    load: {rate: 20/s, duration: 10s}
    endpoint: models
    slo: [p95 < 1s]
`;

const REQUEST: GateRequest = {
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
  command: 'gatemark run',
  detailsUrl: undefined,
};

const measured = (run: Run = buildRun({ scenarios: [buildScenario()] })): LoadResult => ({
  scenarios: run.scenarios,
  used: run.used,
  probes: run.probes,
  ending: run.ending,
  generator: run.generator,
});

/** A world that remembers what was done to it. */
const world = (overrides: Partial<GatePorts> = {}) => {
  const log: string[] = [];
  const written = new Map<string, string>();
  const ports: GatePorts = {
    clock: createFakeClock(),
    files: {
      readText: () => Promise.reject(new GateError('io', 'cannot read gatemark.yml: no such file')),
      writeText: async (path, text) => {
        written.set(path, text);
        return `/abs/${path}`;
      },
    },
    env: (name) => ({ URL: 'http://127.0.0.1:1', KEY: 'sk-very-secret' })[name],
    readBeside: () => undefined,
    onSecrets: (secrets) => void log.push(`secrets ${secrets.join()}`),
    newId: () => 'some-id',
    loadRunner: {
      run: async () => {
        log.push('load');
        return measured();
      },
    },
    startProviders: async () => {
      log.push('providers up');
      return {
        url: '',
        providers: { primary: 'http://127.0.0.1:9' },
        stop: async () => void log.push('providers down'),
      };
    },
    greetProviders: async (providers) => void log.push(`greet ${providers.map(({ url }) => url).join()}`),
    baselineStore: undefined,
    environment: buildRun({}).environment,
    origin: buildRun({}).origin,
    toolVersion: '1.2.3',
    onProgress: () => {},
    say: () => {},
    signal: new AbortController().signal,
    ...overrides,
  };
  return { ports, log, written };
};

const withLookup = (lookup: BaselineLookup): Partial<GatePorts> => ({
  baselineStore: { find: async () => lookup },
});

describe('runGate', () => {
  it('announces secrets first, has the providers up for the burst only, and writes every file', async () => {
    const { ports, log, written } = world();
    const { report, files } = await runGate(REQUEST, ports);
    expect(log).toEqual([
      'secrets sk-very-secret',
      'providers up',
      'greet http://127.0.0.1:9',
      'load',
      'providers down',
    ]);
    expect([...written.keys()].sort()).toEqual(
      ['comment.md', 'junit.xml', 'report.html', 'report.json', 'run.json', 'summary.md'].map((name) => `out/${name}`),
    );
    expect(files['report.json']).toBe('/abs/out/report.json');
    expect(report.verdict.status).toBe('pass');
    expect(report.reproduce).toBe('gatemark run --seed some-id');
    expect(report.run).toMatchObject({ seed: 'some-id', gateway: 'http://127.0.0.1:1', toolVersion: '1.2.3' });
  });

  it('masks secrets that the gateway echoed, in every file', async () => {
    const scenario = buildScenario({
      blocks: [buildBlock(0, { ms: { latency: [5] }, counts: { ok: 1, providers: { 'sk-very-secret': 1 } } })],
      failures: [
        { errorClass: 'auth', status: 401, detail: 'bad key sk-very-secret', count: 3, requestId: 'sk-very-secret-1' },
      ],
    });
    const { ports, written } = world({
      loadRunner: { run: async () => measured(buildRun({ scenarios: [scenario] })) },
    });
    await runGate(REQUEST, ports);
    const all = [...written.values()].join('\n');
    expect(all).toContain('bad key ***');
    expect(all).not.toContain('sk-very-secret');
  });

  it("tells what went wrong with the generator without harm, and keeps the run's verdict", async () => {
    const generator = { ...buildRun().generator, warnings: ['no floor'] };
    const { ports } = world({
      loadRunner: { run: async () => measured(buildRun({ scenarios: [buildScenario()], generator })) },
    });
    const { report } = await runGate(REQUEST, ports);
    expect(report.warnings).toEqual(['no floor']);
    expect(report.verdict.status).toBe('pass');
  });

  it('an unreachable gateway is a result: invalid, with a report, and the providers are ended', async () => {
    const { ports, log, written } = world({
      loadRunner: {
        run: () => Promise.reject(new GateError('unreachable', 'Nobody is there.', { hint: 'Is it up?' })),
      },
    });
    const { report } = await runGate(REQUEST, ports);
    expect(report.run.ending).toEqual({ kind: 'unreachable', reason: 'Nobody is there. Is it up?' });
    expect([report.verdict.status, written.size, log.at(-1)]).toEqual(['invalid', 6, 'providers down']);
  });

  it('a crash of the load ends the providers and is passed on', async () => {
    const { ports, log } = world({ loadRunner: { run: () => Promise.reject(new GateError('internal', 'crash')) } });
    await expect(runGate(REQUEST, ports)).rejects.toThrow('crash');
    expect(log.at(-1)).toBe('providers down');
  });

  it('providers that crashed make the run invalid, and nothing measured is lost', async () => {
    const { ports } = world({
      startProviders: async () => ({
        url: '',
        providers: { primary: 'http://127.0.0.1:9' },
        stop: () => Promise.reject(new GateError('internal', 'out of memory')),
      }),
    });
    const { report } = await runGate(REQUEST, ports);
    expect(report.verdict.status).toBe('invalid');
    expect(report.verdict.reasons[0]!.text).toBe(
      'The simulated providers ended during the run: out of memory. Run it again.',
    );
    expect(report.run.scenarios).toHaveLength(1);
  });

  it('tells the load where every provider is, of which it starts only those that do not run yet', async () => {
    const running = '  elsewhere: {url: "http://127.0.0.1:9902/base/"}';
    const planned: unknown[] = [];
    const { ports, log } = world({
      loadRunner: {
        run: async ({ instruments }) => {
          planned.push(instruments);
          return measured();
        },
      },
    });
    const both = `providers:\n  primary: {listen: 127.0.0.1:0}\n${running}`;
    await runGate({ ...REQUEST, configText: CONFIG.replace(/^providers.*$/m, both) }, ports);
    expect(log.filter((line) => line === 'providers up')).toHaveLength(1);
    await runGate({ ...REQUEST, configText: CONFIG.replace(/^providers.*$/m, `providers:\n${running}`) }, ports);
    expect(log.filter((line) => line === 'providers up')).toHaveLength(1);
    const elsewhere = { name: 'elsewhere', url: 'http://127.0.0.1:9902/base' };
    expect(planned).toEqual([[{ name: 'primary', url: 'http://127.0.0.1:9' }, elsewhere], [elsewhere]]);
  });

  it('sends no load when a provider cannot be asked, and ends those that it started', async () => {
    const { ports, log } = world({
      greetProviders: () => Promise.reject(new GateError('unmeasurable', 'primary is no simulated provider')),
    });
    await expect(runGate(REQUEST, ports)).rejects.toMatchObject({ code: 'unmeasurable' });
    expect([log.includes('load'), log.at(-1)]).toEqual([false, 'providers down']);
  });

  it.each<[string, Partial<GatePorts>, string]>([
    ['no store', {}, 'none'],
    ['none yet', withLookup({ kind: 'absent', reason: 'first run', skipped: [] }), 'absent'],
    [
      'none to be trusted',
      withLookup({ kind: 'absent', reason: 'none', skipped: ['artifact 3: a fork'] }),
      'untrusted',
    ],
    ['one that cannot be read', withLookup({ kind: 'unreadable', reason: 'forbidden' }), 'unreadable'],
    [
      'one of another configuration',
      withLookup({ kind: 'found', runs: [buildRun({ id: 'old' })], runId: '7', skipped: [] }),
      'not-comparable',
    ],
  ])('a baseline: %s', async (_, overrides, kind) => {
    const { ports } = world(overrides);
    const { report } = await runGate(REQUEST, ports);
    expect(report.verdict.baseline.kind).toBe(kind);
  });

  it('shows the drift against the newest pinned run, for runs in named files', async () => {
    const scenario = buildScenario({ blocks: Array.from({ length: 30 }, (_, index) => steadyBlock(index)) });
    const loadRunner = { run: async () => measured(buildRun({ scenarios: [scenario] })) };
    const first = world({ loadRunner });
    await runGate(REQUEST, first.ports);
    const stored = parseRun(first.written.get('out/run.json')!);
    const storedAt = (id: string, day: number) => ({ ...stored, id, createdAt: `2026-01-0${day}T00:00:00.000Z` });
    const runs = [1, 2, 3, 4, 5, 6].map((day) => storedAt(`day ${day}`, day));
    const againstIn = async (pinned: readonly Run[]) => {
      const baselineStore = createFileBaselineStore({
        stored: [{ runs, history: [], warnings: [] }],
        names: ['a.json'],
        pinned,
      });
      const { report } = await runGate(REQUEST, world({ loadRunner, baselineStore }).ports);
      return new Set(report.verdict.regressions.map(({ against }) => against));
    };
    expect(await againstIn([])).toEqual(new Set(['window', 'oldest']));
    expect(await againstIn([storedAt('v1', 1), storedAt('v2', 2)])).toEqual(new Set(['window', 'release', 'oldest']));
    // The newest is the oldest run of the window here: it stands there once.
    expect(await againstIn([storedAt('v0', 1), storedAt('day 1', 2)])).toEqual(new Set(['window', 'release']));
  });

  it('has the history of the baseline as its trend, and says what had to be left out of it', async () => {
    const history = [buildPoint(1), buildPoint(2)];
    const lookup = { kind: 'found', runs: [buildRun({ id: 'old' })], runId: '7', skipped: [] } as const;
    const gateOf = async (more: Partial<Extract<BaselineLookup, { kind: 'found' }>>) =>
      (await runGate(REQUEST, world(withLookup({ ...lookup, ...more })).ports)).report;
    const { trend, warnings } = await gateOf({ history, warnings: ['The history was cut.'] });
    expect(trend).toMatchObject({ points: history, changes: [], now: { configuration: expect.any(String) } });
    expect(warnings).toContain('The history was cut.');
    expect((await gateOf({})).trend).toBeUndefined();
    const stopped = world({
      ...withLookup({ ...lookup, history }),
      loadRunner: { run: async () => measured(buildRun({ ending: { kind: 'cancelled', signal: 'SIGTERM' } })) },
    });
    expect((await runGate(REQUEST, stopped.ports)).report.trend).toMatchObject({ points: history, now: undefined });
  });

  it('warns of a pinned run that is not compared with', async () => {
    const scenario = buildScenario();
    const loadRunner = { run: async () => measured(buildRun({ scenarios: [scenario] })) };
    const first = world({ loadRunner });
    await runGate(REQUEST, first.ports);
    const stored = { ...parseRun(first.written.get('out/run.json')!), id: 'stored' };
    const pinned = { ...stored, id: 'v1', configDigest: 'other', origin: { ...stored.origin, ref: 'refs/tags/v1' } };
    const baselineStore = createFileBaselineStore({
      stored: [{ runs: [stored], history: [], warnings: [] }],
      names: ['a.json'],
      pinned: [pinned],
    });
    const { report } = await runGate(REQUEST, world({ loadRunner, baselineStore }).ports);
    expect(report.warnings).toEqual([expect.stringMatching(/^The release v1 is not compared with: its configuration/)]);
  });

  it('asks the store for one run more than is compared with, and reports what it did not trust', async () => {
    const asked: number[] = [];
    const skipped = ['3', '5', '7', '9', '11'].map((id) => `artifact ${id} of run 4: it has expired`);
    const { ports } = world({
      baselineStore: {
        find: async (window) => {
          asked.push(window);
          return { kind: 'absent', reason: 'none trusted', skipped };
        },
      },
    });
    const { report, windowSize } = await runGate(REQUEST, ports);
    expect([asked, windowSize]).toEqual([[11], 10]);
    expect(report.verdict.baseline).toEqual({
      kind: 'untrusted',
      reason: `none trusted: ${skipped.slice(0, 3).join('; ')}; 2 more`,
    });
    expect(report.warnings).toEqual([]);
  });

  it('reports what it did not trust beside what it took', async () => {
    const lookup = {
      kind: 'found',
      runs: [buildRun({ id: 'old' })],
      runId: '7',
      skipped: ['artifact 3: a fork'],
    } as const;
    const { report } = await runGate(REQUEST, world(withLookup(lookup)).ports);
    expect(report.warnings).toEqual(['A stored run was not used as baseline: artifact 3: a fork']);
  });

  it('a host that is not allowed is a problem of the configuration, before anything starts', async () => {
    const { ports, log } = world();
    const failure = await runGate({ ...REQUEST, allowedHosts: ['preview.example'] }, ports).catch((error) => error);
    expect(failure).toMatchObject({ code: 'config', problems: [{ path: 'gateway.url', received: '127.0.0.1:1' }] });
    expect(log).toEqual(['secrets sk-very-secret']);
  });

  it('a configuration that is not there is a matter of usage', async () => {
    const { ports } = world();
    const failure = await runGate({ ...REQUEST, configText: undefined }, ports).catch((error) => error);
    expect(failure).toMatchObject({ code: 'usage', message: 'cannot read gatemark.yml: no such file' });
  });
});

describe('runGate with a second gateway', () => {
  const LIVE: GateRequest = { ...REQUEST, baselineUrl: 'http://user:old-password@127.0.0.1:2/v1' };
  const bothSides = (): LoadResult => {
    const failures = [
      { errorClass: 'auth', status: 401, detail: 'no old-password', count: 1, requestId: undefined },
    ] as const;
    return { ...measured(), baseline: { scenarios: [buildScenario({ failures })], probes: [] } };
  };

  it('sends the plan for both, and asks no store', async () => {
    const plans: Plan[] = [];
    const store = { find: () => Promise.reject(new Error('not to be asked')) };
    const loadRunner = {
      run: async (plan: Plan) => {
        plans.push(plan);
        return bothSides();
      },
    };
    await runGate(LIVE, world({ baselineStore: store, loadRunner }).ports);
    expect(plans[0]!.target.url).toBe('http://127.0.0.1:1');
    expect(plans[0]!.baseline!.target.url).toBe('http://127.0.0.1:2/v1');
    expect(plans[0]!.pairs).toBe(30);
  });

  it('judges its run by the other side, writes both, and masks the secrets of both', async () => {
    const { ports, written, log } = world({ loadRunner: { run: async () => bothSides() } });
    const { report, files } = await runGate(LIVE, ports);
    expect(report.verdict.baseline).toMatchObject({ kind: 'live', gateway: 'http://127.0.0.1:2', pairs: 10 });
    expect(report.compared.map(({ gateway }) => gateway)).toEqual(['http://127.0.0.1:2']);
    expect(report.reproduce).toBe('gatemark run --baseline-url http://127.0.0.1:2 --seed some-id');
    expect(files['baseline-run.json']).toBe('/abs/out/baseline-run.json');
    const [run, other] = ['run', 'baseline-run'].map((name) => parseRun(written.get(`out/${name}.json`)!));
    expect([run!.gateway, run!.comparison]).toEqual([
      'http://127.0.0.1:1',
      { id: 'some-id', side: 'candidate', pairs: 10 },
    ]);
    expect([other!.gateway, other!.comparison?.side]).toEqual(['http://127.0.0.1:2', 'baseline']);
    expect(log[0]).toContain('old-password');
    expect([...written.values()].join('\n')).toContain('no ***');
    expect([...written.values()].join('\n')).not.toContain('old-password');
  });

  it('that could not be reached has no other side', async () => {
    const run = () => Promise.reject(new GateError('unreachable', 'The baseline gateway: nobody is there.'));
    const { report, files } = await runGate(LIVE, world({ loadRunner: { run } }).ports);
    expect([report.verdict.status, report.run.comparison]).toEqual(['invalid', undefined]);
    expect(report.verdict.reasons[0]!.text).toBe('The baseline gateway: nobody is there.');
    expect(files['baseline-run.json']).toBeUndefined();
  });

  it.each<[string, Partial<GateRequest>, object]>([
    ['no URL', { baselineUrl: 'old gateway' }, { path: 'baseline-url', message: 'is not a URL' }],
    [
      'a host that is not allowed',
      { allowedHosts: ['127.0.0.1:1'] },
      { path: 'baseline-url', received: '127.0.0.1:2' },
    ],
  ])('refuses %s before anything is sent', async (_, request, problem) => {
    const { ports, log } = world();
    const failure = await runGate({ ...LIVE, ...request }, ports).catch((error) => error);
    expect(failure).toMatchObject({ code: 'config', problems: [problem] });
    expect(log).not.toContain('load');
  });

  it('says where the limits cut the load', async () => {
    const configText = CONFIG.replace('scenarios:', 'limits: {requests: 400}\nscenarios:');
    const { report } = await runGate(
      { ...LIVE, configText },
      world({ loadRunner: { run: async () => bothSides() } }).ports,
    );
    expect(report.warnings[0]).toMatch(
      /^limits.requests 400 leaves 200 for each of the two gateways: the measured phase/,
    );
  });

  describe('an undecided comparison', () => {
    /** Bursts one after the other, whose p95 differ by so much. */
    const bursts = (...changes: readonly (number | Partial<LoadResult>)[]) => {
      const plans: Plan[] = [];
      const run = async (plan: Plan): Promise<LoadResult> => {
        const next = changes[plans.push(plan) - 1]!;
        const change = typeof next === 'number' ? next : 1;
        const candidate = { medianMs: 200 * change };
        const live = buildLive({ seed: plans.length, pairs: plan.pairs, perBlock: 20, sigma: 0.6, candidate });
        const { scenarios } = live.other;
        return {
          ...measured(live.run),
          baseline: { scenarios, probes: [] },
          ...(typeof next === 'number' ? {} : next),
        };
      };
      return { plans, run };
    };
    const gate = async (changes: readonly (number | Partial<LoadResult>)[], configText = CONFIG) => {
      const { plans, run } = bursts(...changes);
      const { ports, written } = world({ loadRunner: { run } });
      const { report } = await runGate({ ...LIVE, configText }, ports);
      const runs = ['run', 'baseline-run'].map((name) => parseRun(written.get(`out/${name}.json`)!));
      const pairs = runs.map(({ scenarios }) => scenarios[0]!.slices[0]!.blocks.length);
      const p95 = report.verdict.regressions.find(({ metric }) => metric === 'p95')!;
      return { report, plans, pairs, runs, p95, comment: written.get('out/comment.md')! };
    };

    it('is extended once, judged as a whole, and says so', async () => {
      const { report, plans, pairs, runs, p95, comment } = await gate([1.1, 1.3]);
      expect(plans.map(({ seed }) => seed)).toEqual(['some-id', 'some-id/extension']);
      expect(plans[1]!.pairs).toBeGreaterThan(0);
      expect(pairs).toEqual([30 + plans[1]!.pairs, 30 + plans[1]!.pairs]);
      expect(runs.map(({ used, comparison }) => [used.requests, comparison?.pairs])).toEqual([
        [400, pairs[0]],
        [400, pairs[0]],
      ]);
      expect([report.verdict.status, p95.status]).toEqual(['fail', 'fail']);
      expect(comment).toContain(`was extended once, by ${plans[1]!.pairs} more`);
    });

    it('is extended no more than once', async () => {
      const { report, plans, p95 } = await gate([1.1, 1.21]);
      expect([plans.length, p95.status, report.verdict.status]).toEqual([2, 'inconclusive', 'inconclusive']);
    });

    it('is not extended where the limits leave no room', async () => {
      const { plans, pairs, report } = await gate(
        [1.1],
        CONFIG.replace('scenarios:', 'limits: {requests: 400}\nscenarios:'),
      );
      expect([plans.length, pairs, report.verdict.status]).toEqual([1, [30, 30], 'inconclusive']);
    });

    it('that is decided is not extended', async () => {
      const { plans, report } = await gate([1]);
      expect([plans.length, report.verdict.status]).toEqual([1, 'pass']);
    });

    it('keeps its first result where the extension was ended in the middle', async () => {
      const { report, pairs, runs, comment } = await gate([1.1, { ending: { kind: 'cancelled', signal: 'SIGINT' } }]);
      expect([report.verdict.status, pairs]).toEqual(['inconclusive', [30, 30]]);
      expect(runs.map(({ used, ending }) => [used.requests, ending.kind])).toEqual([
        [400, 'complete'],
        [400, 'complete'],
      ]);
      expect(comment).toContain('it was cancelled (SIGINT)');
    });

    it('fails where the gateway under test goes down in the extension, and is invalid where the other one does', async () => {
      const ending: Ending = { kind: 'aborted', reason: '9 of 9 requests failed' };
      const mine = await gate([1.1, { ending }]);
      expect([mine.report.verdict.status, mine.report.run.ending]).toEqual(['fail', ending]);
      expect(mine.report.verdict.reasons[0]!.text).toMatch(
        /stopped early to spare the gateway: 9 of 9 requests failed/,
      );
      const problems = ['The baseline gateway failed so often'];
      const other = await gate([1.1, { ending, generator: { ...NO_HEALTH, problems } }]);
      expect([other.report.verdict.status, other.report.verdict.reasons[0]!.text]).toEqual(['invalid', problems[0]]);
    });

    it('shares the chance of a false alarm between its looks, where there may be two', async () => {
      const wide = await gate([1]);
      const narrow = await gate([1], CONFIG.replace('scenarios:', 'limits: {requests: 400}\nscenarios:'));
      const widthOf = ({ p95 }: typeof wide): number => p95.interval![1] - p95.interval![0];
      expect(widthOf(wide)).toBeGreaterThan(1.08 * widthOf(narrow));
    });
  });

  describe('what fails against earlier runs', () => {
    const bursts = (...medians: readonly number[]) => {
      const left = [...medians];
      const seeds: string[] = [];
      const run: GatePorts['loadRunner']['run'] = async (plan) => {
        seeds.push(plan.seed);
        return measured(buildBurst({ seed: 90 + seeds.length, medianMs: left.shift()! }));
      };
      return { seeds, loadRunner: { run } };
    };
    // Runs of this configuration have its digest, which the first gate tells.
    const gateWith = async (...medians: readonly number[]) => {
      const { report: first } = await runGate(REQUEST, world().ports);
      const earlier = buildWindow(10).map((run) => ({ ...run, ...pickComparable(first.run) }));
      const { seeds, loadRunner } = bursts(...medians);
      const lookup = { kind: 'found', runs: earlier, runId: '1', skipped: [] } as const;
      const { ports, log, written } = world({ ...withLookup(lookup), loadRunner });
      return { ...(await runGate(REQUEST, ports)), seeds, log, written };
    };
    const pickComparable = ({ configDigest, dialect, environment }: Run) => ({ configDigest, dialect, environment });

    it('is measured a second time, and fails when that agrees', async () => {
      const { report, seeds, log } = await gateWith(350, 350);
      expect(seeds).toEqual(['some-id', 'some-id/confirmation']);
      expect(log.filter((line) => line.startsWith('providers'))).toEqual([
        'providers up',
        'providers down',
        'providers up',
        'providers down',
      ]);
      expect(report.verdict.status).toBe('fail');
      expect(report.verdict.reasons[0]!.text).toMatch(/a second burst of fresh requests saw it too/);
      expect(report.run.used.requests).toBe(2 * buildRun().used.requests);
    });

    it('is inconclusive when it does not', async () => {
      const { report } = await gateWith(350, 200);
      expect(report.verdict.status).toBe('inconclusive');
      expect(report.verdict.reasons[0]!.text).toMatch(/did not confirm it/);
    });

    it('leaves its second burst beside the first, for whoever judges them again', async () => {
      const { written } = await gateWith(350, 200);
      const again = parseRun(written.get('out/confirmation-run.json')!);
      expect(again.scenarios).toEqual(buildBurst({ seed: 92, medianMs: 200 }).scenarios);
    });

    it('is not measured again where nothing failed', async () => {
      const { seeds, written } = await gateWith(200);
      expect([seeds, written.has('out/confirmation-run.json')]).toEqual([['some-id'], false]);
    });
  });
});
