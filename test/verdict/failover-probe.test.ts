import { describe, expect, it } from 'vitest';
import type { ProbeCall, ProbeRun, ProbeSpec } from '../../src/model/probe.ts';
import { fromSeconds, micros } from '../../src/model/units.ts';
import type { UpstreamCall } from '../../src/model/upstream.ts';
import { judgeProbe } from '../../src/verdict/judge-probe.ts';
import { readProbe } from '../../src/verdict/read-probe.ts';
import { aCall, anUpstreamCall, aProbeRun } from '../support/probe-builders.ts';
import { MIN_SAMPLES, slo } from './build-policy.ts';

const SPEC: ProbeSpec = {
  kind: 'failover',
  primary: 'one',
  faults: [503, 'silence', 'cut'],
  requests: 2,
  recovery: fromSeconds(3),
};
const FAILED = { kind: 'error', errorClass: 'upstream', detail: 'bad gateway' } as const;
const BROKEN = { kind: 'error', errorClass: 'truncated', detail: 'no [DONE]' } as const;

/** One request: its step, how it ended, and the providers that were asked for it, with their status. */
type Story = readonly [
  step: string,
  outcome: ProbeCall['outcome'],
  upstream: readonly (readonly [provider: string, status: number | undefined])[],
  more?: Partial<ProbeCall>,
];

const GROUPS: Readonly<Record<string, number>> = { 503: 1, silence: 2, cut: 3, 400: 4 };

const probeOf = (stories: readonly Story[], more: Partial<ProbeRun> = {}): ProbeRun => {
  const upstream: UpstreamCall[] = [];
  const calls = stories.map(([step, outcome, asked, overrides], id) => {
    const call = aCall({
      id,
      step,
      group: GROUPS[step] ?? 1,
      outcome,
      status: outcome.kind === 'ok' ? 200 : 502,
      ...overrides,
    });
    for (const [index, [provider, status]] of asked.entries()) {
      const received = micros(call.released + 1_000 * (index + 1));
      upstream.push(anUpstreamCall(call, { provider, status, received, end: micros(call.end - 1_000) }));
    }
    return call;
  });
  return aProbeRun({ spec: SPEC, calls, upstream, ...more });
};

const OK = { kind: 'ok' } as const;
const RESCUED: Story = [
  '503',
  OK,
  [
    ['one', 503],
    ['two', 200],
  ],
];
const LOST: Story = ['503', FAILED, [['one', 503]]];

const readingOf = (run: ProbeRun, subject: string) => {
  const value = readProbe(run).values[subject];
  return value?.kind === 'measured' ? value.value : value?.reason;
};

