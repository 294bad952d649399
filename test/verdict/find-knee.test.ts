import { describe, expect, it } from 'vitest';
import type { Block } from '../../src/model/measurement.ts';
import type { ScenarioRun } from '../../src/model/run.ts';
import { findKnee } from '../../src/verdict/find-knee.ts';
import { judgeSlo } from '../../src/verdict/judge-slo.ts';
import { buildBlock, buildScenario } from '../support/build-run.ts';
import { MIN_SAMPLES, slo } from './build-policy.ts';

/** A step of 5 s with 200 requests, all at `ms`. */
const step = (index: number, ms: number, counts: Block['counts'] | object = {}): Block =>
  buildBlock(index, { seconds: 5, ms: { latency: Array(200).fill(ms) }, counts: { ok: 200, ...counts } });

const stepsOf = (blocks: readonly Block[], steps = blocks.length): ScenarioRun =>
  buildScenario({ blocks, stepRates: Array.from({ length: steps }, (_, i) => 20 * (i + 1)) });

const slosOf = (...texts: string[]) => texts.map(slo);
const P95 = slosOf('p95 < 500ms', 'knee >= 60/s');

describe('findKnee', () => {
  type Row = readonly [name: string, scenario: ScenarioRun, rate: number | undefined, open: RegExp | undefined];
  const cut = { dropped: { bound: 100 } };
  const rows: readonly Row[] = [
    ['the last step before the first that misses', stepsOf([step(0, 100), step(1, 200), step(2, 900)]), 40, undefined],
    ['a step above a missed one does not count', stepsOf([step(0, 100), step(1, 900), step(2, 100)]), 20, undefined],
    ['none where the first misses', stepsOf([step(0, 900), step(1, 900)]), undefined, undefined],
    ['the last where all are met, and perhaps more', stepsOf([step(0, 100), step(1, 100)]), 40, /raise steps\.to/],
    [
      'the last whole one where a bound ended the run',
      stepsOf([step(0, 100), step(1, 100, cut)]),
      20,
      /40\/s was not measured \(the run ended in this step: 33\.3 %/,
    ],
    ['the last one that was reached', stepsOf([step(0, 100)], 3), 20, /the run ended before this step/],
    [
      'a step whose arrivals found no connection is not met',
      stepsOf([step(0, 100), step(1, 100, { dropped: { connection: 9 } })]),
      20,
      undefined,
    ],
  ];
  it.each(rows)('%s', (_name, scenario, rate, open) => {
    const found = findKnee(scenario, P95)!;
    expect(found.knee).toMatchObject({ scenario: 'chat', rate });
    if (open === undefined) expect(found.openBecause).toBeUndefined();
    else expect(found.openBecause).toMatch(open);
  });

  it('names for each step what it missed', () => {
    const errors = step(1, 900, { errors: { gateway: 50 } });
    const { knee } = findKnee(stepsOf([step(0, 100), errors]), slosOf('p95 < 500ms', 'error_rate < 1%', 'knee > 1/s'))!;
    expect(knee.steps).toEqual([
      { rate: 20, met: true, failed: [] },
      { rate: 40, met: false, failed: ['p95 < 500ms', 'error_rate < 1%'] },
    ]);
  });

  it('leaves out what this scenario cannot measure, but not what one step has no sample of', () => {
    expect(findKnee(stepsOf([step(0, 100)]), slosOf('ttft.p95 < 1s', 'p95 < 1s'))!.knee.steps[0]!.met).toBe(true);
    const dead = buildBlock(1, { seconds: 5, counts: { errors: { timeout: 200 } } });
    expect(findKnee(stepsOf([step(0, 100), dead]), slosOf('p95 < 1s'))!.knee).toMatchObject({
      rate: 20,
      steps: [{ met: true }, { met: false, failed: ['p95 < 1s'] }],
    });
  });

  it('needs steps, and something to meet', () => {
    expect(findKnee(buildScenario(), P95)).toBeUndefined();
    expect(findKnee(stepsOf([step(0, 100)]), slosOf('knee > 1/s'))).toBeUndefined();
  });
});

describe('SLOs of a scenario in steps', () => {
  const judgeAll = (scenario: ScenarioRun, ...texts: string[]) => {
    const slos = slosOf(...texts);
    const knee = findKnee(scenario, slos);
    return slos.map((each) => judgeSlo(each, { scenario, knee, minSamples: MIN_SAMPLES }));
  };

  it('are judged up to the knee: what the gateway did beyond it does not fail them', () => {
    const scenario = stepsOf([step(0, 100), step(1, 200), step(2, 900)]);
    const [p95, high, low] = judgeAll(scenario, 'p95 < 500ms', 'knee >= 60/s', 'knee >= 40/s');
    expect(p95).toMatchObject({ status: 'pass', samples: 400 });
    expect(p95!.observed).toBeLessThan(201_000);
    expect(high).toMatchObject({ status: 'fail', observed: 40 });
    expect(low).toMatchObject({ status: 'pass', observed: 40 });
  });

  it('fail where not even the first step is met', () => {
    const [p95, knee] = judgeAll(stepsOf([step(0, 900), step(1, 100)]), 'p95 < 500ms', 'knee >= 20/s');
    expect(p95).toMatchObject({ status: 'fail', samples: 200 });
    expect(knee).toMatchObject({ status: 'fail', observed: 0 });
  });

  it('a knee that may be higher is inconclusive, unless the floor is reached', () => {
    const scenario = stepsOf([step(0, 100), step(1, 100)], 4);
    const [, high, low, band] = judgeAll(scenario, 'p95 < 1s', 'knee >= 60/s', 'knee >= 40/s', 'knee in 20/s..40/s');
    expect(high).toMatchObject({ status: 'inconclusive', observed: 40 });
    expect(high!.reason).toMatch(/the knee may be higher: the step at 60\/s was not measured/);
    expect(low).toMatchObject({ status: 'pass' });
    expect(band).toMatchObject({ status: 'inconclusive' });
  });

  it('a knee without another SLO cannot be judged', () => {
    expect(judgeAll(stepsOf([step(0, 100)]), 'knee >= 20/s')[0]).toMatchObject({
      status: 'inconclusive',
      observed: undefined,
    });
  });
});
