import type { Report } from '../../src/model/report.ts';
import { fromMillis, fromSeconds } from '../../src/model/units.ts';
import { NO_HEALTH } from '../../src/stats/generator.ts';
import { findTrend } from '../../src/verdict/find-trend.ts';
import { historyPoint } from '../../src/verdict/history-point.ts';
import { aShare } from '../support/build-fleet.ts';
import { buildFigure, buildPoint } from '../support/build-history.ts';
import {
  block,
  counts,
  errorRate,
  latencies,
  regressionFinding,
  report,
  run,
  scenarioRun,
  slice,
  sloFinding,
  stored,
  verdict,
} from '../support/report-builders.ts';
import { badProbes, goodProbes, hostileProbes, onlyProbes } from './probe-states.ts';

/** A text with everything in it that means something to GitHub, a terminal or XML. */
export const HOSTILE =
  '| @octocat #1 GH-2 <img src=x onerror=alert(1)> `x` [a](https://evil.example) ![b](http://evil.example/p.png) **b** ~~s~~ $x$ :tada: \u202Eevil\u202C \u001b[31mred\u0007 0123456789abcdef0123456789abcdef01234567\n# heading\n- [ ] task www.evil.example a\\|b </details> <!-- &amp; ]]>';

const SATURATED =
  'chat: generator saturated: it used 99 % of its core (limit 95 %), so that its own queueing was measured. The load was 8,700/s, and this machine holds about 4,400/s: lower the rate or the number of users.';

const chatSlice = (tenant: string, p50: number, provider: string) =>
  slice(
    [
      block(280, p50, {
        counts: {
          throttled: 12,
          errors: { timeout: 2 },
          status: { 200: 280, 429: 12 },
          providers: { openai: 150, [provider]: 130 },
          models: { 'gpt-4o-mini': 150, 'claude-3-5-sonnet': 130 },
          cache: { hit: 60, miss: 200, bypass: 20 },
          tokens: { prompt: 8_400, completion: 33_600, estimated: 3 },
        },
        histograms: {
          ttft: latencies(280, p50 / 3),
          itl: latencies(5_000, 12),
          tpot: latencies(280, 13),
          hit: latencies(60, 40),
          miss: latencies(200, p50 * 1.1),
        },
      }),
    ],
    tenant,
  );

const streaming = (p50 = 500) =>
  scenarioRun({
    stream: true,
    slices: [chatSlice('free', p50, 'anthropic'), chatSlice('pro', p50 * 1.2, 'anthropic')],
    failures: [
      {
        errorClass: 'timeout',
        status: undefined,
        detail: 'no complete response within 30 s',
        count: 3,
        requestId: undefined,
      },
      { errorClass: 'timeout', status: 200, detail: 'stream stalled after 4 events', count: 1, requestId: 'req_8f31' },
    ],
  });

const embeddings = scenarioRun({
  name: 'embeddings',
  endpoint: 'embeddings',
  load: '10/s for 30 s',
  slices: [slice([block(300, 45)])],
});

const ttft = (observedMs: number, overrides = {}) =>
  sloFinding({
    text: 'ttft.p95 < 800ms',
    subject: { kind: 'quantile', metric: 'ttft', quantile: 0.95 },
    relation: { operator: '<', limit: fromMillis(800) },
    observed: fromMillis(observedMs),
    interval: [fromMillis(observedMs * 0.95), fromMillis(observedMs * 1.06)],
    ...overrides,
  });

const share = sloFinding({
  text: 'provider.share.openai in 40%..60%',
  subject: { kind: 'share', of: 'provider', name: 'openai' },
  relation: { operator: 'in', low: 0.4, high: 0.6 },
  unit: 'ratio',
  observed: 0.536,
  interval: undefined,
});

const healthySlos = [sloFinding({ observed: fromMillis(1_420) }), ttft(471), errorRate(0.0068), share];

/** The runs behind a comparison, their medians a little apart. */
const earlier = (...p50s: readonly number[]): Report['compared'] =>
  p50s.map((p50, index) => run({ id: `base-${index}`, scenarios: [streaming(p50), embeddings] }));

const pass = report({
  run: run({ scenarios: [streaming(), embeddings] }),
  compared: earlier(490, 510, 505),
  verdict: verdict({
    slos: healthySlos,
    baseline: stored(10),
    regressions: [
      regressionFinding(),
      regressionFinding({
        metric: 'ttft.p95',
        baseline: fromMillis(560),
        candidate: fromMillis(471),
        change: -0.16,
        interval: [-0.22, -0.1],
        strength: 'likely',
      }),
      regressionFinding({
        metric: 'error_rate',
        unit: 'ratio',
        baseline: 0.004,
        candidate: 0.0068,
        change: 0.0028,
        interval: [-0.002, 0.008],
      }),
      regressionFinding({
        scenario: 'embeddings',
        baseline: fromMillis(108),
        candidate: fromMillis(109),
        change: 0.009,
        interval: [-0.03, 0.05],
        gating: false,
      }),
    ],
  }),
});

