import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extendComparison } from '../../src/app/extend-comparison.ts';
import { runLoad } from '../../src/load/run-load.ts';
import { GateError } from '../../src/model/errors.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Ending } from '../../src/model/run.ts';
import { fromSeconds, micros } from '../../src/model/units.ts';
import type { RegressionFinding } from '../../src/model/verdict.ts';
import type { LoadResult } from '../../src/ports/load-runner.ts';
import { NO_HEALTH } from '../../src/stats/generator.ts';
import { buildRun, buildScenario } from '../support/build-run.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { aLoad, anArrival, aPlan, aScenario, someBounds } from '../support/plan-builders.ts';
import { regressionFinding } from '../support/report-builders.ts';
import { createScriptedTransport } from '../support/scripted-transport.ts';

const BASELINE = { target: { url: 'http://127.0.0.1:2', ca: undefined }, scenarios: [aScenario()], probes: [] };
const PLAN = aPlan({ baseline: BASELINE, loads: [aLoad({ blocks: 30 })] });

const undecided = (pairs: number): RegressionFinding =>
  regressionFinding({
    scenario: 'main',
    against: 'live',
    status: 'inconclusive',
    needed: { pairs, requests: 1, duration: micros(1) },
  });

const result = (overrides: Partial<LoadResult> = {}): LoadResult => {
  const { used, ending, generator } = buildRun();
  const scenarios = [buildScenario({ name: 'main' })];
  return { scenarios, probes: [], baseline: { scenarios, probes: [] }, used, ending, generator, ...overrides };
};

interface Case {
  readonly findings?: readonly RegressionFinding[];
  readonly plan?: Plan;
  readonly load?: LoadResult;
  readonly more?: () => Promise<LoadResult>;
}

const extend = async ({ findings = [undecided(9)], plan = PLAN, load = result(), more }: Case) => {
  const asked: Plan[] = [];
  const extended = await extendComparison({ plan, load, findings }, async (again) => {
    asked.push(again);
    return more === undefined ? result() : more();
  });
  return { ...extended, asked, first: load };
};

const blocksOf = ({ scenarios }: Pick<LoadResult, 'scenarios'>) => scenarios[0]!.slices[0]!.blocks;

