import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSlo } from '../../src/config/slo-grammar.ts';
import type { Flight } from '../../src/load/flight.ts';
import { type HealthInputs, type Vitals, whySaturated } from '../../src/load/generator-health.ts';
import { HealthRecorder } from '../../src/load/health-recorder.ts';
import { judgedTimes } from '../../src/load/judged-times.ts';
import { runLoad } from '../../src/load/run-load.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { GeneratorBlock } from '../../src/model/run.ts';
import type { Relation, Slo } from '../../src/model/slo.ts';
import { fromMillis, fromSeconds, micros } from '../../src/model/units.ts';
import { addGeneratorBlocks, NO_HEALTH } from '../../src/stats/generator.ts';
import { addHistograms, countOf, quantile } from '../../src/stats/histogram.ts';
import { buildBlock, histogramOfMs } from '../support/build-run.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { aLoad, anArrival, aPlan, aScenario } from '../support/plan-builders.ts';
import { createScriptedTransport } from '../support/scripted-transport.ts';

const slo = (text: string): Slo => {
  const parsed = parseSlo(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.slo;
};

/** `many` values of the first, then the others. */
const mostly = (usual: number, many: number, ...others: readonly number[]) =>
  histogramOfMs([...Array.from({ length: many }, () => usual), ...others]);

const aBlock = (overrides: Partial<GeneratorBlock> = {}): GeneratorBlock => ({
  ...NO_HEALTH,
  start: fromMillis(0),
  duration: fromSeconds(1),
  released: 1_000,
  loopDelay: mostly(1, 100),
  cpu: 0.2,
  ...overrides,
});

/** A limit that is missed by a hair, or the one given. */
const below = (ms: number, limit = ms - 0.1) => ({ operator: '<', limit: fromMillis(limit) }) as const;
const p95 = (ms: number, limit?: number) => ({
  name: 'p95',
  quantile: 0.95,
  value: fromMillis(ms),
  relation: below(ms, limit),
});
const p99 = (ms: number) => ({ ...p95(ms), name: 'p99', quantile: 0.99 });
const compared = (ms: number) => ({ ...p95(ms), relation: undefined });
const asked = (ms: number, relation: Relation) => ({ ...p95(ms), relation });

describe('whySaturated', () => {
  const healthy: HealthInputs = {
    scenario: 'chat',
    lag: mostly(1, 100),
    times: [p95(100)],
    blocks: [aBlock()],
  };
  const late = (ms: number, share: number) => mostly(1, 1_000 - share * 1_000, ...Array(share * 1_000).fill(ms));
  it.each<[string, Partial<HealthInputs>, RegExp | undefined]>([
    ['healthy', {}, undefined],
    ['unknown', { blocks: [], lag: NO_HEALTH.lag, times: [] }, undefined],
    ['late for a cache hit', { times: [p95(2)], blocks: [aBlock({ loopDelay: late(15, 0.03) })] }, /a p95 of 2\.0 ms/],
    ['as late for 2 s', { times: [p95(2_000)], blocks: [aBlock({ loopDelay: late(15, 0.03) })] }, undefined],
    [
      'the shortest time counts',
      { times: [p95(2_000), p95(5)], blocks: [aBlock({ loopDelay: late(15, 0.03) })] },
      /5\.0/,
    ],
    ['late for fewer than matter to a p95', { blocks: [aBlock({ loopDelay: late(40, 0.02) })] }, undefined],
    ['and enough for a p99', { times: [p99(100)], blocks: [aBlock({ loopDelay: late(40, 0.02) })] }, /p99\.5/],
    [
      'the worst of two',
      { times: [p95(100), p99(100)], blocks: [aBlock({ loopDelay: mostly(1, 95, 15, 15, 15, 40, 40) })] },
      /40\.0 ms at p99\.5/,
    ],
    ['within the floor', { times: [p95(1)], blocks: [aBlock({ loopDelay: late(9.9, 0.1) })] }, undefined],
    ['a tenth of a long time', { times: [p95(300)], blocks: [aBlock({ loopDelay: late(29, 0.1) })] }, undefined],
    ['more than a tenth', { times: [p95(300)], blocks: [aBlock({ loopDelay: late(31, 0.1) })] }, /bears 30\.0 ms/],
    [
      'an SLO that is met in any case',
      { times: [p95(100, 101)], blocks: [aBlock({ loopDelay: late(90, 0.1) })] },
      undefined,
    ],
    [
      'one that is missed in any case',
      { times: [p95(100, 50)], blocks: [aBlock({ loopDelay: late(49, 0.1) })] },
      undefined,
    ],
    [
      'one that is missed by less',
      { times: [p95(100, 50)], blocks: [aBlock({ loopDelay: late(51, 0.1) })] },
      /p95 of 100/,
    ],
    [
      'a lower limit that is met by less',
      { times: [asked(100, { operator: '>', limit: 80_000 })], blocks: [aBlock({ loopDelay: late(21, 0.1) })] },
      /p95 of 100/,
    ],
    [
      'a range that is left by less, and one that is held',
      {
        times: [asked(100, { operator: 'in', low: 10_000, high: 90_000 })],
        blocks: [aBlock({ loopDelay: late(21, 0.1) })],
      },
      /p95 of 100/,
    ],
    [
      'a range that is held in any case',
      {
        times: [asked(100, { operator: 'in', low: 10_000, high: 110_000 })],
        blocks: [aBlock({ loopDelay: late(21, 0.1) })],
      },
      undefined,
    ],
    [
      'what is compared only, a little late',
      { times: [compared(9)], blocks: [aBlock({ loopDelay: late(49, 0.1) })] },
      undefined,
    ],
    ['and very late', { times: [compared(9)], blocks: [aBlock({ loopDelay: late(51, 0.1) })] }, /bears 50\.0 ms/],
    ['no time to spoil', { times: [], blocks: [aBlock({ loopDelay: late(300, 0.1) })] }, undefined],
    ['lag', { lag: mostly(1, 10, 51) }, /released 51\.0 ms or more after their time \(limit 50\.0 ms\)/],
    ['lag that is nothing to long answers', { lag: mostly(1, 10, 51), times: [p95(2_000)] }, undefined],
    ['lag that is much to them', { lag: mostly(1, 10, 210), times: [p95(2_000)] }, /limit 200\.0 ms/],
    ['lag without an answer', { lag: mostly(1, 10, 51), times: [] }, /released 51\.0 ms/],
    ['no room left', { blocks: [aBlock({ cpu: 0.97 })] }, /used 97 % of its core \(limit 95 %\)/],
    ['no room for a while', { blocks: [aBlock({ cpu: 1 }), aBlock({ cpu: 0.5 })] }, undefined],
  ])('%s', (_name, inputs, expected) => {
    const text = whySaturated({ ...healthy, ...inputs });
    if (expected === undefined) expect(text).toBeUndefined();
    else expect(text).toMatch(expected);
    if (text !== undefined) expect(text).toMatch(/^chat: generator saturated: /);
  });

  const blocked = late(40, 0.1);
  it.each<[string, readonly GeneratorBlock[], RegExp]>([
    [
      'the rate that it holds',
      [aBlock({ cpu: 1, released: 9_000 })],
      /The load was 9,000\/s, and this machine holds about 4,500\/s: lower/,
    ],
    [
      'the rate at which it was on time',
      [aBlock({ released: 300 }), aBlock({ released: 2_000, loopDelay: blocked })],
      /It used only 20 %.*; it held 300\/s when that was the load\.$/,
    ],
    ['no rate where it was late at all', [aBlock({ loopDelay: blocked })], /beside the measurement\.$/],
    ['no rate that was too much as well', [aBlock(), aBlock({ loopDelay: blocked })], /beside the measurement\.$/],
    ['what was stolen', [aBlock({ loopDelay: blocked, steal: 0.12 })], /host gave 12 % of this machine's CPU time/],
    [
      'garbage collection',
      [aBlock({ loopDelay: blocked, cpu: 0.4, gc: histogramOfMs([2, 41]) })],
      /garbage collection paused it for up to 41\.0 ms/,
    ],
    [
      'not garbage collection that something else made slow',
      [aBlock({ loopDelay: blocked, gc: histogramOfMs([41]) })],
      /something else/,
    ],
    ['nothing that is not known', [aBlock({ loopDelay: blocked, cpu: undefined })], /ms\. something else took/i],
  ])('says what to do: %s', (_name, blocks, expected) => {
    expect(whySaturated({ ...healthy, blocks })).toMatch(expected);
  });

  it('never blames a loop that is late by no more than the floor', () => {
    const delays = fc.array(fc.integer({ min: 0, max: 9_990 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(delays, fc.double({ min: 0.01, max: 1, noNaN: true }), fc.nat(5_000), (us, at, value) => {
        const loopDelay = histogramOfMs(us.map((each) => each / 1_000));
        const times = [{ ...p95(value), quantile: at }];
        return whySaturated({ ...healthy, times, blocks: [aBlock({ loopDelay })] }) === undefined;
      }),
    );
  });

  it('holds the bound that it rests on: delays raise a quantile by no more than what is allowed for', () => {
    const times = fc.array(fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 0, max: 500 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(times, fc.constantFrom(0.5, 0.95, 0.99, 1), (pairs, q) => {
        const half = 1 - (1 - q) / 2;
        const measured = quantile(histogramOfMs(pairs.map(([time, delay]) => time + delay)), q)!;
        const truth = quantile(histogramOfMs(pairs.map(([time]) => time)), half)!;
        const delay = quantile(histogramOfMs(pairs.map(([, each]) => each)), half)!;
        return measured <= (truth + delay) * 1.002;
      }),
    );
  });
});

describe('judgedTimes', () => {
  const slices = [
    { tenant: 'free', blocks: [buildBlock(0, { ms: { latency: [10, 20], hit: [1, 2], ttft: [5], tpot: [3] } })] },
    { tenant: 'pro', blocks: [buildBlock(0, { ms: { latency: [100] } })] },
  ];
  const always = [
    ['p95', 100],
    ['ttft.p95', 5],
  ];
  it.each<[string, readonly (readonly [string, number])[]]>([
    ['error_rate < 1%', []],
    ['p50 < 1s', [['p50', 20]]],
    ['tenant(free).p99 < 1s', [['tenant(free).p99', 20]]],
    ['hit.p95 < 5ms', [['hit.p95', 2]]],
    ['miss.p95 < 5ms', []],
    ['cache.delta.p50 > 5ms', []],
    ['max in 1ms..2s', [['max', 100]]],
    ['tpot.p95 < 5ms', []],
  ])('%s', (text, more) => {
    const times = judgedTimes([slo(text)], slices);
    expect(times.map(({ name, value }) => [name, Math.floor(value / 1_000)])).toEqual([...always, ...more]);
  });

  it('has none where nothing was measured', () => {
    expect(judgedTimes([slo('p50 < 1s')], [])).toEqual([]);
  });
});

describe("the generator's blocks", () => {
  /** Vitals that count their looks, and are late as told. */
  const fakeVitals = (late: (take: number) => number) => {
    const calls: string[] = [];
    let takes = 0;
    const vitals: Vitals = {
      start: () => void calls.push('start'),
      take: () => {
        calls.push('take');
        return {
          loopDelay: histogramOfMs(Array(100).fill(late(takes++))),
          gc: NO_HEALTH.gc,
          cpu: 0.2,
          steal: undefined,
        };
      },
      stop: () => void calls.push('stop'),
    };
    return { vitals, calls };
  };
  const run = async (plan: Plan, late: (take: number) => number = () => 1, signal = new AbortController().signal) => {
    const clock = createFakeClock();
    // Cuts come a little late, as they do.
    clock.lateness(() => 100);
    const transport = createScriptedTransport(clock, () => ({ after: 20_000 }));
    const { vitals, calls } = fakeVitals(late);
    const result = await clock.runUntil(runLoad(plan, { clock, transport, vitals }, signal, () => {}));
    return { result, blocks: result.generator.blocks, calls };
  };
  const inARow = aPlan({
    loads: [
      aLoad({
        name: 'first',
        members: [{ scenario: 'a', weight: 1 }],
        arrival: anArrival(10, 3),
        warmup: fromSeconds(2),
      }),
      aLoad({
        name: 'second',
        members: [{ scenario: 'b', weight: 1 }],
        arrival: anArrival(10, 2.5),
        warmup: fromMillis(500),
        after: 'first',
      }),
    ],
    scenarios: [aScenario({ name: 'a' }), aScenario({ name: 'b' })],
  });

  it('begin with the first measurement, are one second long, and are cut where a load begins or ends to be measured', async () => {
    const { blocks, calls } = await run(inARow);
    const ends = blocks.map(({ start, duration }) => Math.round((start + duration) / 1_000));
    expect(ends).toEqual([1_000, 2_000, 3_000, 3_500, 4_000, 5_000, 6_000]);
    expect(calls.filter((call) => call !== 'take')).toEqual(['start', 'stop']);
  });

  it('hold every measured lag and every release, and nothing of the first warm-up', async () => {
    const { result, blocks } = await run(inARow);
    expect(blocks.reduce((sum, block) => sum + block.released, 0)).toBe(30 + 5 + 25);
    expect(countOf(result.generator.lag)).toBe(30 + 25);
    expect(addHistograms(blocks.map((block) => block.lag))).toEqual(result.generator.lag);
    expect(result.generator).toMatchObject(addGeneratorBlocks(blocks));
    expect(blocks.map((block) => block.start)).toEqual(
      blocks.map((_, index) => blocks.slice(0, index).reduce((sum, block) => sum + block.duration, 0)),
    );
  });

  it('speak against the scenario that was measured in them, and no other', async () => {
    const { result } = await run(inARow, (take) => (take === 1 ? 60 : 1));
    expect(result.generator.scenarioProblems).toEqual([
      {
        scenario: 'a',
        text: expect.stringMatching(/^a: generator saturated: its event loop was late by (60|59)\.\d ms/),
      },
    ]);
    const later = await run(inARow, (take) => (take >= 5 ? 60 : 1));
    expect(later.result.generator.scenarioProblems.map((each) => each.scenario)).toEqual(['b']);
    const between = await run(inARow, (take) => (take === 3 ? 60 : 1));
    expect(between.result.generator.scenarioProblems).toEqual([]);
  });

  it('are at most about sixty', async () => {
    const { blocks } = await run(aPlan({ loads: [aLoad({ arrival: anArrival(1, 300) })] }));
    expect(blocks.length).toBe(60);
  });

  it.each([
    ['with a release in it', 1],
    ['without', 0],
  ])('end with a short one: %s', (_name, count) => {
    const recorder = new HealthRecorder(fakeVitals(() => 1).vitals);
    recorder.begin(micros(1_000));
    recorder.cut(micros(2_000));
    if (count > 0) recorder.released({ isWarmup: false, intended: 1_000, released: 1_500 } as Flight);
    recorder.end(micros(3_000));
    expect(recorder.blocks().map(({ released, duration }) => [released, duration])).toEqual(
      count > 0 ? [[1, 2_000]] : [],
    );
  });

  it('are none where nothing was measured', async () => {
    const { blocks, calls } = await run(inARow, () => 1, AbortSignal.abort('SIGINT'));
    expect(blocks).toEqual([]);
    expect(calls).not.toContain('start');
  });
});
