import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeRuns } from '../../src/archive/merge-runs.ts';
import type { Block } from '../../src/model/measurement.ts';
import type { FailureGroup, GeneratorBlock, GeneratorHealth, Run } from '../../src/model/run.ts';
import { fromSeconds } from '../../src/model/units.ts';
import { NO_HEALTH } from '../../src/stats/generator.ts';
import { buildBlock, buildRun, buildScenario, histogramOf } from '../support/build-run.ts';

/** One request of a made-up burst. */
interface Request {
  readonly block: number;
  readonly tenant: string;
  readonly ms: number;
  readonly failed: boolean;
}

const anyRequest: fc.Arbitrary<Request> = fc.record({
  block: fc.nat(4),
  tenant: fc.constantFrom('free', 'pro'),
  ms: fc.integer({ min: 1, max: 60_000 }),
  failed: fc.boolean(),
});

const blocksFrom = (requests: readonly Request[]): Block[] =>
  [...new Set(requests.map((request) => request.block))]
    .sort((a, b) => a - b)
    .map((index) => {
      const here = requests.filter((request) => request.block === index);
      const ok = here.filter((request) => !request.failed);
      return buildBlock(index, {
        counts: ok.length < here.length ? { errors: { timeout: here.length - ok.length } } : {},
        ms: ok.length > 0 ? { latency: ok.map((request) => request.ms) } : {},
      });
    });

const runOf = (id: string, requests: readonly Request[]): Run => {
  const failed = requests.filter((request) => request.failed).length;
  const failure = {
    errorClass: 'timeout',
    status: undefined,
    detail: 'late',
    count: failed,
    requestId: undefined,
  } as const;
  return buildRun({
    id,
    used: { requests: requests.length, duration: fromSeconds(5), concurrency: 1, tokens: 3 * requests.length },
    generator: { ...buildRun().generator, lag: histogramOf(requests.map((request) => request.ms)) },
    scenarios: [
      buildScenario({
        duration: fromSeconds(5),
        slices: ['free', 'pro'].map((tenant) => ({
          tenant,
          blocks: blocksFrom(requests.filter((request) => request.tenant === tenant)),
        })),
        failures: failed > 0 ? [failure] : [],
      }),
    ],
  });
};

/** What must not depend on how the requests were split. */
const measured = (run: Run) => ({
  slices: run.scenarios.map((scenario) => scenario.slices),
  failures: run.scenarios.map((scenario) => scenario.failures),
  requests: run.used.requests,
  tokens: run.used.tokens,
  lag: run.generator.lag,
});