const fail = report({
  run: run({ scenarios: [streaming(1_080), embeddings] }),
  compared: earlier(840, 860, 870),
  verdict: verdict({
    status: 'fail',
    reasons: [
      {
        status: 'fail',
        scenario: 'chat',
        text: 'chat: p95 < 2.5s is not met: 3.1 s (2.93 s to 3.28 s with 95 % confidence, 600 samples)',
      },
      { status: 'fail', scenario: 'chat', text: 'chat: p95 rose by 25 % against the baseline, from 2.48 s to 3.1 s' },
      {
        status: 'fail',
        scenario: 'chat',
        text: 'chat: ttft.p95 rose by 42 % against the baseline, from 560 ms to 796 ms',
      },
    ],
    slos: [
      sloFinding({ status: 'fail', observed: fromMillis(3_100), interval: [fromMillis(2_930), fromMillis(3_280)] }),
      ttft(796, { close: true }),
      errorRate(0.0068),
      share,
      sloFinding({
        scenario: 'embeddings',
        text: 'p99 < 200ms',
        subject: { kind: 'quantile', metric: 'latency', quantile: 0.99 },
        relation: { operator: '<', limit: fromMillis(200) },
        status: 'inconclusive',
        observed: fromMillis(176),
        interval: undefined,
        samples: 300,
        reason: '300 samples, p99 needs 500.',
      }),
    ],
    baseline: stored(10),
    regressions: [
      regressionFinding({
        baseline: fromMillis(2_480),
        candidate: fromMillis(3_100),
        change: 0.25,
        interval: [0.16, 0.34],
        strength: 'clear',
        status: 'fail',
      }),
      regressionFinding({
        metric: 'ttft.p95',
        baseline: fromMillis(560),
        candidate: fromMillis(796),
        change: 0.42,
        interval: [0.3, 0.55],
        strength: 'clear',
        status: 'fail',
      }),
      regressionFinding({
        metric: 'p50',
        baseline: fromMillis(940),
        candidate: fromMillis(1_190),
        change: 0.27,
        interval: [0.2, 0.33],
        strength: 'clear',
        status: 'fail',
        gating: false,
      }),
      regressionFinding({
        scenario: 'embeddings',
        status: 'inconclusive',
        change: 0.08,
        interval: [-0.1, 0.28],
        detectable: 0.31,
        needed: { pairs: 0, requests: 1_240, duration: fromSeconds(124) },
        baseline: fromMillis(101),
        candidate: fromMillis(109),
        reason:
          'a change for the worse of up to 28 % is not excluded; it finds changes from 31 % on; to decide would take about 1,200 more requests, 3 min at this rate: raise load.duration, and limits.requests with it',
      }),
    ],
  }),
});

const ended = (ending: Report['run']['ending'], status: 'fail' | 'inconclusive' | 'invalid', text: string): Report =>
  report({
    run: run({ ending, used: { requests: 212, duration: fromSeconds(11), concurrency: 40, tokens: 9_000 } }),
    verdict: verdict({
      status,
      reasons: [{ status, scenario: undefined, text }],
      slos: [
        sloFinding({
          status: 'inconclusive',
          observed: undefined,
          interval: undefined,
          samples: 0,
          reason: 'No sample.',
        }),
      ],
      baseline: { kind: 'none', reason: 'The run did not complete.' },
    }),
  });

const knee = report({
  run: run({
    scenarios: [scenarioRun({ name: 'capacity', load: '10/s to 40/s by 10/s, 5 s each', stepRates: [10, 20, 30, 40] })],
  }),
  verdict: verdict({
    slos: [
      sloFinding({
        scenario: 'capacity',
        text: 'knee >= 25/s',
        subject: { kind: 'knee' },
        relation: { operator: '>=', limit: 25 },
        unit: 'per-second',
        observed: 30,
        interval: undefined,
      }),
    ],
    knees: [
      {
        scenario: 'capacity',
        rate: 30,
        steps: [
          { rate: 10, met: true, failed: [] },
          { rate: 20, met: true, failed: [] },
          { rate: 30, met: true, failed: [] },
          { rate: 40, met: false, failed: ['p95 < 2.5s', 'error_rate < 1%'] },
        ],
      },
    ],
  }),
});

