import { describe, expect, it } from 'vitest';
import { runLoad } from '../../src/load/run-load.ts';
import { GateError } from '../../src/model/errors.ts';
import type { LoadPlan, Plan } from '../../src/model/plan.ts';
import type { Progress } from '../../src/model/progress.ts';
import type { ScenarioRun } from '../../src/model/run.ts';
import { fromMillis, fromSeconds, micros, ratio } from '../../src/model/units.ts';
import { countOf, quantile } from '../../src/stats/histogram.ts';
import { blocksOf, droppedOf, endedOf, pooled, totalCounts } from '../../src/stats/measurement.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { aLoad, anArrival, aPlan, aScenario, aTenant, someBounds, someUsers } from '../support/plan-builders.ts';
import { createScriptedTransport } from '../support/scripted-transport.ts';

type Script = Parameters<typeof createScriptedTransport>[1];

const aComparison = (overrides: Partial<Plan> = {}): Plan => {
  const plan = aPlan({ pairs: 10, ...overrides });
  const target = { url: 'http://127.0.0.1:2', ca: undefined };
  return { ...plan, baseline: { target, scenarios: plan.scenarios, probes: [] } };
};

/** Answers after that many ms. */
const taking =
  (ms: number): Script =>
  () => ({ after: ms * 1_000 });

/** Both gateways on one fake clock. */
const start = (plan: Plan, scripts: { readonly candidate?: Script; readonly baseline?: Script } = {}) => {
  const clock = createFakeClock();
  const candidate = createScriptedTransport(clock, scripts.candidate ?? taking(20));
  const baseline = createScriptedTransport(clock, scripts.baseline ?? taking(20));
  const abort = new AbortController();
  const progress: Progress[] = [];
  const ports = { clock, transport: candidate, baselineTransport: baseline };
  const promise = runLoad(plan, ports, abort.signal, (each) => progress.push(each));
  const finish = async () => ({ result: await clock.runUntil(promise), candidate, baseline, progress, clock });
  return { finish, abort, clock, promise };
};

const blocks = (runs: readonly ScenarioRun[] | undefined, name = 'main') =>
  blocksOf(runs!.find((each) => each.name === name)!.slices, undefined);

const bodies = (transport: { readonly sent: readonly { readonly request: { readonly body: string | undefined } }[] }) =>
  transport.sent.map(({ request }) => request.body);

const SEQ = { object: [['n', { template: [{ kind: 'seq' }] }]] } as const;
const NONCE = { object: [['n', { template: [{ kind: 'nonce' }] }]] } as const;
const asking = (overrides = {}) => aScenario({ method: 'POST', body: NONCE, ...overrides });

