import { describe, expect, it } from 'vitest';
import { checkStored, parseRun, RUN_JSON_MAX_BYTES, runToJson } from '../../src/archive/run-codec.ts';
import { runSchema } from '../../src/archive/run-schema.ts';
import { GateError } from '../../src/model/errors.ts';
import type { Run } from '../../src/model/run.ts';
import { fromSeconds, micros } from '../../src/model/units.ts';
import { NO_HEALTH } from '../../src/stats/generator.ts';
import { EMPTY_HISTOGRAM } from '../../src/stats/histogram.ts';
import { buildBlock, buildRun, buildScenario, histogramOf } from '../support/build-run.ts';
import { aCall, anUpstreamCall, aProbeRun } from '../support/probe-builders.ts';

const probeCall = aCall({
  tenant: 'free',
  variant: 'temperature 0.7',
  firstContent: micros(20_000),
  cache: 'hit',
  provider: 'primary',
  model: 'gpt-4o',
  requestId: 'r-1',
  headers: { 'retry-after': '7' },
  echoes: ['0aaaaaaaaaaaaaaaaa'],
  usage: { prompt: 3, completion: 7 },
  contentEvents: 2,
  gaps: [2_000],
  hungUp: true,
});

const rich: Run = buildRun({
  ending: { kind: 'bounded', bound: 'tokens' },
  generator: {
    lag: histogramOf([1, 5, 900]),
    loopDelay: histogramOf([20]),
    gc: histogramOf([700]),
    cpu: 0.25,
    steal: 0.01,
    blocks: [
      {
        start: micros(0),
        duration: fromSeconds(1),
        released: 3,
        lag: histogramOf([1, 5]),
        loopDelay: histogramOf([20]),
        gc: histogramOf([700]),
        cpu: 0.25,
        steal: undefined,
      },
    ],
    floor: { latency: histogramOf([300, 320]), lag: histogramOf([4]) },
    problems: ['the providers ended'],
    scenarioProblems: [{ scenario: 'steps', text: 'steps: generator saturated' }],
    warnings: ['no floor'],
  },
  scenarios: [
    buildScenario({
      stream: true,
      slices: [
        {
          tenant: 'free',
          blocks: [
            buildBlock(0, { ms: { latency: [5, 6], ttft: [1], overhead: [2], 'ttft-overhead': [0.5] } }),
            buildBlock(3),
          ],
        },
        {
          tenant: 'pro',
          blocks: [
            buildBlock(0, {
              counts: { errors: { timeout: 1 }, dropped: { bound: 2 }, providers: { openai: 3 }, cache: { hit: 1 } },
              ms: { hit: [2], latency: [2] },
            }),
          ],
        },
      ],
      failures: [{ errorClass: 'timeout', status: undefined, detail: 'no answer', count: 1, requestId: 'r-1' }],
      upstream: { hasNonce: true, joined: 7, hits: 2, unseen: 1 },
    }),
    buildScenario({ name: 'steps', stepRates: [10, 20.5], endpoint: 'custom', closed: true }),
  ],
  probes: [
    aProbeRun({
      spec: { kind: 'rate-limit', limit: 60, window: fromSeconds(60) },
      calls: [
        probeCall,
        aCall({ id: 1, outcome: { kind: 'error', errorClass: 'timeout', detail: 'no answer' }, status: undefined }),
      ],
      upstream: [
        anUpstreamCall(probeCall),
        // A provider with a clock of its own may have seen it before it was sent.
        anUpstreamCall(probeCall, { received: micros(-5), end: undefined, status: undefined, api: undefined }),
      ],
      marks: [{ at: micros(7), text: 'provider a answers 503' }],
      skipped: [{ part: 'amplification', reason: 'there is no simulated provider' }],
      incomplete: 'limits.requests was reached',
      lateness: { p50: micros(1), p95: micros(2), p99: micros(3), max: micros(4) },
    }),
  ],
});

const sparse: Run = buildRun({
  origin: { repository: undefined, commit: undefined, ref: undefined, workflowRunId: undefined },
  bounds: { ...buildRun().bounds, tokens: undefined, abort: undefined },
  scenarios: [],
});

describe('a stored run', () => {
  it.each([
    ['with everything', rich],
    ['with nothing that may be absent', sparse],
    ['aborted', buildRun({ ending: { kind: 'aborted', reason: 'half of the requests failed' } })],
    ['unreachable', buildRun({ ending: { kind: 'unreachable', reason: 'connection refused' } })],
    ['cancelled', buildRun({ ending: { kind: 'cancelled', signal: 'SIGTERM' } })],
  ])('%s comes back as it was', (_name, run) => {
    expect(parseRun(runToJson(run))).toEqual(run);
  });

  it('names its version', () => {
    expect(JSON.parse(runToJson(rich))).toMatchObject({ schemaVersion: 1, id: 'run-1' });
  });

  it.each([
    ['a later', { later: 1 }],
    ['an earlier', { notMeasured: [{ scenario: 'quota', reason: 'probes are not driven' }] }],
  ])('with a field of %s version is read without it', (_name, field) => {
    expect(parseRun(JSON.stringify({ ...JSON.parse(runToJson(rich)), ...field }))).toEqual(rich);
  });
});

