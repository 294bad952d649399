import { describe, expect, it } from 'vitest';
import type { Block } from '../../src/model/measurement.ts';
import type { ScenarioRun } from '../../src/model/run.ts';
import { fromSeconds } from '../../src/model/units.ts';
import { type Estimate, estimate } from '../../src/verdict/estimate.ts';
import { wholeEvidence } from '../../src/verdict/evidence.ts';
import { buildBlock, buildScenario } from '../support/build-run.ts';
import { measure, slo } from './build-policy.ts';

const oneTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

/** Two seconds: 100 ok (30 hits of 1–30 ms, 20 misses of 101–120 ms, 50 without a status), and all kinds of failures. */
const mixed: readonly Block[] = [
  buildBlock(0, {
    counts: {
      ok: 100,
      good: 90,
      throttled: 20,
      errors: { timeout: 10, auth: 5, truncated: 5 },
      dropped: { connection: 4, bound: 6 },
      status: { 200: 100, 429: 20, 401: 5 },
      providers: { openai: 60, azure: 20 },
      models: { 'gpt-4o': 100 },
      cache: { hit: 30, miss: 20, bypass: 10 },
      tokens: { prompt: 500, completion: 4_000, estimated: 0 },
    },
    ms: {
      latency: oneTo(100),
      hit: oneTo(30),
      miss: oneTo(20).map((ms) => 100 + ms),
      ttft: oneTo(10),
      itl: oneTo(10),
      tpot: [7],
    },
  }),
  buildBlock(1, { counts: { ok: 0, errors: { timeout: 20 } } }),
];
const evidenceOf = (blocks: readonly Block[], stream = true) =>
  wholeEvidence(buildScenario({ blocks, stream }), undefined);

const measuredIn = (found: Estimate): { value: number; samples: number } => {
  if (found.kind === 'unmeasured') throw new Error(found.reason);
  return { value: found.value, samples: found.samples };
};

describe('estimate', () => {
  const rows: readonly (readonly [subject: string, value: number, samples: number])[] = [
    ['p50', 50_015, 100], // the top of its bucket, as in HdrHistogram
    ['p95', 95_039, 100],
    ['max', 100_031, 100],
    ['hit.p50', 15_007, 30],
    ['miss.p50', 110_015, 20],
    ['cache.delta.p50', 110_015 - 15_007, 20],
    ['ttft.p50', 5_003, 10],
    ['itl.p50', 5_003, 10],
    ['tpot.p50', 7_003, 1],
    ['error_rate', 40 / 160, 160],
    ['throttled_rate', 20 / 160, 160],
    ['dropped_rate', 10 / 170, 170],
    ['cache.hit_rate', 0.6, 50],
    ['auth_errors', 5, 160],
    ['truncated_streams', 5, 160],
    ['status.429', 20, 160],
    ['status.500', 0, 160],
    ['provider.share.openai', 0.75, 80],
    ['provider.share.nobody', 0, 80],
    ['provider.share.constructor', 0, 80],
    ['model.share.gpt-4o', 1, 100],
    ['throughput', 50, 160],
    ['goodput', 45, 160],
    ['tokens_per_second', 2_000, 160],
  ];
  it.each(rows)('%s is %d of %i samples', (subject, value, samples) => {
    const found = measuredIn(estimate(measure(subject), evidenceOf(mixed)));
    expect(found.value).toBeCloseTo(value, 9);
    expect(found.samples).toBe(samples);
  });

  it('a tally against a percentage is a share', () => {
    expect(measuredIn(estimate(slo('status.429 < 20%'), evidenceOf(mixed))).value).toBe(20 / 160);
    expect(measuredIn(estimate(slo('status.429 < 20'), evidenceOf(mixed))).value).toBe(20);
  });

  it('a share has an interval around it, a count is exact', () => {
    const share = estimate(measure('error_rate'), evidenceOf(mixed));
    const [low, high] = (share.kind === 'measured' ? share.intervalAt(0.95) : undefined)!;
    expect(low).toBeLessThan(0.25);
    expect(high).toBeGreaterThan(0.25);
    const count = estimate(measure('status.429'), evidenceOf(mixed));
    expect(count.kind === 'measured' && count.intervalAt(0.95)).toBeUndefined();
  });

  it('the interval of a cache delta is that of a difference', () => {
    const found = estimate(measure('cache.delta.p50'), evidenceOf(mixed));
    const [low, high] = (found.kind === 'measured' ? found.intervalAt(0.9) : undefined)!;
    expect(low).toBeLessThan(95_008);
    expect(high).toBeGreaterThan(95_008);
  });

  it('throughput counts the seconds in which nothing happened', () => {
    const blocks = oneTo(10).map((i) => buildBlock(i, { ms: { latency: [5, 5, 5, 5] } }));
    const scenario = buildScenario({ blocks, duration: fromSeconds(20) });
    const found = estimate(measure('throughput'), wholeEvidence(scenario, undefined));
    expect(measuredIn(found).value).toBe(2);
    const [low, high] = (found.kind === 'measured' ? found.intervalAt(0.95) : undefined)!;
    expect(high - low).toBeGreaterThan(1.5); // half of the blocks idle: 2 ± t₁₉ · 2/√19
    expect(high - low).toBeLessThan(2.5);
  });

  it('throughput of a stored run with absurd durations is still a number', () => {
    for (const seconds of [0, 0.000001]) {
      const scenario = buildScenario({
        blocks: [buildBlock(0, { seconds, ms: { latency: [5] } })],
        duration: fromSeconds(1e9),
      });
      const found = estimate(measure('throughput'), wholeEvidence(scenario, undefined));
      expect(found.kind === 'measured' && found.intervalAt(0.95)).toBeUndefined();
    }
  });

  it('looks at one tenant where it is asked to', () => {
    const slices = [
      { tenant: 'free', blocks: [buildBlock(0, { ms: { latency: [1, 2, 3] } })] },
      { tenant: 'pro', blocks: [buildBlock(0, { ms: { latency: [50] } })] },
    ];
    const scenario = buildScenario({ slices });
    expect(measuredIn(estimate(measure('max'), wholeEvidence(scenario, undefined))).value).toBe(50_015);
    expect(measuredIn(estimate(measure('tenant(free).max'), wholeEvidence(scenario, 'free'))).value).toBe(3_001);
  });
});