describe('a load on two gateways', () => {
  it('is sent in pairs of blocks, the same requests to both, drained in between', async () => {
    const { result, candidate, baseline } = await start(aComparison({ scenarios: [asking()] })).finish();
    expect(bodies(candidate)).toHaveLength(100);
    expect(new Set(bodies(candidate)).size).toBe(100);
    expect(bodies(baseline)).toEqual(bodies(candidate));
    for (const runs of [result.scenarios, result.baseline?.scenarios]) {
      expect(blocks(runs).map(({ index, duration, counts }) => [index, duration, counts.ok])).toEqual(
        Array.from({ length: 10 }, (_, index) => [index, 1_000_000, 10]),
      );
      expect(runs![0]).toMatchObject({ name: 'main', duration: fromSeconds(10), load: '10/s for 10s' });
    }
    expect(result).toMatchObject({ ending: { kind: 'complete' }, used: { requests: 200, concurrency: 1 } });
  });

  it('says by the start of a block when it was run, one side right after the other, each first as often', async () => {
    const { result } = await start(aComparison()).finish();
    const starts = [blocks(result.scenarios), blocks(result.baseline?.scenarios)].map((side) =>
      side.map(({ start }) => start),
    );
    expect(starts.flat().toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 20 }, (_, turn) => turn * 1_000_000),
    );
    const firsts = starts[0]!.map((at, pair) => Number(at < starts[1]![pair]!));
    expect(firsts.reduce((sum, each) => sum + each, 0)).toBe(5);
    expect(starts[0]!.every((at, pair) => Math.abs(at - starts[1]![pair]!) === 1_000_000)).toBe(true);
  });

  it('waits until nothing is in flight before the other side has its turn', async () => {
    const slow =
      (ms: number): Script =>
      (_request, index) => ({ after: (index % 10 === 9 ? ms : 5) * 1_000 });
    const { result, candidate, baseline } = await start(aComparison(), {
      candidate: slow(700),
      baseline: slow(300),
    }).finish();
    const last = (sent: typeof candidate.sent, pair: number) => sent[pair * 10 + 9]!.at;
    for (let pair = 0; pair < 10; pair++) {
      const [one, other] = [candidate.sent[pair * 10]!.at, baseline.sent[pair * 10]!.at];
      if (one < other) expect(other).toBeGreaterThan(last(candidate.sent, pair) + 700_000);
      else expect(one).toBeGreaterThan(last(baseline.sent, pair) + 300_000);
    }
    // In the block of the arrival, although it ended after it.
    expect(blocks(result.scenarios).map(({ histograms }) => countOf(histograms.latency!))).toEqual(Array(10).fill(10));
    expect(quantile(pooled(blocks(result.scenarios), 'latency'), 1)! / 1_000).toBeCloseTo(700, -1);
  });

  it('sends the warm-up to both and leaves it out', async () => {
    const loads = [aLoad({ warmup: fromSeconds(2) })];
    const { result, candidate, baseline } = await start(aComparison({ loads })).finish();
    expect([candidate.sent.length, baseline.sent.length]).toEqual([120, 120]);
    expect([result.scenarios[0]!.warmupRequests, result.baseline!.scenarios[0]!.warmupRequests]).toEqual([20, 20]);
    expect(totalCounts(blocks(result.scenarios)).ok).toBe(100);
  });

  it('opens connections to both before the first request', async () => {
    const { candidate, baseline } = await start(aComparison()).finish();
    expect([candidate.warmed[0], baseline.warmed[0]]).toEqual([10, 10]);
  });
});

describe.each<[string, Partial<LoadPlan>]>([
  ['a Poisson process', { arrival: { kind: 'constant-rate', rate: 20, process: 'poisson', duration: fromSeconds(5) } }],
  ['a ramp', { arrival: { kind: 'ramping-rate', process: 'uniform', stages: [{ to: 30, over: fromSeconds(5) }] } }],
  ['steps', { arrival: { kind: 'steps', from: 5, to: 15, by: 5, hold: fromSeconds(2) } }],
  ['users', { arrival: someUsers(3, [0.05, 0.2], 5) }],
  ['users without think time', { arrival: someUsers(3, [0, 0], 5) }],
  [
    'a ramp of users',
    {
      arrival: {
        kind: 'ramping-users',
        stages: [{ to: 6, over: fromSeconds(5) }],
        think: { min: micros(0), max: fromMillis(100) },
      },
    },
  ],
])('%s', (_, overrides) => {
  it('is the same on both sides, also where one is slower', async () => {
    const scenarios = [asking({ name: 'a', tenants: [aTenant(), aTenant({ id: 'paid' })] }), asking({ name: 'b' })];
    const members = [
      { scenario: 'a', weight: 2 },
      { scenario: 'b', weight: 1 },
    ];
    const loads = [aLoad({ warmup: fromSeconds(1), ...overrides, members })];
    const { result, candidate, baseline } = await start(aComparison({ scenarios, loads }), {
      baseline: taking(60),
    }).finish();
    const isOpen = result.scenarios[0]!.closed === false;
    if (isOpen) expect(bodies(baseline)).toEqual(bodies(candidate));
    for (const name of ['a', 'b']) {
      const [one, other] = [blocks(result.scenarios, name), blocks(result.baseline?.scenarios, name)];
      // A user may find no time for a request in a block of a gateway that is slower.
      const grid = new Map(one.map(({ index, duration }) => [index, duration]));
      expect(other.filter(({ index, duration }) => grid.get(index) !== duration)).toEqual([]);
      expect(other.length).toBeGreaterThan(isOpen ? one.length - 1 : 5);
      if (isOpen) expect(one.map(({ counts }) => counts.ok)).toEqual(other.map(({ counts }) => counts.ok));
    }
    expect(result.ending.kind).toBe('complete');
  });
});