const nothing = report({
  run: run({
    ending: { kind: 'unreachable', reason: 'connect ECONNREFUSED 127.0.0.1:9' },
    used: { requests: 0, duration: fromSeconds(0), concurrency: 0, tokens: 0 },
    scenarios: [scenarioRun({ slices: [slice([])], duration: fromSeconds(0) })],
    generator: NO_HEALTH,
  }),
  verdict: verdict({
    status: 'invalid',
    reasons: [
      {
        status: 'invalid',
        scenario: undefined,
        text: 'The gateway could not be reached: connect ECONNREFUSED 127.0.0.1:9',
      },
    ],
    slos: [
      sloFinding({
        status: 'inconclusive',
        observed: undefined,
        interval: undefined,
        samples: 0,
        reason: 'No sample.',
      }),
    ],
  }),
});

const hostileBlock = block(40, 100, {
  counts: counts({
    ok: 40,
    providers: { [HOSTILE]: 40 },
    models: { [HOSTILE]: 40 },
    status: { 200: 40 },
    errors: { check: 1 },
  }),
});

const hostile = report({
  key: `--> ${HOSTILE}`,
  profile: HOSTILE,
  configPath: HOSTILE,
  reproduce: `${HOSTILE}\n\`\`\`\`\n${HOSTILE}`,
  detailsUrl: `https://example.com/) ${HOSTILE}`,
  warnings: [HOSTILE],
  run: run({
    id: HOSTILE,
    seed: HOSTILE,
    gateway: HOSTILE,
    dialect: HOSTILE,
    environment: { ...run().environment, cpuModel: HOSTILE, image: HOSTILE },
    ending: { kind: 'aborted', reason: HOSTILE },
    generator: {
      ...run().generator,
      problems: [HOSTILE],
      scenarioProblems: [{ scenario: HOSTILE, text: HOSTILE }],
      warnings: [HOSTILE],
    },
    scenarios: [
      scenarioRun({
        name: HOSTILE,
        load: HOSTILE,
        slices: [slice([hostileBlock], HOSTILE), slice([hostileBlock], '__proto__')],
        failures: [{ errorClass: 'check', status: 200, detail: HOSTILE, count: 1, requestId: HOSTILE }],
      }),
    ],
  }),
  verdict: verdict({
    status: 'fail',
    reasons: [
      { status: 'fail', scenario: HOSTILE, text: HOSTILE },
      { status: 'invalid', scenario: undefined, text: HOSTILE },
    ],
    slos: [
      sloFinding({
        scenario: HOSTILE,
        tenant: HOSTILE,
        text: HOSTILE,
        status: 'fail',
        observed: fromMillis(9_000),
        reason: HOSTILE,
      }),
      sloFinding({ scenario: HOSTILE, text: HOSTILE, status: 'inconclusive', observed: undefined, reason: HOSTILE }),
    ],
    regressions: [
      regressionFinding({
        scenario: HOSTILE,
        tenant: HOSTILE,
        metric: HOSTILE,
        status: 'fail',
        change: 0.5,
        interval: [0.4, 0.6],
        reason: HOSTILE,
      }),
    ],
    knees: [{ scenario: HOSTILE, rate: 1, steps: [{ rate: 2, met: false, failed: [HOSTILE] }] }],
    baseline: { kind: 'unreadable', reason: HOSTILE },
  }),
});

const manyScenarios = Array.from({ length: 60 }, (_, index) =>
  scenarioRun({
    name: `scenario-${index}`,
    slices: Array.from({ length: 20 }, (__, tenant) => slice([block(5, 100 + index)], `tenant-${tenant}`)),
    failures: [
      {
        errorClass: 'gateway',
        status: 500,
        detail: `failed in ${index}`,
        count: index + 1,
        requestId: `req-${index}`,
      },
    ],
  }),
);

const ERROR_RATE = {
  unit: 'ratio',
  baseline: 0.004,
  candidate: 0.0041,
  change: 0.0001,
  interval: [-0.002, 0.003],
} as const;

