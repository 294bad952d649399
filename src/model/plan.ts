import type { Arrival } from './arrival.ts';
import type { Dialect } from './dialect.ts';
import type { ProbePlan } from './probe.ts';
import type { Slo } from './slo.ts';
import type { JsonTemplate, Template } from './template.ts';
import type { Micros, Ratio } from './units.ts';

/** The bounds of the whole run: warm-up, probes and both sides of a comparison included. */
export interface Bounds {
  readonly requests: number;
  /** From the first request sent; none is sent after it. */
  readonly duration: Micros;
  /** Requests in flight at any moment. */
  readonly concurrency: number;
  /** Prompt + completion; undefined = unbounded. */
  readonly tokens: number | undefined;
  /** Stops the run when the error rate stays at or above it for that long; undefined = never. */
  readonly abort: { readonly errorRate: Ratio; readonly over: Micros } | undefined;
}

export const ENDPOINTS = ['chat', 'responses', 'messages', 'embeddings', 'models'] as const;
/** The wire format of a scenario; `custom` is a free method and path, whose body is only looked at by `expect`. */
export type EndpointKind = (typeof ENDPOINTS)[number] | 'custom';

/** What one body path or header must be. Paths are dotted, array indexes are numbers: `choices.0.message.content`. */
export type Matcher =
  | { readonly kind: 'present' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'nonempty' }
  | { readonly kind: 'equals'; readonly value: JsonTemplate }
  | { readonly kind: 'oneOf'; readonly values: readonly JsonTemplate[] }
  | { readonly kind: 'not'; readonly values: readonly JsonTemplate[] }
  | { readonly kind: 'matches'; readonly pattern: string };

export interface Expectation {
  /** Accepted status codes. Among them, 429, 503 and the dialect's rejections count as throttled and all others as ok. */
  readonly status: readonly number[];
  /** Checked on accepted responses that are not throttled. Names in lower case. */
  readonly headers: readonly { readonly name: string; readonly matcher: Matcher }[];
  readonly body: readonly { readonly path: string; readonly matcher: Matcher }[];
}

export interface TenantPlan {
  readonly id: string;
  readonly headers: readonly (readonly [name: string, value: Template])[];
  readonly vars: Readonly<Record<string, string | number | boolean>>;
}

/** What a scenario sends and expects. `load` names the LoadPlan that drives it. */
export interface ScenarioPlan {
  readonly name: string;
  readonly endpoint: EndpointKind;
  readonly method: string;
  /** Joined to the gateway's URL path. */
  readonly path: string;
  readonly stream: boolean;
  /** Gateway headers, then the scenario's; a tenant's come last and win. Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: Template])[];
  readonly body: JsonTemplate | undefined;
  /** From the release. */
  readonly timeout: Micros;
  /** Rotated over by request index; empty = no tenants. */
  readonly tenants: readonly TenantPlan[];
  readonly expect: Expectation;
  readonly slos: readonly Slo[];
  /** Completion tokens that one request can cost at most, for the token bound and `validate`. */
  readonly maxCompletionTokens: number;
}

/** One arrival process and the scenarios that share it. Request i goes to a member by a seeded order with exact weights. */
export interface LoadPlan {
  readonly name: string;
  readonly arrival: Arrival;
  readonly warmup: Micros;
  /** Starts when that load has ended and drained; undefined = at the start of the run. */
  readonly after: string | undefined;
  /** Into how many blocks the measured phase is cut (an arrival in steps has one a step, whatever this says). */
  readonly blocks: number;
  readonly members: readonly { readonly scenario: string; readonly weight: number }[];
}

/**
 * A part of a load that several generators make together: arrival i of every schedule, or user i, belongs to the share whose
 * `index` is i modulo `count`.
 */
export interface Share {
  /** From 0 to below `count`. */
  readonly index: number;
  readonly count: number;
}

/** Where requests go: the one place with the resolved URL. */
export interface Target {
  /** Absolute http(s) URL, without a trailing slash. */
  readonly url: string;
  /** PEM of an extra certificate authority; undefined = the system's. */
  readonly ca: string | undefined;
  /** HTTP/2 instead of HTTP/1.1; default false. */
  readonly http2?: boolean | undefined;
}

/** A simulated provider that can be asked what it saw. */
export interface InstrumentAddress {
  readonly name: string;
  /** Where it listens: `http://127.0.0.1:9901`, perhaps with the base path of its API. */
  readonly url: string;
}

/** The other gateway of a live comparison: the same scenarios and probes, with the paths and credentials of its URL. */
export interface BaselinePlan {
  readonly target: Target;
  /** In the order of the plan's own. */
  readonly scenarios: readonly ScenarioPlan[];
  readonly probes: readonly ProbePlan[];
  /** Both gateways answered a burst before this one: that one takes no connection now is no reason not to begin, but a result. */
  readonly haveAnswered?: boolean;
}

/** Everything that the load engine needs, as plain data. The same plan and seed give the same requests in the same order. */
export interface Plan {
  readonly seed: string;
  /** SHA-256 (hex) over what makes two runs comparable: loads, requests and expectations, without URL, secrets and SLOs. */
  readonly digest: string;
  readonly target: Target;
  /** Simulated providers behind the gateway; empty = none, and until they are up. */
  readonly instruments: readonly InstrumentAddress[];
  /** The gateway that the target is compared with in the same run; undefined = the target alone is measured. */
  readonly baseline: BaselinePlan | undefined;
  /** With a baseline: into how many pairs of blocks each load is cut at least (one a step for an arrival in steps). */
  readonly pairs: number;
  readonly dialect: Dialect;
  readonly bounds: Bounds;
  readonly loads: readonly LoadPlan[];
  readonly scenarios: readonly ScenarioPlan[];
  /** Which part of the loads is made; undefined = all of it. */
  readonly share: Share | undefined;
  /** When the first loads begin, by the machine's clock, ms since 1970; undefined, or a time gone by = as soon as they can. */
  readonly startAtMs?: number | undefined;
  /** False = another thread of this machine measures the generator's floor; default true. */
  readonly measuresFloor?: boolean | undefined;
  /** After the loads, one after the other. */
  readonly probes: readonly ProbePlan[];
  /** The lists behind `${pick NAME}`; none is empty. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
}