it('users of a slower gateway begin each block with the same request as those of the faster one', async () => {
  const loads = [aLoad({ arrival: someUsers(3, [0.05, 0.2], 10) })];
  const plan = aComparison({ scenarios: [asking({ body: SEQ })], loads });
  const { candidate, baseline } = await start(plan, { baseline: taking(150) }).finish();
  const numbers = (transport: typeof candidate) =>
    bodies(transport)
      .map((body) => JSON.parse(body!).n as number)
      .toSorted((one, other) => one - other);
  expect(baseline.sent.length).toBeLessThan(0.8 * candidate.sent.length);
  expect(numbers(candidate)).toEqual(candidate.sent.map((_, index) => index));
  // Nine gaps, one between two blocks.
  const mine = numbers(baseline);
  expect(mine.slice(1).filter((number, index) => number !== mine[index]! + 1)).toHaveLength(9);
  expect(mine.at(-1)).toBeLessThan(candidate.sent.length);
});

describe('several loads', () => {
  it('run together in the same segments on the same side, and those behind them after', async () => {
    const scenarios = ['long', 'short', 'behind'].map((name) => asking({ name, path: `/${name}` }));
    const loads = [
      aLoad({ name: 'long', arrival: anArrival(10, 6), members: [{ scenario: 'long', weight: 1 }] }),
      aLoad({ name: 'short', arrival: anArrival(10, 3), members: [{ scenario: 'short', weight: 1 }] }),
      aLoad({
        name: 'behind',
        arrival: anArrival(20, 2),
        after: 'short',
        members: [{ scenario: 'behind', weight: 1 }],
      }),
    ];
    const { result, candidate, baseline } = await start(aComparison({ scenarios, loads })).finish();
    expect(bodies(baseline)).toEqual(bodies(candidate));
    const paths = (from: number, to: number) =>
      new Set(candidate.sent.slice(from, to).map(({ request }) => request.path));
    // 3 s with 20/s, 2 s with 30/s, 1 s with 10/s.
    expect(paths(0, 60)).toEqual(new Set(['/long', '/short']));
    expect(paths(60, 120)).toEqual(new Set(['/long', '/behind']));
    expect(paths(120, 130)).toEqual(new Set(['/long']));
    for (const [name, pairs, requests] of [
      ['long', 22, 60],
      ['short', 10, 30],
      ['behind', 10, 40],
    ] as const) {
      const [one, other] = [blocks(result.scenarios, name), blocks(result.baseline?.scenarios, name)];
      expect([name, one.length, totalCounts(one).ok]).toEqual([name, pairs, requests]);
      expect(other.map(({ counts }) => counts.ok)).toEqual(one.map(({ counts }) => counts.ok));
    }
  });
});

