import { describe, expect, it } from 'vitest';
import { planDescription } from '../../src/plan/describe-plan.ts';
import { planComparison } from '../../src/plan/plan-comparison.ts';
import { planRun } from '../../src/plan/plan-run.ts';
import { describePlan } from '../../src/plan/plan-table.ts';
import { arrivalDuration, expectedRequests } from '../../src/plan/schedule.ts';
import { configOf } from '../config/load-config.ts';

const URL = 'http://new.example/v1';
const OLD = 'http://user:pass@old.example:8080';

const textOf = (scenario: string, limits = '{}', rest = ''): string => `version: 1
gateway: {url: "${URL}"}
limits: ${limits}
scenarios:
  a: {endpoint: models, ${scenario}}
${rest}`;

const compared = (text: string) => {
  const planned = planRun(configOf(text), { seed: 'seed' });
  if (!planned.ok) throw new Error('no plan');
  return planComparison(planned.plan, configOf(text, { overrides: { gatewayUrl: OLD } }));
};

const planOf = (text: string) => {
  const result = compared(text);
  if (!result.ok) throw new Error(result.problems[0]!.message);
  return result;
};

describe('a plan for two gateways', () => {
  it('sends the same to both, below the path and with the credentials of each URL', () => {
    const { plan, warnings } = planOf(textOf('load: {rate: 10/s, duration: 60s}'));
    expect(plan.baseline?.target).toEqual({ url: 'http://old.example:8080', ca: undefined, http2: false });
    expect(plan.scenarios[0]).toMatchObject({ path: '/models', headers: [] });
    expect(plan.baseline?.scenarios[0]).toMatchObject({
      name: 'a',
      path: '/v1/models',
      headers: [['authorization', [`Basic ${btoa('user:pass')}`]]],
    });
    expect([plan.pairs, plan.loads[0]!.blocks, warnings]).toEqual([30, 30, []]);
  });

  it("sends a probe's noise below the path of each URL as well", () => {
    const noisy = 'p: {probe: neighbour, endpoint: models, noise_request: {endpoint: embeddings, body: {input: x}}}';
    const { plan } = planOf(textOf('load: {rate: 10/s, duration: 60s}', '{}', `  ${noisy}\n`));
    const paths = [plan, plan.baseline!].map(({ probes }) => probes[0]!.noise?.path);
    expect(paths).toEqual(['/embeddings', '/v1/embeddings']);
  });

  it.each<[string, string, string, number, RegExp]>([
    [
      'requests',
      'load: {rate: 40/s, duration: 90s, warmup: 5s}',
      '{requests: 6000}',
      6_000,
      /^limits.requests 6,000 leaves 3,000 for each of the two gateways: the measured phase is shortened, that of a from 1m30s to 1m9.9s; the whole load would take 7,600\.$/,
    ],
    [
      'duration',
      'load: {rate: 10/s, duration: 90s, warmup: 5s}, slo: [p95 < 500ms]',
      '{duration: 2m}',
      120_000_000,
      /^limits.duration 2m leaves 1m for each of the two gateways, the pauses between blocks included: the measured phase is shortened, that of a from 1m30s to 47.3s; the whole load would take 3m25.5s\.$/,
    ],
    [
      'requests of a random process, with a margin',
      'load: {rate: 40/s, duration: 90s, arrivals: poisson}',
      '{requests: 6000}',
      5_700,
      /that of a from 1m30s to 1m6s/,
    ],
  ])('is shortened where the limit on %s has no room for both', (_, scenario, limits, most, sentence) => {
    const { plan, warnings } = planOf(textOf(scenario, limits));
    expect(warnings[0]).toMatch(sentence);
    const [load] = plan.loads;
    const requests = 2 * expectedRequests(load!.arrival, load!.warmup)!;
    const duration = 2 * (arrivalDuration(load!.arrival) + load!.warmup) + 31 * 500_000;
    expect(limits.includes('duration') ? duration : requests).toBeLessThanOrEqual(most);
    expect(limits.includes('duration') ? duration : requests).toBeGreaterThan(0.98 * most);
  });

  it('shortens all loads alike, and keeps rates and warm-ups', () => {
    const rest = '  b: {endpoint: models, load: {users: 10, think: 1s, duration: 40s, warmup: 2s}, after: a}\n';
    const { plan, warnings } = planOf(
      textOf('load: {stages: [{to: 40/s, over: 20s}, {to: 0/s, over: 20s}]}', '{requests: 1200}', rest),
    );
    const lengths = plan.loads.map(({ arrival }) => arrivalDuration(arrival) / 40_000_000);
    expect(lengths[0]).toBe(lengths[1]);
    expect(plan.loads[0]!.arrival).toMatchObject({ stages: [{ to: 40 }, { to: 0 }] });
    expect(warnings[0]).toContain('that of a from 40s to');
    expect(warnings[0]).toContain(', that of b from 40s to');
  });

  it('with no room for blocks of 100 ms is a problem, with its place', () => {
    const result = compared(textOf('load: {rate: 40/s, duration: 60s, warmup: 5s}', '{requests: 400}'));
    expect(result.ok ? [] : result.problems).toEqual([
      {
        file: 'gatemark.yml',
        line: 3,
        path: 'limits.requests',
        message: 'leaves no room for two gateways in 30 pairs of blocks',
        received: '400',
        allowed: '5,200 for the whole load, or a shorter one',
      },
    ]);
  });

  it('begins where only the assumed pauses do not fit, and says so', () => {
    const { plan, warnings } = planOf(
      textOf('load: {rate: 40/s, duration: 10s, warmup: 0s}, slo: [p95 < 4s]', '{duration: 30s}'),
    );
    expect(arrivalDuration(plan.loads[0]!.arrival)).toBe(7_500_000);
    expect(warnings[0]).toContain('that of a from 10s to 7.5s');
    expect(warnings.at(-1)).toContain('limits.duration 30s may leave too little time to wait for responses');
  });

  it('warns where a block is over before the gateway is as busy as in one piece', () => {
    const { warnings } = planOf(textOf('load: {rate: 10/s, duration: 15s}'));
    expect(warnings).toEqual([
      'The blocks of a take 500ms, and a request may take 1s: both gateways see fewer requests at a time than the load has in one piece. A longer load has longer blocks.',
    ]);
  });

  it('has as many pairs as the configuration says', () => {
    const { plan } = planOf(textOf('load: {rate: 10/s, duration: 60s}', '{}', 'regression: {pairs: 50}\n'));
    expect([plan.pairs, plan.loads[0]!.blocks]).toEqual([50, 50]);
  });

  it('is shown with the totals of both sides', () => {
    const { plan } = planOf(textOf('load: {rate: 10/s, duration: 60s, warmup: 5s}, slo: [p95 < 500ms]'));
    const { totals, scenarios } = planDescription(plan);
    // Twice 65 s, and half a response's time behind each of 62 segments.
    expect(totals).toMatchObject({ requests: 1_300, duration: 130_000_000 + 62 * 250_000 });
    expect(scenarios[0]).toMatchObject({ requests: 600, warmupRequests: 50 });
    expect(describePlan(plan).split('\n').slice(0, 2)).toEqual([
      'http://new.example/v1  (dialect generic)',
      'compared with http://old.example:8080 in 30 pairs of blocks, one gateway after the other: the tables are of each of them, the limits of both together',
    ]);
  });
});