describe('readFailover', () => {
  it.each<[string, readonly Story[], string, number | string]>([
    ['all rescued', [RESCUED, RESCUED], 'failover.rescued', 1],
    ['half of them', [RESCUED, LOST], 'failover.rescued', 0.5],
    [
      'one that never came to the primary does not count',
      [RESCUED, ['503', FAILED, [['two', 500]]]],
      'failover.rescued',
      1,
    ],
    [
      'nobody met it',
      [['503', OK, [['two', 200]]]],
      'failover.rescued',
      'no request met the fault; let the gateway prefer the primary, and raise requests',
    ],
    ['a success that only the failing one gave is no rescue', [['503', OK, [['one', 503]]]], 'failover.rescued', 0],
    ['two calls each', [RESCUED, RESCUED], 'failover.amplification', 2],
    [
      'five calls and one',
      [
        [
          '503',
          OK,
          [
            ['one', 503],
            ['one', 503],
            ['one', 503],
            ['one', 503],
            ['two', 200],
          ],
        ],
        LOST,
      ],
      'failover.amplification',
      3,
    ],
    ['the time that the serving provider does not explain', [RESCUED], 'failover.added.p95', 3_001],
    [
      'none without a rescue',
      [LOST],
      'failover.added.p95',
      'no request was rescued; let the gateway fall back to another provider',
    ],
    [
      'silence is not in it',
      [
        [
          'silence',
          OK,
          [
            ['one', undefined],
            ['two', 200],
          ],
        ],
      ],
      'failover.added.p95',
      'no request was rescued; let the gateway fall back to another provider',
    ],
    [
      'silence has its own',
      [
        [
          'silence',
          OK,
          [
            ['one', undefined],
            ['two', 200],
          ],
        ],
      ],
      'failover.silence.added',
      3_000,
    ],
    ['silence counts as a rescue too', [['silence', FAILED, [['one', undefined]]], RESCUED], 'failover.rescued', 0.5],
    ['a 400 that stays one', [['400', FAILED, [['one', 400]]]], 'failover.retried_400', 0],
    [
      'a 400 that is sent again',
      [
        [
          '400',
          FAILED,
          [
            ['one', 400],
            ['one', 400],
          ],
        ],
      ],
      'failover.retried_400',
      1,
    ],
    [
      'a 400 that another takes',
      [
        [
          '400',
          OK,
          [
            ['one', 400],
            ['two', 200],
          ],
        ],
      ],
      'failover.retried_400',
      1,
    ],
    [
      'a 400 is no rescue',
      [['400', FAILED, [['one', 400]]]],
      'failover.rescued',
      'no request met the fault; let the gateway prefer the primary, and raise requests',
    ],
    ['a broken stream that looks broken', [['cut', BROKEN, [['one', 200]]]], 'failover.midstream.hidden', 0],
    [
      'a broken stream that looks whole',
      [
        ['cut', OK, [['one', 200]]],
        ['cut', BROKEN, [['one', 200]]],
      ],
      'failover.midstream.hidden',
      1,
    ],
    [
      'a stream that another made whole',
      [
        [
          'cut',
          OK,
          [
            ['one', 200],
            ['two', 200],
          ],
        ],
      ],
      'failover.midstream.rescued',
      1,
    ],
    [
      'a cut is no early failure',
      [['cut', BROKEN, [['one', 200]]]],
      'failover.rescued',
      'no request met the fault; let the gateway prefer the primary, and raise requests',
    ],
    [
      'back at once',
      [RESCUED, ['back', OK, [['one', 200]], { group: 1, released: micros(100_000), end: micros(150_000) }]],
      'failover.recovery',
      0,
    ],
    [
      'back with the third request',
      [
        RESCUED,
        ['back', OK, [['two', 200]], { group: 1, released: micros(100_000) }],
        ['back', OK, [['two', 200]], { group: 1, released: micros(300_000) }],
        ['back', OK, [['one', 200]], { group: 1, released: micros(500_000) }],
      ],
      'failover.recovery',
      400_000,
    ],
    [
      'not back within the wait',
      [
        RESCUED,
        ['back', OK, [['two', 200]], { group: 1, released: micros(100_000) }],
        ['back', OK, [['two', 200]], { group: 1, released: micros(3_100_000) }],
      ],
      'failover.recovery',
      3_050_000,
    ],
    [
      'before the first fault is no recovery',
      [['back', OK, [['one', 200]], { group: 0 }], RESCUED],
      'failover.recovery',
      'the primary did not become healthy again within the probe; see why the probe ended before',
    ],
  ])('%s', (_name, stories, subject, expected) => {
    expect(readingOf(probeOf(stories), subject)).toBe(expected);
  });

  it('measures nothing where no provider could be asked', () => {
    const skipped = [{ part: 'failover', reason: 'no simulated provider is there to fail on command' }];
    const { values } = readProbe(probeOf([RESCUED], { upstream: undefined, skipped }));
    expect(Object.keys(values)).toHaveLength(8);
    expect(new Set(Object.values(values).map((value) => value.kind === 'unmeasured' && value.reason))).toEqual(
      new Set(['no simulated provider is there to fail on command']),
    );
  });

  it('shows what was bad first, each with a request to look at', () => {
    const run = probeOf([
      RESCUED,
      LOST,
      [
        'silence',
        OK,
        [
          ['one', undefined],
          ['two', 200],
        ],
      ],
      ['cut', OK, [['one', 200]]],
      [
        '400',
        FAILED,
        [
          ['one', 400],
          ['one', 400],
        ],
      ],
      ['back', OK, [['one', 200]], { group: 4, released: micros(900_000) }],
    ]);
    expect(readProbe(run).sights).toEqual([
      {
        kind: 'bad',
        text: '503: 1 of 2 requests rescued (1 ended as upstream 502); 1.5 upstream calls each, at most 3 ms slower for it',
        calls: [1],
      },
      {
        kind: 'bad',
        text: 'cut mid-stream: 1 of 1 stream passed on as if complete, 0 seen to be broken, 0 rescued',
        calls: [3],
      },
      { kind: 'bad', text: '400: 1 of 1 request sent again, 2 upstream calls each', calls: [4] },
      {
        kind: 'good',
        text: 'silence: 1 of 1 request rescued; 2 upstream calls each, at most 3 ms slower for it',
        calls: [],
      },
      { kind: 'good', text: 'back on one at once, after every fault', calls: [] },
    ]);
  });

  it('tells the way of the first request of each fault, in the order of things', () => {
    const marks = [{ at: micros(5), text: 'one answers with status 503' }];
    expect(
      readProbe(
        probeOf(
          [
            [
              '503',
              OK,
              [
                ['one', undefined],
                ['two', 200],
              ],
              { released: micros(10) },
            ],
          ],
          { marks },
        ),
      ).timeline,
    ).toEqual([
      { at: 5, text: 'one answers with status 503', call: undefined },
      { at: 10, text: 'a request: one (no answer), then two (200); its client got ok 200 after 50 ms', call: 0 },
    ]);
  });
});

describe('a time that the generator may have made longer', () => {
  const lateness = (p99: number) => ({ p50: micros(0), p95: micros(p99), p99: micros(p99), max: micros(p99) });
  const slow: Story = [
    '503',
    OK,
    [
      ['one', 503],
      ['two', 200],
    ],
    { end: micros(150_000) },
  ];
  it.each<[string, string, number, string]>([
    ['is judged when it was on time', 'failover.added.p95 < 1ms', 9_000, 'fail'],
    ['is not when it may have decided', 'failover.added.p95 < 1ms', 12_000, 'inconclusive'],
    ['is when it is met all the same', 'failover.added.p95 < 1s', 500_000, 'pass'],
    ['leaves counts alone', 'failover.amplification <= 1', 500_000, 'fail'],
  ])('%s', (_name, text, late, status) => {
    const run = probeOf([slow], { lateness: lateness(late) });
    const [finding] = judgeProbe(run, { slos: [slo(text)], minSamples: MIN_SAMPLES });
    expect(finding!.status).toBe(status);
    if (status === 'inconclusive') expect(finding!.reason).toMatch(/event loop was late by 12 ms/);
  });
});