/** 60 scenarios of 20 tenants each: more than a comment holds. */
const many = report({
  run: run({ scenarios: manyScenarios }),
  compared: [run({ id: 'base-0', scenarios: manyScenarios })],
  verdict: verdict({
    status: 'fail',
    reasons: [{ status: 'fail', scenario: 'scenario-3', text: 'scenario-3: p95 < 2.5s is not met: 2.6 s' }],
    slos: Array.from({ length: 180 }, (_, index) =>
      sloFinding({
        scenario: `scenario-${index % 60}`,
        status: index % 25 === 3 ? 'fail' : 'pass',
        observed: fromMillis(index % 25 === 3 ? 2_600 + index : 1_000 + index),
        interval: [fromMillis(950 + index), fromMillis(2_700 + index)],
      }),
    ),
    baseline: stored(10),
    regressions: Array.from({ length: 240 }, (_, index) =>
      regressionFinding({
        scenario: `scenario-${index % 60}`,
        metric: ['p50', 'p95', 'ttft.p95', 'error_rate'][index % 4]!,
        ...(index % 4 === 3 ? ERROR_RATE : {}),
      }),
    ),
  }),
});

const live = report({
  compared: earlier(480),
  verdict: verdict({
    status: 'invalid',
    reasons: [
      {
        status: 'invalid',
        scenario: 'chat',
        text: 'chat: ttft.p95 against the baseline is not to be judged: each gateway was 14 % slower where its block came second in a pair, so that conditions within a pair were not alike; raise load.warmup, or lower the load so that gateways come to rest between blocks',
      },
    ],
    baseline: { kind: 'live', gateway: 'https://main.example.com', pairs: 40 },
    regressions: [
      regressionFinding({ against: 'live', strength: 'slight', change: 0.06, interval: [0.02, 0.1] }),
      regressionFinding({
        against: 'live',
        metric: 'ttft.p95',
        status: 'invalid',
        interval: undefined,
        detectable: undefined,
        strength: undefined,
        reason: 'each gateway was 14 % slower where its block came second in a pair',
      }),
      regressionFinding({
        against: 'live',
        metric: 'error_rate',
        unit: 'ratio',
        status: 'inconclusive',
        baseline: 0.004,
        candidate: 0.009,
        change: 0.005,
        interval: [-0.003, 0.013],
        detectable: 0.012,
        strength: 'possible',
        needed: { pairs: 60, requests: 4_210, duration: fromSeconds(90) },
      }),
      regressionFinding({ against: 'live', metric: 'p99', gating: false, status: 'inconclusive' }),
    ],
  }),
});

const drift = report({
  verdict: verdict({
    baseline: { ...stored(10), machines: 'mixed' } as ReturnType<typeof stored>,
    regressions: [
      regressionFinding(),
      regressionFinding({
        against: 'oldest',
        gating: false,
        status: 'fail',
        baseline: fromMillis(900),
        change: 0.38,
        interval: [0.2, 0.58],
        strength: 'clear',
      }),
      regressionFinding({
        against: 'release',
        reference: 'v1.4.0',
        gating: false,
        metric: 'error_rate',
        unit: 'ratio',
        change: 0.001,
      }),
    ],
  }),
});

/** Forty nights, of which the last ten were slower, by a commit of any name. */
const trendState = (text: string): Report => {
  const candidate = run({ scenarios: [scenarioRun({ name: text, load: '20/s for 30 s' })] });
  const points = Array.from({ length: 40 }, (_, night) =>
    buildPoint(night - 20, {
      runId: `night-${night}`,
      commit: text === 'chat' ? `${night}abcdef0123` : text,
      machine: night % 10 === 9 ? text : 'Test CPU, 4 cores, 15 GiB',
      configuration: candidate.configDigest,
      figures: [buildFigure({ scenario: text, value: (night < 30 ? 1_000_000 : 1_150_000) + (night % 7) * 4_000 })],
    }),
  );
  return report({ run: candidate, trend: findTrend(points, candidate, historyPoint(candidate, 'pass')) });
};

