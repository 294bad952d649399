import type { ProbeCall, ProbeRun } from '../../src/model/probe.ts';
import type { Report } from '../../src/model/report.ts';
import { fromSeconds, micros } from '../../src/model/units.ts';
import type { UpstreamCall } from '../../src/model/upstream.ts';
import { judgeProbe } from '../../src/verdict/judge-probe.ts';
import { aCall, anUpstreamCall, aProbeRun } from '../support/probe-builders.ts';
import { report, run, verdict } from '../support/report-builders.ts';
import { MIN_SAMPLES, slo } from '../verdict/build-policy.ts';

const BAD_GATEWAY = { kind: 'error', errorClass: 'upstream', detail: 'HTTP 502: no provider could answer' } as const;

/** A provider that answers 503 to four requests: `rescued` of them are taken over by another. */
const failover = (rescued: number, more: Partial<ProbeRun> = {}): ProbeRun => {
  const upstream: UpstreamCall[] = [];
  const calls: ProbeCall[] = [];
  const send = (call: ProbeCall, ...asked: readonly (readonly [provider: string, status: number])[]): void => {
    calls.push(call);
    for (const [index, [provider, status]] of asked.entries())
      upstream.push(
        anUpstreamCall(call, { provider, status, received: micros(call.released + 2_000 * index), end: call.end }),
      );
  };
  for (let id = 0; id < 4; id += 1) {
    const call = aCall({
      id,
      step: '503',
      group: 1,
      tenant: id % 2 === 0 ? 'free' : 'pro',
      released: micros(1_000_000),
    });
    if (id < rescued)
      send({ ...call, provider: 'anthropic', requestId: `req-${id}` }, ['openai', 503], ['anthropic', 200]);
    else send({ ...call, outcome: BAD_GATEWAY, status: 502, requestId: `req-${id}` }, ['openai', 503]);
  }
  send(aCall({ id: 4, step: 'back', group: 1, tenant: 'free', released: micros(2_000_000), provider: 'openai' }), [
    'openai',
    200,
  ]);
  return aProbeRun({
    scenario: 'rescue',
    spec: { kind: 'failover', primary: 'openai', faults: [503], requests: 4, recovery: fromSeconds(10) },
    duration: fromSeconds(3),
    calls,
    upstream,
    marks: [
      { at: micros(990_000), text: 'openai answers with status 503' },
      { at: micros(1_990_000), text: 'openai is healthy again' },
    ],
    ...more,
  });
};

/** Ten streams without instruments, of which the last ones broke off. */
const streams = (broken: number, more: Partial<ProbeRun> = {}): ProbeRun =>
  aProbeRun({
    scenario: 'flow',
    spec: { kind: 'stream', requests: 10 },
    duration: fromSeconds(2),
    calls: Array.from({ length: 10 }, (_, id) =>
      aCall({
        id,
        step: 'stream',
        firstContent: micros(40_000),
        end: micros(240_000),
        contentEvents: 11,
        gaps: Array<number>(10).fill(20_000),
        usage: { prompt: 8, completion: 11 },
        ...(id < 10 - broken
          ? {}
          : {
              outcome: { kind: 'error', errorClass: 'truncated', detail: 'the stream ended without [DONE]' } as const,
            }),
      }),
    ),
    ...more,
  });

const PROMISES: Readonly<Record<string, readonly string[]>> = {
  rescue: ['failover.rescued >= 99%', 'failover.added.p95 < 500ms', 'failover.recovery < 5s'],
  flow: ['stream.truncated == 0', 'stream.burst_share < 30%', 'stream.buffered == 0'],
};

const reportOf = (probes: readonly ProbeRun[], status: 'pass' | 'fail', reasons: readonly string[]): Report =>
  report({
    run: run({ probes }),
    verdict: verdict({
      status,
      reasons: reasons.map((text) => ({
        status,
        scenario: probes.find(({ scenario }) => text.startsWith(`${scenario}: `))?.scenario,
        text,
      })),
      slos: probes.flatMap((probe) =>
        judgeProbe(probe, { slos: (PROMISES[probe.scenario] ?? []).map(slo), minSamples: MIN_SAMPLES }),
      ),
    }),
  });

/** Probes that found nothing wrong. */
export const goodProbes: Report = reportOf([failover(4)], 'pass', ['Every SLO is met']);

/** Probes that found something, that left something out, and that did not come to their end. */
export const badProbes: Report = reportOf(
  [
    failover(1, { skipped: [{ part: 'cut', reason: 'the scenario asks for no stream' }] }),
    streams(2),
    aProbeRun({ scenario: 'quota', spec: { kind: 'stream', requests: 40 }, incomplete: 'limits.requests was reached' }),
  ],
  'fail',
  ['rescue: failover.rescued >= 99% is not met'],
);

/** A run that drives no load, with what its probes found. */
export const onlyProbes = ({ run, ...state }: Report): Report => ({ ...state, run: { ...run, scenarios: [] } });

/** Texts of a gateway's own making in every place of a probe that has room for them. */
export const hostileProbes = (text: string): Report =>
  reportOf(
    [
      failover(1, {
        scenario: text,
        calls: failover(1).calls.map((call) => ({ ...call, requestId: text, provider: text, model: text })),
        marks: [{ at: micros(0), text }],
        skipped: [{ part: text, reason: text }],
        incomplete: text,
      }),
    ],
    'fail',
    [text],
  );