describe('mergeRuns', () => {
  it('of the parts of a run is the whole run, in any order', () => {
    const split = fc.array(fc.tuple(anyRequest, fc.nat(3)), { maxLength: 120 });
    fc.assert(
      fc.property(split, fc.boolean(), (requests, reversed) => {
        const parts = [0, 1, 2, 3].map((shard) =>
          runOf(
            `shard-${shard}`,
            requests.filter(([, home]) => home === shard).map(([request]) => request),
          ),
        );
        const whole = runOf(
          'whole',
          requests.map(([request]) => request),
        );
        expect(measured(mergeRuns(reversed ? parts.toReversed() : parts))).toEqual(measured(whole));
        expect(mergeRuns(parts.toReversed())).toEqual(mergeRuns(parts));
      }),
      { numRuns: 60 },
    );
  });

  it('adds rates, bounds and warm-ups, and keeps the longest duration', () => {
    const part = (id: string, seconds: number): Run =>
      buildRun({
        id,
        used: { requests: 10, duration: fromSeconds(seconds), concurrency: 3, tokens: 5 },
        scenarios: [
          buildScenario({
            stepRates: [10, 20],
            warmupRequests: 4,
            load: '5/s for 10 s',
            duration: fromSeconds(seconds),
          }),
        ],
      });
    const merged = mergeRuns([part('b', 9), part('a', 10)]);
    expect(merged).toMatchObject({
      id: 'a',
      bounds: { requests: 12_000, duration: 240_000_000, concurrency: 400, tokens: 1_000_000 },
      used: { requests: 20, duration: 10_000_000, concurrency: 6, tokens: 10 },
      scenarios: [{ stepRates: [20, 40], warmupRequests: 8, load: '2 × 5/s for 10 s', duration: 10_000_000 }],
    });
  });

  it('adds what the providers could tell, of the parts that had any', () => {
    const tally = { hasNonce: true, joined: 7, hits: 2, unseen: 1 };
    const merged = (...upstream: (typeof tally | undefined)[]) =>
      mergeRuns(
        upstream.map((each, index) => buildRun({ id: `${index}`, scenarios: [buildScenario({ upstream: each })] })),
      ).scenarios[0]!.upstream;
    expect(merged(tally, undefined, tally)).toEqual({ hasNonce: true, joined: 14, hits: 4, unseen: 2 });
    expect(merged(undefined, undefined)).toBeUndefined();
  });

  it('ends as its worst part ended, and has the problems of all of them', () => {
    const { generator } = buildRun();
    const merged = mergeRuns([
      buildRun({
        id: 'a',
        ending: { kind: 'bounded', bound: 'duration' },
        generator: { ...generator, cpu: 0.2, problems: ['x'] },
      }),
      buildRun({
        id: 'b',
        ending: { kind: 'aborted', reason: 'errors' },
        generator: { ...generator, cpu: 0.7, problems: ['x', 'y'] },
      }),
      buildRun({ id: 'c' }),
    ]);
    expect(merged.ending).toEqual({ kind: 'aborted', reason: 'errors' });
    expect(merged.generator).toMatchObject({ cpu: 0.7, problems: ['x', 'y'] });
  });

  it('adds up the generators: histograms by block and in all, shares of the busiest, one problem a scenario', () => {
    const aBlock = (start: number, seconds: number, cpu: number | undefined): GeneratorBlock => ({
      ...NO_HEALTH,
      start: fromSeconds(start),
      duration: fromSeconds(seconds),
      released: 5,
      loopDelay: histogramOf([start + 1]),
      cpu,
    });
    const part = (id: string, generator: Partial<GeneratorHealth>) =>
      buildRun({ id, generator: { ...NO_HEALTH, ...generator } });
    const merged = mergeRuns([
      part('a', {
        gc: histogramOf([5]),
        steal: 0.1,
        blocks: [aBlock(0, 1, 0.2), aBlock(1, 1, undefined)],
        floor: { latency: histogramOf([300]), lag: histogramOf([1]) },
        scenarioProblems: [{ scenario: 'chat', text: 'chat: b' }],
        warnings: ['w'],
      }),
      part('b', {
        gc: histogramOf([7, 9]),
        blocks: [aBlock(0, 2, 0.6)],
        floor: { latency: histogramOf([500]), lag: histogramOf([2]) },
        scenarioProblems: [
          { scenario: 'chat', text: 'chat: a' },
          { scenario: 'embed', text: 'embed: c' },
        ],
        warnings: ['w'],
      }),
      part('c', {}),
    ]).generator;
    expect(merged).toMatchObject({
      gc: histogramOf([5, 7, 9]),
      cpu: undefined,
      steal: 0.1,
      floor: { latency: histogramOf([300, 500]), lag: histogramOf([1, 2]) },
      scenarioProblems: [
        { scenario: 'chat', text: 'chat: a' },
        { scenario: 'embed', text: 'embed: c' },
      ],
      warnings: ['w'],
    });
    expect(merged.blocks.map(({ start, duration, released, cpu }) => [start, duration, released, cpu])).toEqual([
      [0, 2_000_000, 10, 0.6],
      [1_000_000, 1_000_000, 5, undefined],
    ]);
    expect(merged.blocks[0]!.loopDelay).toEqual(histogramOf([1, 1]));
  });

  it('keeps scenarios that only some parts have', () => {
    const merged = mergeRuns([
      buildRun({ id: 'a' }),
      buildRun({ id: 'b', scenarios: [buildScenario({ name: 'embed' })] }),
    ]);
    expect(merged.scenarios.map((scenario) => scenario.name)).toEqual(['chat', 'embed']);
  });

  it('adds failures that look alike, most frequent first, at most twenty', () => {
    const failure = (detail: string, count: number, requestId?: string): FailureGroup => ({
      errorClass: 'gateway',
      status: 500,
      detail,
      count,
      requestId,
    });
    const many = Array.from({ length: 30 }, (_, i) => failure(`rare ${i}`, 1));
    const merged = mergeRuns([
      buildRun({ id: 'a', scenarios: [buildScenario({ failures: [failure('often', 2), ...many] })] }),
      buildRun({ id: 'b', scenarios: [buildScenario({ failures: [failure('often', 3, 'r-7')] })] }),
    ]);
    expect(merged.scenarios[0]!.failures).toHaveLength(20);
    expect(merged.scenarios[0]!.failures[0]).toEqual(failure('often', 5, 'r-7'));
  });

  const refusals: readonly (readonly [name: string, runs: readonly Run[], message: RegExp])[] = [
    ['nothing', [], /no run to merge/],
    ['another configuration', [buildRun({ id: 'a' }), buildRun({ id: 'b', configDigest: 'x' })], /their configuration/],
    ['another seed', [buildRun({ id: 'a' }), buildRun({ id: 'b', seed: 'x' })], /their seed/],
    ['the same run twice', [buildRun(), buildRun()], /twice/],
  ];
  it.each(refusals)('%s is refused', (_name, runs, message) => {
    expect(() => mergeRuns(runs)).toThrow(message);
    expect(() => mergeRuns(runs)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