describe('extendComparison', () => {
  it('measures as many pairs more as it takes, and appends them on both sides', async () => {
    const { load, warnings, asked } = await extend({});
    expect(asked.map(({ pairs, seed }) => [pairs, seed])).toEqual([[12, 'seed/extension']]);
    expect([blocksOf(load).length, blocksOf(load.baseline!).length]).toEqual([20, 20]);
    expect(load.used.requests).toBe(400);
    expect(warnings).toEqual([
      'The comparison was undecided after 30 pairs of blocks (p95 of main), and was extended once, by 12 more: that is what it takes by what had been seen, as far as limits leave room.',
    ]);
  });

  const cancelled: Ending = { kind: 'cancelled', signal: 'SIGTERM' };
  const untouched: readonly (readonly [string, Case])[] = [
    ['nothing is undecided', { findings: [{ ...undecided(9), status: 'pass' }] }],
    ['what is undecided does not gate', { findings: [{ ...undecided(9), gating: false }] }],
    ['it is compared with earlier runs', { findings: [{ ...undecided(9), against: 'window' }] }],
    ['it takes more than twice what is left', { findings: [undecided(70)] }],
    ['the limits leave no room', { plan: { ...PLAN, bounds: someBounds({ requests: 210 }) } }],
    ['the run was cut off', { load: result({ ending: cancelled }) }],
    ['the run met a bound', { load: result({ ending: { kind: 'bounded', bound: 'duration' } }) }],
  ];
  it.each(untouched)('leaves the run as it is where %s', async (_name, each) => {
    const { load, warnings, asked, first } = await extend(each);
    expect([asked, warnings]).toEqual([[], []]);
    expect(load).toBe(first);
  });

  const broken: readonly (readonly [why: string, Partial<LoadResult>])[] = [
    ['it was cancelled (SIGTERM)', { ending: cancelled }],
    ['limits.duration ended it', { ending: { kind: 'bounded', bound: 'duration' } }],
    ['nobody is there', { ending: { kind: 'unreachable', reason: 'nobody is there.' } }],
    ['The generator lagged', { generator: { ...NO_HEALTH, problems: ['The generator lagged.'] } }],
  ];
  it.each(broken)('keeps the first result where the extension came to no good end: %s', async (why, overrides) => {
    const { load, warnings, first } = await extend({ more: async () => result(overrides) });
    expect(load).toEqual({ ...first, used: { ...first.used, requests: 400, duration: fromSeconds(20) } });
    expect(warnings).toEqual([
      `The undecided comparison was to be extended by 12 pairs of blocks, which came to no good end (${why}): it is judged by its first 30 pairs.`,
    ]);
  });

  it('ends as one longer run would, where a gateway fails in the extension', async () => {
    const ending: Ending = { kind: 'aborted', reason: 'everything failed' };
    const problems = ['The baseline gateway failed'];
    const generator = { ...NO_HEALTH, problems };
    const { load, warnings } = await extend({ more: async () => result({ ending, generator }) });
    expect([blocksOf(load).length, load.used.requests, load.ending]).toEqual([20, 400, ending]);
    expect(load.generator.problems).toEqual(problems);
    expect(warnings).toEqual([
      'The comparison was undecided after 30 pairs of blocks (p95 of main), and was extended once, by 12 more: in these the run was stopped early.',
    ]);
  });

  it('keeps the first result where the extension could not begin', async () => {
    const { load, warnings, first } = await extend({ more: () => Promise.reject(new GateError('usage', 'no port')) });
    expect(load).toBe(first);
    expect(warnings[0]).toContain('(no port)');
  });

  it('hides no fault of its own', async () => {
    const fault = new Error('a fault');
    await expect(extend({ more: () => Promise.reject(fault) })).rejects.toBe(fault);
  });

  it('makes of both parts what one longer run is, where arrivals and answers are the same', async () => {
    const cases = fc.record({
      rate: fc.integer({ min: 1, max: 20 }),
      pairs: fc.integer({ min: 8, max: 16 }),
      needed: fc.integer({ min: 1, max: 8 }),
      answers: fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 9 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ rate, pairs, needed, answers }) => {
        const inParts = engine(answers);
        const plan = seconds(pairs, rate);
        const first = await inParts(plan);
        const { load, warnings } = await extendComparison(
          { plan, load: first, findings: [undecided(needed)] },
          inParts,
        );
        const whole = await engine(answers)(seconds(pairs + 4 * Math.ceil(needed / 4), rate));
        expect(warnings).toHaveLength(1);
        expect(measured(load)).toEqual(measured(whole));
        expect(measured(load.baseline!)).toEqual(measured(whole.baseline!));
        expect(load.used.requests).toBe(whole.used.requests);
        const starts = blocksOf(load).map(({ start }) => start);
        expect(starts).toEqual(starts.toSorted((one, other) => one - other));
      }),
      { numRuns: 30, seed: 20260105 },
    );
  }, 60_000);
});

/** A pair a second. */
const seconds = (pairs: number, rate: number): Plan => ({
  ...PLAN,
  pairs,
  loads: [aLoad({ arrival: anArrival(rate, pairs), blocks: pairs })],
});

/** Two gateways that go on with their answers from one burst to the next. */
const engine = (answers: readonly number[]) => {
  const clock = createFakeClock();
  const gateway = () =>
    createScriptedTransport(clock, (_request, index) => ({ after: 1_000 * answers[index % answers.length]! }));
  const [transport, baselineTransport] = [gateway(), gateway()];
  return (plan: Plan) =>
    clock.runUntil(runLoad(plan, { clock, transport, baselineTransport }, new AbortController().signal, () => {}));
};

/** Each burst opens connections of its own. */
const measured = (side: Pick<LoadResult, 'scenarios'>) =>
  blocksOf(side).map(({ index, duration, counts, histograms: { connect: _, ...histograms } }) => ({
    index,
    duration,
    counts,
    histograms,
  }));
