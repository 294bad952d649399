import type { ProbeCall, ProbePlan, ProbeRun, ProbeSpec } from '../../src/model/probe.ts';
import { micros } from '../../src/model/units.ts';
import type { UpstreamCall } from '../../src/model/upstream.ts';
import { aScenario } from './plan-builders.ts';

/** A call that was answered well 50 ms after its release at 0. */
export const aCall = (overrides: Partial<ProbeCall> = {}): ProbeCall => {
  const id = overrides.id ?? 0;
  return {
    id,
    step: 'call',
    group: 0,
    tenant: undefined,
    request: id,
    nonce: `0${String(id).padStart(17, '0')}`,
    variant: undefined,
    released: micros(0),
    written: overrides.released ?? micros(0),
    firstContent: undefined,
    end: micros((overrides.released ?? 0) + 50_000),
    outcome: { kind: 'ok' },
    status: 200,
    cache: undefined,
    provider: undefined,
    askedModel: undefined,
    model: undefined,
    requestId: undefined,
    throttled: false,
    limit: undefined,
    retryAfter: undefined,
    headers: {},
    content: '0123456789abcdef',
    contentLength: 40,
    echoes: [],
    usage: undefined,
    finishReason: 'stop',
    contentEvents: 0,
    gaps: [],
    hungUp: false,
    ...overrides,
  };
};

/** The upstream call of that call, answered within its time. */
export const anUpstreamCall = (call: ProbeCall, overrides: Partial<UpstreamCall> = {}): UpstreamCall => ({
  provider: 'primary',
  index: call.id,
  received: micros(call.released + 1_000),
  firstByte: micros(call.released + 20_000),
  firstContent: micros(call.released + 20_000),
  end: micros(call.end - 1_000),
  path: '/v1/chat/completions',
  api: 'chat',
  bodyHash: '0'.repeat(64),
  identity: call.nonce,
  nonces: [call.nonce],
  model: 'gpt-4o-mini',
  stream: false,
  status: 200,
  abortedByClient: false,
  ...overrides,
});

const ISOLATION: ProbeSpec = {
  kind: 'isolation',
  tenants: 2,
  prompts: 3,
  mixed: 60,
  settle: micros(2_000_000),
};

/** A probe that came to its end without having sent anything. */
export const aProbeRun = (overrides: Partial<ProbeRun> = {}): ProbeRun => ({
  scenario: 'probe',
  spec: ISOLATION,
  duration: micros(1_000_000),
  calls: [],
  upstream: undefined,
  marks: [],
  skipped: [],
  incomplete: undefined,
  ...overrides,
});

/** A probe on `GET /`. */
export const aProbePlan = (overrides: Partial<ProbePlan> = {}): ProbePlan => ({
  scenario: aScenario({ name: 'probe' }),
  spec: ISOLATION,
  ...overrides,
});
