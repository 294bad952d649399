import { describe, expect, it } from 'vitest';
import { fromSeconds } from '../../src/model/units.ts';
import { planDescription } from '../../src/plan/describe-plan.ts';
import { planRun } from '../../src/plan/plan-run.ts';
import { describePlan } from '../../src/plan/plan-table.ts';
import { configOf, PRODUCT, PRODUCT_WORLD } from '../config/load-config.ts';

const planOf = (text: string, world = {}) => {
  const result = planRun(configOf(text, world), { seed: '1' });
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.plan;
};

const FIELD = `version: 1
gateway: {url: "http://127.0.0.1:8080"}
limits: {requests: 300, tokens: 1000, concurrency: 30}
tenants: {a: {}, b: {}, c: {}}
loads:
  visitors: {users: 20, think: 1s..3s, duration: 30s, warmup: 0s}
scenarios:
  chat: {endpoint: chat, load: visitors, weight: 3, tenants: [a, b, c], body: {q: "\${text 25}", max_tokens: 10}}
  list: {endpoint: models, load: visitors}
  ramp: {endpoint: models, load: {stages: [{to: 20/s, over: 10s}], warmup: 0s}, slo: [p95 < 2s, p99 <= 1500ms], after: list}
  knee: {endpoint: models, load: {steps: {from: 1/s, to: 3/s, by: 1/s, hold: 2s}, warmup: 1s}}
`;

describe('a plan in numbers', () => {
  const { scenarios, totals, warnings } = planDescription(planOf(FIELD));
  const named = (name: string) => scenarios.find((scenario) => scenario.name === name)!;

  it('says what open loads send, warm-up apart', () => {
    expect(named('ramp')).toMatchObject({ requests: 100, warmupRequests: 0, isExact: true, slos: 2 });
    expect(named('knee')).toMatchObject({ requests: 12, warmupRequests: 1, isExact: true });
  });

  it('estimates users by their think time and a latency, and divides them by weight', () => {
    // 20 users, a cycle of 2 s and 1 s, for 30 s: 200 requests, 3 : 1.
    expect(named('chat')).toMatchObject({ requests: 150, inFlight: 15, isExact: false, latency: 1_000_000 });
    expect(named('list')).toMatchObject({ requests: 50, inFlight: 5 });
    expect(named('chat').tenants).toEqual([
      { id: 'a', requests: 50 },
      { id: 'b', requests: 50 },
      { id: 'c', requests: 50 },
    ]);
  });

  it('lets all members of a load set the pace of its users, so that the weights hold', () => {
    const [slow, quick] = planDescription(
      planOf(
        FIELD.replace('chat, load: visitors', 'chat, slo: [p95 < 5s], load: visitors').replace(
          'models, load: visitors',
          'models, slo: [p95 < 1s], load: visitors',
        ),
      ),
    ).scenarios;
    // A cycle of 2 s and, three times out of four, 5 s, else 1 s: 6 s, so 100 requests.
    expect([slow!.requests, quick!.requests]).toEqual([75, 25]);
  });

  it('gives the first tenants what an even rotation leaves over', () => {
    const scenario = '{endpoint: models, tenants: [a, b, c], load: {rate: 1/s, duration: 11s}}';
    const text = `version: 1\ngateway: {url: "http://h"}\ntenants: {a: {}, b: {}, c: {}}\nscenarios: {s: ${scenario}}\n`;
    const [only] = planDescription(planOf(text)).scenarios;
    expect(only?.tenants.map(({ requests }) => requests)).toEqual([4, 4, 3]);
  });

  it('estimates the requests in flight by the strictest latency SLO', () => {
    expect(named('ramp')).toMatchObject({ latency: 1_500_000, inFlight: 30 });
  });

  it('counts tokens at their worst', () => {
    // {"q":"<100 characters>","max_tokens":10}: 100 and some for the frame, 4 a token, and 10 of completion.
    expect(named('chat').tokensPerRequest).toBeGreaterThanOrEqual(25 + 10 + 6);
    expect(named('chat').tokensPerRequest).toBeLessThanOrEqual(25 + 10 + 9);
    expect(named('list').tokensPerRequest).toBe(0);
  });

  it('adds up, and warns of what will not fit', () => {
    expect(totals.requests).toBe(150 + 50 + 100 + 13);
    expect(totals.duration).toBe(40_000_000);
    expect(warnings).toEqual([
      'The schedule has about 313 requests, but limits.requests is 300: the rest will be dropped.',
      expect.stringMatching(
        /^The schedule could cost up to about 6,\d{3} tokens, but limits\.tokens is 1,000: the run may end early\.$/,
      ),
      'Up to about 33 requests may be in flight at once, but limits.concurrency is 30: requests may wait for their turn.',
    ]);
  });

  it('has no warning where everything fits, and no loads where there are only probes', () => {
    expect(planDescription(planOf(PRODUCT, PRODUCT_WORLD)).warnings).toEqual([]);
    const probes = planOf(
      'version: 1\ngateway: {url: "http://h"}\nscenarios: {p: {probe: stream, endpoint: chat, body: {q: "${nonce}"}}}\n',
    );
    expect(planDescription(probes)).toMatchObject({
      scenarios: [],
      totals: { requests: 40, duration: fromSeconds(8) },
    });
  });

  it('has the other request of a probe, and counts the dearer of the two', () => {
    const noisy = (most: number) =>
      planDescription(
        planOf(
          'version: 1\ngateway: {url: "http://h"}\nscenarios: {p: {probe: neighbour, endpoint: embeddings, body: {q: 1}, ' +
            `noise_request: {endpoint: chat, stream: true, body: {q: 1, max_tokens: ${most}}}}}\n`,
        ),
      );
    const { probes, totals } = noisy(100);
    expect(probes[0]!.request).toBe('POST /v1/embeddings, beside POST /v1/chat/completions, streamed');
    expect(noisy(200).totals.tokens - totals.tokens).toBe(100 * probes[0]!.requests);
  });
});

describe('a plan as a table', () => {
  it('of the documentation', () => {
    expect(describePlan(planOf(PRODUCT, PRODUCT_WORLD))).toBe(`https://gateway.example/v1  (dialect generic)

scenario  load          requests  warm-up  in flight  tokens each  SLOs
chat      20/s for 30s       600      100        ~50       <= 243     5
  POST /chat/completions, streamed
  tenants: free 300, pro 300

probe      kind        request                 requests  takes  SLOs
faq-cache  cache       POST /chat/completions    <= 113   ~12s     4
quota      rate-limit  POST /chat/completions    <= 384  ~2m6s     3

                planned  limit
requests          1,197  6,000
duration          2m53s  4m
tokens       <= 478,001  500,000
concurrency              200
abort                    at 50% errors for 5s
`);
  });

  it('marks estimates, and says who follows whom', () => {
    const table = describePlan(planOf(FIELD));
    expect(table).toContain('chat      20 users thinking 1s to 3s for 30s, 75% of it');
    expect(table).toContain('ramp to 20/s over 10s, after visitors');
    expect(table).toContain('  tenants: a ~50, b ~50, c ~50');
    expect(table).toContain('Warning: The schedule has about 313 requests');
    expect(table.split('\n').every((line) => line === line.trimEnd())).toBe(true);
  });
});
