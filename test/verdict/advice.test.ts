import { describe, expect, it } from 'vitest';
import { PROBES, type ProbeName, type ProbeSpec } from '../../src/model/probe.ts';
import type { Run } from '../../src/model/run.ts';
import { fromSeconds } from '../../src/model/units.ts';
import { type BaselineInput, judge } from '../../src/verdict/judge.ts';
import { judgeProbe } from '../../src/verdict/judge-probe.ts';
import { readProbe } from '../../src/verdict/read-probe.ts';
import { buildBlock, buildRun, buildScenario } from '../support/build-run.ts';
import { aProbeRun } from '../support/probe-builders.ts';
import { buildLive } from './build-live.ts';
import { buildPolicy, MIN_SAMPLES, slo } from './build-policy.ts';

// Who reads that nothing could be decided wants to know what to do about it: a clause of its own that begins with a verb.
const ADVICE =
  /(?:[;:,.]|^)(?: and| or)? (?:at \S+ )?(?:add|ask|check|compare|give|judge|leave|let|lower|name|point|put|raise|repeat|run|see|send|set|shorten|use)\b/i;

const NO_BASELINE: BaselineInput = { kind: 'none', reason: 'no baseline was asked for' };

const undecidedOf = (run: Run, slos: readonly string[], baseline: BaselineInput = NO_BASELINE): readonly string[] =>
  judge({ run, baseline, policy: buildPolicy(slos) })
    .reasons.filter(({ status }) => status === 'invalid' || status === 'inconclusive')
    .map(({ text }) => text);

const scenarioOf = (...[content, overrides]: readonly [Parameters<typeof buildBlock>[1]?, object?]): Run =>
  buildRun({ scenarios: [buildScenario({ blocks: [buildBlock(0, content)], ...overrides })] });

const TIMES = ['p95', 'ttft.p95', 'itl.p95', 'tpot.p95', 'hit.p95', 'miss.p95', 'overhead.p95', 'overhead.ttft.p95'];
const OTHERS = [
  'cache.hit_rate > 50%',
  'cache.delta.p50 > 1ms',
  'tokens_per_second > 1/s',
  'provider.share.a > 1%',
  'knee > 1/s',
  'status.500 == 0',
  'tenant(a).error_rate < 1%',
  'limit.admitted == 60',
];
const SLOS = [...TIMES.map((metric) => `${metric} < 1s`), ...OTHERS];

describe('every reason why nothing was decided says what to do', () => {
  const ok = { counts: { ok: 200, status: { 200: 200 } } };
  const cache = (status: 'hit' | 'miss' | 'bypass') => ({ counts: { ...ok.counts, cache: { [status]: 200 } } });
  const runs: readonly (readonly [name: string, run: Run])[] = [
    ['nothing was measured', buildRun({ scenarios: [buildScenario({ blocks: [] })] })],
    ['nothing came to its end', scenarioOf({ counts: { dropped: { bound: 9 } } })],
    ['everything failed', scenarioOf({ counts: { errors: { gateway: 30 }, status: { 500: 30 } } })],
    ['nobody answered', scenarioOf({ counts: { errors: { connect: 30 } } })],
    ['most failed', scenarioOf({ ms: { latency: Array(200).fill(9) }, counts: { errors: { gateway: 900 } } })],
    ['there were few requests', scenarioOf({ ms: { latency: [1], ttft: [1] } }, { stream: true })],
    ['streams were empty', scenarioOf(ok, { stream: true })],
    ['no answer was a stream', scenarioOf(ok)],
    ['all were hits', scenarioOf(cache('hit'))],
    ['all were misses', scenarioOf(cache('miss'))],
    ['all passed the cache by', scenarioOf(cache('bypass'))],
    ['connections ran out', scenarioOf({ counts: { ok: 9, dropped: { connection: 9 } } })],
    ['a limit cut it short', scenarioOf({ counts: { ok: 900, dropped: { bound: 90 } } })],
    ['the scenario is missing', buildRun({ scenarios: [] })],
    ['it was cancelled', buildRun({ ending: { kind: 'cancelled', signal: 'SIGTERM' } })],
  ];
  it.each(runs)('where %s', (_name, run) => {
    const reasons = undecidedOf(run, SLOS);
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.filter((text) => !ADVICE.test(text))).toEqual([]);
  });

  it('where nothing was asked', () => {
    expect(undecidedOf(buildRun(), [])).toEqual([expect.stringMatching(ADVICE)]);
  });

  it.each<[string, Parameters<typeof buildLive>[0]]>([
    ['is undecided', { seed: 7, pairs: 30, perBlock: 5, sigma: 0.9, candidate: { medianMs: 230 } }],
    ['has far fewer successes', { seed: 7, candidate: { errorRate: 0.3 } }],
  ])('where a live comparison %s', (_name, world) => {
    const { run, other } = buildLive(world);
    const reasons = undecidedOf(run, [], { kind: 'live', run: other });
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.filter((text) => !ADVICE.test(text))).toEqual([]);
  });

  const WAIT = fromSeconds(2);
  const SPECS: { readonly [K in ProbeName]: Extract<ProbeSpec, { kind: K }> } = {
    cache: {
      kind: 'cache',
      prompts: 2,
      crowd: 2,
      settle: WAIT,
      ttl: undefined,
      changes: [],
      otherModel: undefined,
      bypass: [],
    },
    'semantic-cache': { kind: 'semantic-cache', pairs: [], settle: WAIT },
    'rate-limit': { kind: 'rate-limit', limit: 9, window: WAIT },
    isolation: { kind: 'isolation', tenants: 2, prompts: 2, mixed: 2, settle: WAIT },
    neighbour: { kind: 'neighbour', rate: 9, noise: 9, duration: WAIT },
    failover: { kind: 'failover', primary: 'a', faults: [503], requests: 4, recovery: WAIT },
    stream: { kind: 'stream', requests: 4 },
    routing: { kind: 'routing', requests: 4, shares: [], forbidden: undefined },
    cancel: { kind: 'cancel', requests: 4, within: WAIT },
  };
  it.each(PROBES)('where a %s probe saw nothing', (kind) => {
    for (const upstream of [undefined, []]) {
      const values = Object.values(readProbe(aProbeRun({ spec: SPECS[kind], upstream })).values);
      const reasons = values.flatMap((value) => (value.kind === 'unmeasured' ? [value.reason] : []));
      expect(reasons.length).toBeGreaterThan(0);
      expect(reasons.filter((text) => !ADVICE.test(text))).toEqual([]);
    }
  });

  it.each(PROBES)('where a %s probe has no times', (kind) => {
    const slos = [slo('p95 < 1s'), slo('cache.delta.p50 > 1ms')];
    for (const { reason } of judgeProbe(aProbeRun({ spec: SPECS[kind] }), { slos, minSamples: MIN_SAMPLES }))
      expect(reason).toMatch(ADVICE);
  });
});
