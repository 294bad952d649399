import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/model/run.ts';
import { type BaselineInput, judge } from '../../src/verdict/judge.ts';
import { buildBlock, buildRun, buildScenario, steadyBlock } from '../support/build-run.ts';
import { buildBurst, buildWindow } from './build-burst.ts';
import { buildPolicy, measure, slo } from './build-policy.ts';

const NONE: BaselineInput = { kind: 'none', reason: 'no baseline was asked for' };
const MET = ['p95 < 500ms', 'error_rate < 5%'];

const judgeRun = (
  run: Run,
  {
    slos = MET,
    baseline = NONE,
    ...policy
  }: {
    slos?: readonly string[];
    baseline?: BaselineInput;
  } & NonNullable<Parameters<typeof buildPolicy>[1]> = {},
) => judge({ run, baseline, policy: buildPolicy(slos, policy) });

const withBlocks = (counts: Parameters<typeof buildBlock>[1]): Run =>
  buildRun({
    scenarios: [
      buildScenario({ blocks: [...Array.from({ length: 9 }, (_, i) => steadyBlock(i)), buildBlock(9, counts)] }),
    ],
  });

describe('judge', () => {
  it('passes what meets its SLOs, and says so', () => {
    const verdict = judgeRun(buildRun());
    expect(verdict).toMatchObject({ status: 'pass', regressions: [], knees: [], baseline: NONE });
    expect(verdict.slos.map((finding) => finding.status)).toEqual(['pass', 'pass']);
    expect(verdict.reasons).toEqual([{ status: 'pass', scenario: undefined, text: 'All 2 SLOs are met' }]);
  });

  it('says what was met narrowly', () => {
    const verdict = judgeRun(buildRun(), { slos: ['error_rate < 1%'] });
    expect(verdict.reasons[1]!.text).toMatch(
      /^chat: error_rate < 1% is met, but narrowly: 0 % \(0 % to 1\.8. % with 95 % confidence, 200 samples\)$/,
    );
  });

  it('fails on an SLO, with scenario, limit and number', () => {
    const verdict = judgeRun(buildRun(), { slos: ['p95 < 50ms', 'p50 < 1s'] });
    expect(verdict.status).toBe('fail');
    expect(verdict.reasons).toHaveLength(1);
    expect(verdict.reasons[0]).toMatchObject({ status: 'fail', scenario: 'chat' });
    expect(verdict.reasons[0]!.text).toMatch(
      /^chat: p95 < 50ms is not met: 118 ms \(1\d\d ms to 119 ms with 95 % confidence, 200 samples\)$/,
    );
  });

  it('names the most frequent failure beside an SLO on errors', () => {
    const run = withBlocks({ counts: { errors: { timeout: 20 }, status: { 200: 1 } } });
    const failures = [
      { errorClass: 'timeout', status: undefined, detail: 'no answer within 30 s', count: 20, requestId: undefined },
    ] as const;
    const verdict = judgeRun({ ...run, scenarios: [{ ...run.scenarios[0]!, failures }] });
    expect(verdict.reasons[0]!.text).toMatch(
      /error_rate < 5% is not met: 10 % .*; most often timeout: no answer within 30 s$/,
    );
  });

  describe('is invalid', () => {
    const { generator } = buildRun();
    const silent = buildScenario({ blocks: [buildBlock(0, { counts: { errors: { connect: 30 } } })] });
    const rows: readonly (readonly [name: string, run: Run, text: RegExp])[] = [
      [
        'when it was cancelled',
        buildRun({ ending: { kind: 'cancelled', signal: 'SIGTERM' } }),
        /cancelled \(SIGTERM\)/,
      ],
      [
        'when the gateway was unreachable',
        buildRun({
          ending: { kind: 'unreachable', reason: 'The gateway at http://gw cannot be reached.' },
          scenarios: [],
        }),
        /^The gateway at http:..gw cannot be reached\.$/,
      ],
      ['when nothing was answered', buildRun({ scenarios: [silent] }), /answered none of 30 requests/],
      [
        'when nothing was measured',
        buildRun({ scenarios: [buildScenario({ blocks: [] })] }),
        /Not one request was measured/,
      ],
      [
        'when the generator lagged',
        buildRun({ generator: { ...generator, problems: ['it lagged by 80 ms'] } }),
        /^it lagged by 80 ms$/,
      ],
      [
        'when it was saturated while it drove one scenario',
        buildRun({
          generator: { ...generator, scenarioProblems: [{ scenario: 'chat', text: 'chat: generator saturated' }] },
        }),
        /^chat: generator saturated$/,
      ],
      [
        'when connections ran out',
        withBlocks({ counts: { ok: 15, dropped: { connection: 5 } } }),
        /chat: 2\.5 % of its requests were never sent.*raise limits\.concurrency/,
      ],
    ];
    it.each(rows)('%s', (_name, run, text) => {
      const verdict = judgeRun(run);
      expect(verdict.status).toBe('invalid');
      expect(verdict.reasons[0]!.text).toMatch(text);
    });

    it('and names the scenario that the generator spoilt, behind what holds for the whole run', () => {
      const scenarioProblems = [{ scenario: 'chat', text: 'chat: generator saturated' }];
      const verdict = judgeRun(buildRun({ generator: { ...generator, problems: ['a crash'], scenarioProblems } }));
      expect(verdict.reasons.slice(0, 2)).toEqual([
        { status: 'invalid', scenario: undefined, text: 'a crash' },
        { status: 'invalid', scenario: 'chat', text: 'chat: generator saturated' },
      ]);
    });

    it('before it fails, and says behind it what failed', () => {
      const run = buildRun({ generator: { ...generator, problems: ['it lagged'] } });
      const verdict = judgeRun(run, { slos: ['p95 < 50ms'] });
      expect(verdict.reasons.map((reason) => reason.status)).toEqual(['invalid', 'fail']);
      expect(verdict.status).toBe('invalid');
    });

    it('also when the breaker ended a run that got no answer', () => {
      const run = buildRun({ scenarios: [silent], ending: { kind: 'aborted', reason: 'all requests failed' } });
      expect(judgeRun(run).status).toBe('invalid');
    });

    it('but not for an arrival in steps that ran out of connections', () => {
      const steps = buildScenario({
        stepRates: [20, 40],
        blocks: [
          steadyBlock(0),
          buildBlock(1, { counts: { ok: 5, dropped: { connection: 20 } }, ms: { latency: [100, 100, 100, 100, 100] } }),
        ],
      });
      const verdict = judgeRun(buildRun({ scenarios: [steps] }), { slos: ['p50 < 1s', 'knee >= 20/s'] });
      expect(verdict.status).toBe('pass');
      expect(verdict.knees).toMatchObject([{ scenario: 'chat', rate: 20 }]);
    });

    it('but not for one in a hundred', () => {
      expect(judgeRun(withBlocks({ counts: { ok: 20, dropped: { connection: 2 } } })).status).toBe('pass');
    });
  });

  it('fails when the breaker ended the run', () => {
    const verdict = judgeRun(buildRun({ ending: { kind: 'aborted', reason: '50 % errors for 5 s' } }));
    expect(verdict).toMatchObject({
      status: 'fail',
      reasons: [{ text: expect.stringContaining('50 % errors for 5 s') }],
    });
  });

  describe('is inconclusive', () => {
    it('where an SLO is, though others are met', () => {
      const verdict = judgeRun(buildRun(), { slos: ['p99 < 1s', 'p50 < 1s'] });
      expect(verdict.status).toBe('inconclusive');
      expect(verdict.reasons[0]!.text).toBe(
        'chat: p99 < 1s could not be decided: it needs 500 samples, got 200; at 20/s add 15 s to load.duration',
      );
    });

    it('but not where another one fails', () => {
      expect(judgeRun(buildRun(), { slos: ['p99 < 1s', 'p50 < 1ms'] }).status).toBe('fail');
    });

    it('with nothing to judge', () => {
      const verdict = judgeRun(buildRun(), { slos: [] });
      expect(verdict.status).toBe('inconclusive');
      expect(verdict.reasons[0]!.text).toMatch(/nothing to judge: no scenario has an SLO.*no baseline was asked for/);
    });

    it('with nothing but an advisory comparison', () => {
      const verdict = judgeRun(buildBurst({ seed: 50 }), {
        slos: [],
        baseline: { kind: 'runs', runs: buildWindow(3) },
      });
      expect(verdict.status).toBe('inconclusive');
      expect(verdict.reasons[0]!.text).toMatch(/nothing to judge.*only 3 earlier runs/);
    });

    it('for scenarios that are in the policy and not in the run', () => {
      const scenarios = [{ name: 'gone', slos: [slo('p95 < 1s')] }];
      expect(judgeRun(buildRun(), { scenarios })).toMatchObject({
        status: 'inconclusive',
        slos: [{ reason: 'this run has no such scenario; judge it by the configuration that it was made with' }],
      });
    });

    it('where a bound kept part of the load from being sent', () => {
      const cut = {
        ...withBlocks({ counts: { ok: 0, dropped: { bound: 40 } } }),
        ending: { kind: 'bounded', bound: 'requests' },
      } as const;
      const verdict = judgeRun(cut);
      expect(verdict.status).toBe('inconclusive');
      expect(verdict.reasons[0]!.text).toMatch(
        /^chat: limits\.requests ended the run before 18\.2 % of its requests were sent.*raise limits\.requests/,
      );
      expect(judgeRun(cut, { slos: ['p95 < 1ms'] }).status).toBe('fail');
    });

    it('but not where a bound ended what had been sent all but a little', () => {
      const verdict = judgeRun(buildRun({ ending: { kind: 'bounded', bound: 'duration' } }));
      expect(verdict.status).toBe('pass');
      expect(verdict.reasons.at(-1)!.text).toMatch(/limits\.duration ended the run/);
    });
  });

  describe('fail-on', () => {
    it('without slo, shows the failing row and stays neutral', () => {
      const verdict = judgeRun(buildRun(), { slos: ['p95 < 1ms', 'p50 < 1s'], failOn: ['regression'] });
      expect(verdict).toMatchObject({ status: 'inconclusive', slos: [{ status: 'fail' }, { status: 'pass' }] });
      expect(verdict.reasons[0]!.text).toMatch(/is not met: .*\(fail-on leaves out slo\)$/);
    });

    it('with inconclusive, fails on what could not be decided', () => {
      const verdict = judgeRun(buildRun(), { slos: ['p99 < 1s'], failOn: ['slo', 'inconclusive'] });
      expect(verdict).toMatchObject({ status: 'fail', reasons: [{ status: 'fail' }] });
    });

    it('without regression, leaves a regression neutral', () => {
      const baseline: BaselineInput = { kind: 'runs', runs: buildWindow(10) };
      const slower = buildBurst({ seed: 50, medianMs: 350 });
      expect(judgeRun(slower, { slos: [], baseline, failOn: ['slo'] }).status).toBe('inconclusive');
      expect(judgeRun(slower, { slos: [], baseline }).status).toBe('fail');
    });
  });

  describe('against a baseline', () => {
    const baseline: BaselineInput = { kind: 'runs', runs: buildWindow(10) };

    it('passes what did not change', () => {
      const verdict = judgeRun(buildBurst({ seed: 50 }), { slos: [], baseline });
      expect(verdict).toMatchObject({ status: 'pass', baseline: { kind: 'stored', advisory: false } });
      expect(verdict.reasons[0]!.text).toBe('2 comparisons with 10 earlier runs found nothing that got worse');
    });

    it('fails what got slower though every SLO is met', () => {
      const verdict = judgeRun(buildBurst({ seed: 50, medianMs: 350 }), { slos: ['p95 < 10s'], baseline });
      expect(verdict.status).toBe('fail');
      expect(verdict.reasons[0]!.text).toMatch(
        /^chat: p95 rose by \d\d(\.\d)? % \(at least \d\d(\.\d)? %\) against the baseline, from 3\d\d ms to \d{3} ms$/,
      );
    });

    it('shows and does not fail it below five runs', () => {
      const few: BaselineInput = { kind: 'runs', runs: buildWindow(4) };
      const verdict = judgeRun(buildBurst({ seed: 50, medianMs: 350 }), { slos: ['p95 < 10s'], baseline: few });
      expect(verdict).toMatchObject({ status: 'pass', baseline: { advisory: true } });
      expect(verdict.regressions.find((finding) => finding.metric === 'p95')!.change).toBeGreaterThan(0.5);
    });

    it('fails on errors, and does not let the invalid latencies hide it', () => {
      const verdict = judgeRun(buildBurst({ seed: 50, errorRate: 0.2 }), { slos: [], baseline });
      expect(verdict.reasons.map((reason) => reason.status)).toEqual(['fail', 'invalid']);
    });

    it('is invalid where only the latencies gate and are of different requests', () => {
      const regression = { metrics: [measure('p95')] };
      const verdict = judgeRun(buildBurst({ seed: 50, errorRate: 0.2 }), { slos: [], baseline, regression });
      expect(verdict).toMatchObject({ status: 'invalid', reasons: [{ scenario: 'chat' }] });
    });

    it('does not compare what was cancelled or aborted', () => {
      const run = buildBurst({ seed: 50, medianMs: 900, run: { ending: { kind: 'aborted', reason: 'x' } } });
      expect(judgeRun(run, { baseline }).regressions).toEqual([]);
    });

    const nothing: readonly BaselineInput[] = [
      { kind: 'none', reason: 'r' },
      { kind: 'absent', reason: 'r' },
      { kind: 'unreadable', reason: 'r' },
      { kind: 'runs', runs: [buildRun({ id: 'x', configDigest: 'other' })] },
    ];
    it.each(nothing)('that is $kind fails only where one is required', (baselineInput) => {
      expect(judgeRun(buildRun(), { baseline: baselineInput }).status).toBe('pass');
      const verdict = judgeRun(buildRun(), { baseline: baselineInput, regression: { requireBaseline: true } });
      expect(verdict.status).toBe('fail');
      expect(verdict.reasons[0]!.text).toMatch(/require_baseline is set, and there is nothing to compare with: /);
    });
  });
});