describe('a file that is not a stored run', () => {
  /** The rich run with one value replaced. */
  const withValue = (path: string, value: unknown): string => {
    const stored = JSON.parse(runToJson(rich));
    const keys = path.split('.');
    const parent = keys.slice(0, -1).reduce((object, key) => object[key], stored);
    if (value === undefined) delete parent[keys.at(-1)!];
    else parent[keys.at(-1)!] = value;
    return JSON.stringify(stored);
  };
  const block = 'scenarios.0.slices.0.blocks.0';
  const rows: readonly (readonly [name: string, text: string, message: RegExp])[] = [
    ['empty', '', /not JSON/],
    ['not JSON', '{', /not JSON/],
    ['a list', '[]', /schema version none/],
    ['null', 'null', /not a JSON object/],
    ['without a version', '{}', /schema version none; this program reads 1/],
    ['of a later version', withValue('schemaVersion', 2), /schema version 2; this program reads 1/],
    ['of a version as text', withValue('schemaVersion', '1'), /schema version "1"/],
    ['without an id', withValue('id', undefined), /id: /],
    ['with a wrong date', withValue('createdAt', 'yesterday'), /createdAt: /],
    [
      'with a negative count',
      withValue(`${block}.counts.ok`, -1),
      /scenarios\[0\]\.slices\[0\]\.blocks\[0\]\.counts\.ok/,
    ],
    ['with half a request', withValue(`${block}.counts.ok`, 0.5), /counts\.ok/],
    ['with a count as text', withValue(`${block}.counts.ok`, '5'), /counts\.ok/],
    ['with NaN, which JSON writes as null', withValue(`${block}.counts.good`, Number.NaN), /counts\.good/],
    ['with a count beyond 2⁵³', withValue(`${block}.counts.ok`, 1e300), /counts\.ok/],
    ['with an unknown class of error', withValue(`${block}.counts.errors`, { odd: 1 }), /counts\.errors/],
    ['with an unknown metric', withValue(`${block}.histograms.odd`, 'x'), /histograms/],
    [
      'with a broken histogram',
      withValue(`${block}.histograms.latency`, 'AAAA'),
      /histograms\.latency: a histogram cannot be read/,
    ],
    ['with a histogram that is none', withValue(`${block}.histograms.latency`, { counts: [1] }), /histograms\.latency/],
    ['with blocks out of order', withValue(`${block}.index`, 9), /blocks: the blocks are not in ascending order/],
    ['with a tenant twice', withValue('scenarios.0.slices.1.tenant', 'free'), /two parts have the same tenant/],
    ['with a scenario twice', withValue('scenarios.1.name', 'chat'), /two scenarios have the same name/],
    ['with an unknown ending', withValue('ending', { kind: 'exploded' }), /ending/],
    ['with an error rate above 1', withValue('bounds.abort.errorRate', 1.5), /bounds\.abort\.errorRate/],
    ['with a name of a megabyte', withValue('scenarios.0.name', 'x'.repeat(1_000_000)), /scenarios\[0\]\.name/],
    ['larger than the limit', ' '.repeat(RUN_JSON_MAX_BYTES + 1), /larger than 64 MiB/],
  ];
  it.each(rows)('%s is refused, with the place', (_name, text, message) => {
    const attempt = () => parseRun(text);
    expect(attempt).toThrow(GateError);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ code: 'baseline-unreadable' }));
  });

  it('is described by its first three faults, in bounded length', () => {
    const stored = JSON.parse(runToJson(rich));
    stored.scenarios[0].failures = Array.from({ length: 500 }, () => ({}));
    expect(() => parseRun(JSON.stringify(stored))).toThrow(/and \d+ more\)$/);
    const hostile = withValue(`${block}.counts.providers`, { ['y'.repeat(1_500)]: -1 });
    const attempt = (): string => {
      try {
        parseRun(hostile);
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(attempt()).toMatch(/counts\.providers/);
    expect(attempt().length).toBeLessThan(500);
  });

  it('cannot fill the memory with histograms that compress well', () => {
    const stored = JSON.parse(runToJson(rich));
    expect(() => checkStored(runSchema({ left: 1_000 }), stored, 'it')).not.toThrow();
    expect(() => checkStored(runSchema({ left: 3 }), stored, 'it')).toThrow(/too many histograms in one file/);
  });
});

it('a run from before the generator knew its blocks, pauses and floor', () => {
  const stored = JSON.parse(runToJson(rich));
  const { lag, loopDelay, cpu, problems } = stored.generator;
  const parsed = parseRun(JSON.stringify({ ...stored, generator: { lag, loopDelay, cpu, problems } }));
  expect(parsed.generator).toEqual({
    ...NO_HEALTH,
    lag: rich.generator.lag,
    loopDelay: rich.generator.loopDelay,
    cpu: 0.25,
    problems: ['the providers ended'],
  });
});

it('an empty histogram is stored too', () => {
  expect(parseRun(runToJson(buildRun())).generator.lag).toEqual(EMPTY_HISTOGRAM);
});