/** Every state that a reader can meet, by name. */
export const STATES: Readonly<Record<string, Report>> = {
  pass,
  fail,
  knee,
  nothing,
  hostile,
  many,
  live,
  drift,
  trend: trendState('chat'),
  'hostile-trend': trendState(HOSTILE),
  probes: goodProbes,
  'bad-probes': badProbes,
  'only-probes': onlyProbes(badProbes),
  'hostile-probes': hostileProbes(HOSTILE),
  overhead: report({
    run: run({
      scenarios: [
        scenarioRun({
          stream: true,
          slices: [
            slice([
              block(300, 500, {
                histograms: {
                  ttft: latencies(300, 200),
                  overhead: latencies(290, 6),
                  'ttft-overhead': latencies(290, 4),
                  'declared-overhead': latencies(300, 5),
                },
              }),
            ]),
          ],
          upstream: { hasNonce: true, joined: 290, hits: 0, unseen: 10 },
        }),
        embeddings,
      ],
    }),
    verdict: verdict({
      slos: [
        ttft(471),
        sloFinding({
          text: 'overhead.ttft.p95 < 20ms',
          subject: { kind: 'quantile', metric: 'ttft-overhead', quantile: 0.95 },
          relation: { operator: '<', limit: fromMillis(20) },
          observed: fromMillis(9.7),
          interval: [fromMillis(9.1), fromMillis(10.2)],
        }),
      ],
    }),
  }),
  regression: report({ ...fail, verdict: { ...fail.verdict, slos: healthySlos } }),
  inconclusive: report({
    verdict: verdict({
      status: 'inconclusive',
      reasons: [
        {
          status: 'inconclusive',
          scenario: 'chat',
          text: 'p99 < 4s needs 500 samples, this burst gave 300; raise the rate or the duration.',
        },
      ],
      slos: [
        sloFinding(),
        sloFinding({
          text: 'p99 < 4s',
          status: 'inconclusive',
          observed: fromMillis(2_100),
          interval: undefined,
          samples: 300,
          reason: '300 samples, p99 needs 500.',
        }),
      ],
      baseline: stored(3),
      regressions: [
        regressionFinding({
          gating: false,
          status: 'fail',
          change: 0.4,
          interval: [0.1, 0.8],
          strength: 'likely',
          baseline: fromMillis(890),
        }),
      ],
    }),
  }),
  invalid: report({
    run: run({
      generator: {
        ...run().generator,
        lag: latencies(700, 60),
        cpu: 0.99,
        scenarioProblems: [{ scenario: 'chat', text: SATURATED }],
      },
    }),
    verdict: verdict({
      status: 'invalid',
      reasons: [
        {
          status: 'invalid',
          scenario: 'chat',
          text: SATURATED,
        },
      ],
      slos: [sloFinding({ status: 'invalid', reason: 'The generator lagged.' })],
      baseline: { kind: 'not-comparable', reason: 'Its configuration digest is 77aa01, this one is 5f2b9c.' },
    }),
  }),
  aborted: ended(
    { kind: 'aborted', reason: 'error rate 100 % for 5 s' },
    'fail',
    'The run was stopped early to spare the gateway: error rate 100 % for 5 s',
  ),
  cancelled: ended(
    { kind: 'cancelled', signal: 'SIGTERM' },
    'invalid',
    'The run was cancelled (SIGTERM) before it was finished',
  ),
  bounded: ended(
    { kind: 'bounded', bound: 'requests' },
    'inconclusive',
    'The request bound was reached after 212 of 600 requests.',
  ),
  'first-run': report({
    verdict: verdict({
      baseline: { kind: 'absent', reason: 'No artifact named gatemark-baseline was found on main.' },
    }),
  }),
  fork: report({
    run: run({ origin: { ...run().origin, repository: 'contributor/gateway' } }),
    verdict: verdict({
      baseline: {
        kind: 'untrusted',
        reason:
          'none of the 5 artifacts named gatemark-baseline is from a trusted run: artifact 77 of run 41: it comes from another repository (a fork); artifact 76 of run 40: it comes from another repository (a fork); artifact 75 of run 39: its run was of event pull_request; 2 more',
      },
    }),
  }),
  unreadable: report({
    verdict: verdict({ baseline: { kind: 'unreadable', reason: 'run.json of artifact 77 is not JSON.' } }),
  }),
  warnings: report({
    key: 'nightly',
    profile: undefined,
    detailsUrl: undefined,
    warnings: [
      'Artifact 12 was not trusted as a baseline: it comes from a fork.',
      'The comment could not be written: the token may not comment.',
    ],
  }),
  fleet: report({
    run: run({
      fleet: {
        count: 4,
        shares: [
          aShare(0, { count: 4, region: 'eu-west' }),
          aShare(1, { count: 4, region: 'eu-west', startedAt: '2026-01-02T03:00:00.400Z' }),
          aShare(3, { count: 4, region: 'us-east' }),
        ],
        leftOut: [{ ...aShare(2, { count: 4, startedAt: undefined }), reason: 'sent nothing (no route)' }],
        regions: [
          { region: 'eu-west', shares: 2, scenarios: [{ name: 'chat', ...block(400, 480) }] },
          {
            region: 'us-east',
            shares: 1,
            scenarios: [{ name: 'chat', ...block(200, 620, { counts: { errors: { timeout: 3 } } }) }],
          },
        ],
      },
    }),
    verdict: verdict({ slos: [sloFinding({})] }),
  }),
  'no-slos': report({ verdict: verdict({ slos: [] }) }),
};
