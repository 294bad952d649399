import { PLAIN_GATEWAY } from '../../src/dialects/common-fields.ts';
import type { Arrival } from '../../src/model/arrival.ts';
import type { Dialect } from '../../src/model/dialect.ts';
import type { Bounds, LoadPlan, Plan, ScenarioPlan, TenantPlan } from '../../src/model/plan.ts';
import { fromSeconds, micros } from '../../src/model/units.ts';

/** A dialect with plain header names. */
export const aDialect = (overrides: Partial<Dialect> = {}): Dialect => ({
  ...PLAIN_GATEWAY,
  name: 'test',
  cache: { fields: [{ header: 'x-cache' }], values: { hit: 'hit', miss: 'miss', bypass: 'bypass' } },
  provider: [{ header: 'x-upstream-provider' }],
  requestId: [{ header: 'x-request-id' }],
  ...overrides,
});

/** Bounds that bind nothing. */
export const someBounds = (overrides: Partial<Bounds> = {}): Bounds => ({
  requests: 1_000_000,
  duration: fromSeconds(3_600),
  concurrency: 1_000,
  tokens: undefined,
  abort: undefined,
  ...overrides,
});

export const aTenant = (overrides: Partial<TenantPlan> = {}): TenantPlan => ({
  id: 'free',
  headers: [],
  vars: {},
  ...overrides,
});

/** `GET /` that accepts 200, without tenants and SLOs. */
export const aScenario = (overrides: Partial<ScenarioPlan> = {}): ScenarioPlan => ({
  name: 'main',
  endpoint: 'custom',
  method: 'GET',
  path: '/',
  stream: false,
  headers: [],
  body: undefined,
  timeout: fromSeconds(5),
  tenants: [],
  expect: { status: [200], headers: [], body: [] },
  slos: [],
  maxCompletionTokens: 0,
  ...overrides,
});

/** 10/s for 10 s. */
export const anArrival = (rate = 10, seconds = 10): Arrival => ({
  kind: 'constant-rate',
  rate,
  process: 'uniform',
  duration: fromSeconds(seconds),
});

/** Users for 10 s, without think time unless it is given in seconds. */
export const someUsers = (users: number, think: readonly [number, number] = [0, 0], seconds = 10): Arrival => ({
  kind: 'constant-users',
  users,
  think: { min: fromSeconds(think[0]), max: fromSeconds(think[1]) },
  duration: fromSeconds(seconds),
});

/** 10/s for 10 s on the scenario `main`, 10 blocks, no warm-up. */
export const aLoad = (overrides: Partial<LoadPlan> = {}): LoadPlan => ({
  name: 'main',
  arrival: anArrival(),
  warmup: micros(0),
  after: undefined,
  blocks: 10,
  members: [{ scenario: 'main', weight: 1 }],
  ...overrides,
});

/** One load on one scenario, nothing bounded. */
export const aPlan = (overrides: Partial<Plan> = {}): Plan => ({
  seed: 'seed',
  digest: '0'.repeat(64),
  target: { url: 'http://127.0.0.1:1', ca: undefined },
  instruments: [],
  baseline: undefined,
  pairs: 30,
  share: undefined,
  dialect: aDialect(),
  bounds: someBounds(),
  loads: [aLoad()],
  scenarios: [aScenario()],
  probes: [],
  lists: {},
  ...overrides,
});