describe('what cannot be measured says why', () => {
  const plain = buildBlock(0, { ms: { latency: [5] } });
  const failed = buildBlock(0, { counts: { errors: { timeout: 3 } } });
  const rows: readonly (readonly [name: string, subject: string, blocks: readonly Block[], reason: RegExp])[] = [
    ['a probe', 'cache.false_hits', [plain], /only the cache probe measures cache\.false_hits/],
    ['a probe by another name', 'limit.admitted', [plain], /only the rate-limit probe/],
    ['no request', 'error_rate', [], /no request of it was measured/],
    ['no success', 'p95', [failed], /none of 3 requests succeeded/],
    ['no content', 'ttft.p95', [plain], /no stream had an event with content/],
    ['one event only', 'itl.p95', [plain], /two events/],
    ['no cache status', 'cache.hit_rate', [plain], /declared no cache status; set gateway\.dialect/],
    ['no cache status at hit latency', 'hit.p95', [plain], /declared no cache status/],
    [
      'bypasses only',
      'cache.hit_rate',
      [buildBlock(0, { counts: { cache: { bypass: 4 } }, ms: { latency: [5] } })],
      /all 4 answers .* bypassed/,
    ],
    [
      'misses only',
      'hit.p95',
      [buildBlock(0, { counts: { cache: { miss: 4 } }, ms: { latency: [5], miss: [5] } })],
      /no answer was declared a cache hit \(0 hits, 4 misses/,
    ],
    ['no provider named', 'provider.share.openai', [plain], /no response named its provider; set gateway\.dialect/],
    ['no model named', 'model.share.x', [plain], /no response named its model/],
    ['no tokens', 'tokens_per_second', [plain], /no response had completion tokens/],
    ['no provider time', 'overhead.p95', [plain], /upstream is a simulated provider; name one under providers:/],
    ['no steps', 'knee', [plain], /load in steps/],
    [
      'only drops',
      'error_rate',
      [buildBlock(0, { counts: { dropped: { bound: 3 } } })],
      /no request was sent to its end/,
    ],
    [
      'only drops, for a count',
      'auth_errors',
      [buildBlock(0, { counts: { dropped: { bound: 3 } } })],
      /sent to its end/,
    ],
  ];
  const SEEN = { hasNonce: true, joined: 0, hits: 0, unseen: 0 };
  it.each<[string, string, Partial<ScenarioRun>, RegExp]>([
    ['no nonce', 'overhead.p95', { upstream: { ...SEEN, hasNonce: false } }, /^overhead needs \$\{nonce\} in the body/],
    ['no call seen', 'overhead.p95', { upstream: { ...SEEN, unseen: 4 } }, /^no simulated provider saw a call/],
    [
      'no call seen, of streams',
      'overhead.ttft.p95',
      { upstream: { ...SEEN, unseen: 4 } },
      /^no simulated provider saw/,
    ],
    ['no provider, of streams', 'overhead.ttft.p95', {}, /upstream is a simulated provider/],
    [
      'no stream',
      'overhead.ttft.p95',
      { stream: false, upstream: SEEN },
      /^overhead\.ttft is measured on streams only/,
    ],
    [
      'no content',
      'overhead.ttft.p95',
      { upstream: { ...SEEN, joined: 4 } },
      /^no stream had an event with content that/,
    ],
    [
      'other tenants only',
      'overhead.p95',
      { upstream: { ...SEEN, joined: 4 } },
      /^no answer had a value for overhead; raise/,
    ],
  ])('the time of the gateway: %s', (_name, subject, scenario, reason) => {
    const run = buildScenario({ blocks: [plain], stream: true, ...scenario });
    const found = estimate(measure(subject), wholeEvidence(run, undefined));
    expect(found.kind === 'unmeasured' ? found.reason : found.value).toMatch(reason);
  });

  it('the time of the gateway is a quantile like others', () => {
    const block = buildBlock(0, { ms: { latency: [50, 60], overhead: [2, 3] } });
    expect(measuredIn(estimate(measure('overhead.p50'), evidenceOf([block])))).toEqual({ value: 2_000, samples: 2 });
  });

  it.each(rows)('%s', (_name, subject, blocks, reason) => {
    const found = estimate(measure(subject), evidenceOf(blocks));
    expect(found.kind === 'unmeasured' ? found.reason : found.value).toMatch(reason);
  });

  it('a plain scenario has no ttft, whatever is in the blocks', () => {
    const found = estimate(measure('ttft.p95'), evidenceOf([plain], false));
    expect(found).toMatchObject({ kind: 'unmeasured', reason: expect.stringContaining('set stream: true') });
  });

  it('a tenant that is not there', () => {
    const found = estimate(measure('tenant(nobody).p95'), wholeEvidence(buildScenario(), 'nobody'));
    expect(found).toMatchObject({
      kind: 'unmeasured',
      reason: 'this run has no tenant "nobody" in it; see that the SLO names one of this scenario',
    });
  });
});