describe('a comparison that does not come to its end', () => {
  it.each<[string, Partial<Plan['bounds']>, number, unknown]>([
    ['requests', { requests: 73 }, 3, 'requests'],
    ['duration', { duration: fromMillis(7_300) }, 3, 'duration'],
    ['duration, between the sides', { duration: fromMillis(8_000) }, 4, 'duration'],
  ])('because of %s keeps its whole pairs, and counts the rest', async (_, limits, pairs, bound) => {
    const { result, candidate, baseline } = await start(aComparison({ bounds: someBounds(limits) })).finish();
    expect(result.ending).toEqual({ kind: 'bounded', bound });
    expect(blocks(result.baseline?.scenarios).map(({ index }) => index)).toEqual(
      Array.from({ length: pairs }, (_, index) => index),
    );
    expect(result.baseline!.scenarios[0]!.duration).toBe(fromSeconds(pairs));
    expect(result.used.requests).toBe(candidate.sent.length + baseline.sent.length);
    const counts = totalCounts(blocks(result.scenarios));
    expect(endedOf(counts)).toBe(candidate.sent.length);
    expect(endedOf(counts) + droppedOf(counts)).toBe(100);
    expect(counts.dropped.bound).toBe(100 - candidate.sent.length);
    expect(candidate.inFlight + baseline.inFlight).toBe(0);
  });

  it('ends complete where the bound of duration is met after the last request', async () => {
    const { result } = await start(aComparison({ bounds: someBounds({ duration: fromMillis(19_960) }) })).finish();
    expect([result.ending.kind, result.baseline!.scenarios[0]!.duration]).toEqual(['complete', fromSeconds(10)]);
  });

  it('when it is cancelled has what was measured', async () => {
    const { abort, clock, promise } = start(aComparison());
    await clock.advance(fromMillis(4_500));
    abort.abort('SIGTERM');
    const result = await promise;
    expect(result.ending).toEqual({ kind: 'cancelled', signal: 'SIGTERM' });
    expect([blocks(result.baseline?.scenarios).length, clock.pending()]).toEqual([2, 0]);
    expect(result.used.requests).toBe(45);
  });

  it('does not begin when it is cancelled before', async () => {
    const { abort, finish } = start(aComparison());
    abort.abort('SIGINT');
    const { result, candidate, baseline } = await finish();
    expect([result.ending.kind, candidate.sent.length, baseline.sent.length]).toEqual(['cancelled', 0, 0]);
  });

  it.each<['candidate' | 'baseline', RegExp, readonly string[]]>([
    ['candidate', /^\d+ of \d+ requests failed/, []],
    [
      'baseline',
      /^the baseline gateway: \d+ of \d+ requests failed/,
      [
        'The baseline gateway failed so often that limits.abort ended the run: there is nothing to compare with; check that it is up, and run it again',
      ],
    ],
  ])('because the %s fails says so', async (side, reason, problems) => {
    const bounds = someBounds({ abort: { errorRate: ratio(0.9), over: fromSeconds(2) } });
    const broken: Script = () => ({ after: 5_000, status: 500 });
    const { result } = await start(aComparison({ bounds }), { [side]: broken }).finish();
    expect(result.ending).toMatchObject({ kind: 'aborted', reason: expect.stringMatching(reason) });
    expect(result.generator.problems).toEqual(problems);
  });

  it.each<['candidate' | 'baseline', string]>([
    ['candidate', 'Nobody there'],
    ['baseline', 'The baseline gateway: Nobody there'],
  ])('because the %s cannot be reached sends nothing', async (side, message) => {
    const clock = createFakeClock();
    const unreachable = async () => {
      throw new GateError('unreachable', 'Nobody there', { hint: 'Is it up?' });
    };
    const transports = {
      candidate: createScriptedTransport(clock, taking(1), side === 'candidate' ? unreachable : undefined),
      baseline: createScriptedTransport(clock, taking(1), side === 'baseline' ? unreachable : undefined),
    };
    const ports = { clock, transport: transports.candidate, baselineTransport: transports.baseline };
    const failure = await runLoad(aComparison(), ports, new AbortController().signal, () => {}).catch((error) => error);
    expect(failure).toMatchObject({ code: 'unreachable', message, hint: 'Is it up?' });
    expect([transports.candidate.sent.length, transports.baseline.sent.length, clock.pending()]).toEqual([0, 0, 0]);
  });

  it.each<['candidate' | 'baseline', readonly unknown[]]>([
    ['candidate', []],
    ['baseline', [expect.stringMatching(/^The baseline gateway failed so often/)]],
  ])('because the %s is no longer there where both have answered before says so', async (side, problems) => {
    const clock = createFakeClock();
    const gone = async () => {
      throw new GateError('unreachable', 'Nobody there');
    };
    const refusing: Script = () => ({ after: 1_000, status: 502 });
    const transports = {
      candidate: createScriptedTransport(clock, taking(20)),
      baseline: createScriptedTransport(clock, taking(20)),
      [side]: createScriptedTransport(clock, refusing, gone),
    };
    const plan = aComparison({ bounds: someBounds({ abort: { errorRate: ratio(0.9), over: fromSeconds(2) } }) });
    const ports = { clock, transport: transports.candidate, baselineTransport: transports.baseline };
    const extension = { ...plan, baseline: { ...plan.baseline!, haveAnswered: true } };
    const result = await clock.runUntil(runLoad(extension, ports, new AbortController().signal, () => {}));
    expect([result.ending.kind, result.generator.problems]).toEqual(['aborted', problems]);
  });
});

describe('progress', () => {
  it('is of both sides together', async () => {
    const { progress } = await start(aComparison({ loads: [aLoad({ warmup: fromSeconds(1) })] })).finish();
    expect(progress[0]).toMatchObject({ sent: 0, loads: [] });
    expect(progress.find(({ sent }) => sent === 5)).toMatchObject({ loads: ['main'], warmup: true });
    // 22 stretches of a second, and half a second for what is in flight at the end of each.
    expect(progress.at(-1)).toMatchObject({ sent: 220, ok: 220, warmup: false, expected: fromSeconds(33) });
  });
});
