import type { Control } from './dialect.ts';
import type { Metric } from './measurement.ts';
import type { CacheStatus, Outcome } from './outcome.ts';
import type { EndpointKind, ScenarioPlan } from './plan.ts';
import type { SloUnit } from './slo.ts';
import type { Micros } from './units.ts';
import type { UpstreamCall } from './upstream.ts';

/** The probes: each puts one behaviour of the gateway to the test, alone and in an order of its own. */
export const PROBES = [
  'cache',
  'semantic-cache',
  'rate-limit',
  'isolation',
  'neighbour',
  'failover',
  'stream',
  'routing',
  'cancel',
] as const;
/** A probe, by name. */
export type ProbeName = (typeof PROBES)[number];

/** What the cache probe changes in a repeat, which must then not hit. */
export const CACHE_CHANGES = ['model', 'temperature', 'system', 'stream', 'bypass'] as const;
export type CacheChange = (typeof CACHE_CHANGES)[number];

/** What a failover probe does to the primary provider: a status, or what happens to the connection; `cut` is mid-stream. */
export const FAILOVER_FAULTS = [429, 500, 503, 'reset', 'silence', 'cut'] as const;
export type FailoverFault = (typeof FAILOVER_FAULTS)[number];

/** A prompt, and what a person says of prompts that look like it; one of them at least is there. */
export interface LabelledPrompt {
  readonly topic: string | undefined;
  readonly prompt: string;
  /** Means the same: the answer to `prompt` answers it. */
  readonly paraphrase: string | undefined;
  /** Means something else: the answer to `prompt` would be wrong. */
  readonly nearMiss: string | undefined;
}

/** Which behaviour, and what it is held against. */
export type ProbeSpec =
  | {
      readonly kind: 'cache';
      /** Prompts that are sent for the first time, and then repeated. */
      readonly prompts: number;
      /** Identical cold requests that are released together. */
      readonly crowd: number;
      /** The longest that writing an answer into the cache may take. */
      readonly settle: Micros;
      /** How long an answer is kept; undefined = not put to the test. */
      readonly ttl: Micros | undefined;
      readonly changes: readonly CacheChange[];
      /** A model that the gateway serves beside that of the body; undefined = one is made up. */
      readonly otherModel: string | undefined;
      /** With all of them a request passes the cache by; empty = not known. */
      readonly bypass: readonly Control[];
    }
  | {
      readonly kind: 'semantic-cache';
      readonly pairs: readonly LabelledPrompt[];
      /** The longest that writing an answer into the cache may take. */
      readonly settle: Micros;
    }
  | {
      readonly kind: 'rate-limit';
      /** Requests that the gateway should admit in one window. */
      readonly limit: number;
      readonly window: Micros;
    }
  | {
      readonly kind: 'isolation';
      /** How many take part, at least two. */
      readonly tenants: number;
      /** Prompts that each tenant brings, and that every other one then repeats. */
      readonly prompts: number;
      /** Requests of all tenants at the same time. */
      readonly mixed: number;
      /** The longest that writing an answer into the cache may take. */
      readonly settle: Micros;
    }
  | {
      readonly kind: 'neighbour';
      /** Requests a second of the quiet side: of the second tenant, or to the scenario's own endpoint. */
      readonly rate: number;
      /** Requests a second of the noisy side: of the first tenant, more than it may send, or to the other endpoint. */
      readonly noise: number;
      /** How long the quiet side sends, alone and beside the noise. */
      readonly duration: Micros;
      /** What the noise calls with a request of its own; undefined = the noise is a tenant over its limit. */
      readonly noiseEndpoint?: EndpointKind | undefined;
    }
  | {
      readonly kind: 'failover';
      /** The provider that is made to fail. */
      readonly primary: string;
      /** In this order. */
      readonly faults: readonly FailoverFault[];
      /** Of each fault. */
      readonly requests: number;
      /** How long the gateway may take to go back to the primary once it is healthy again. */
      readonly recovery: Micros;
    }
  | {
      readonly kind: 'stream';
      /** Streams that are asked for. */
      readonly requests: number;
    }
  | {
      readonly kind: 'routing';
      /** That show who serves. */
      readonly requests: number;
      /** What each provider should get, 0–1, together 1; empty = not known. */
      readonly shares: readonly { readonly provider: string; readonly share: number }[];
      /** A model that a tenant may not use. */
      readonly forbidden: { readonly tenant: string; readonly model: string } | undefined;
    }
  | {
      readonly kind: 'cancel';
      /** Requests that are hung up on before the first byte, and as many behind it. */
      readonly requests: number;
      /** How long the end of their upstream calls is waited for. */
      readonly within: Micros;
    };

/** One probe, ready to be run. */
export interface ProbePlan {
  /** What its requests are made from; its name is the probe's. */
  readonly scenario: ScenarioPlan;
  readonly spec: ProbeSpec;
  /** What a neighbour probe makes its noise of, where that is not a request of the scenario. */
  readonly noise?: ScenarioPlan | undefined;
}

/** One request of a probe: what was sent and what came back. Times are µs from the start of the probe. */
export interface ProbeCall {
  /** 0-based, in the order of release. */
  readonly id: number;
  /** What it is for, in the choreography's own word, such as `prime` or `repeat`. */
  readonly step: string;
  /** Calls of one group belong together: one prompt, one window, one fault. */
  readonly group: number;
  readonly tenant: string | undefined;
  /** Number of the rendered request: two calls with the same `request`, `variant` and tenant sent the same content. */
  readonly request: number;
  /** The nonce of that request, whether or not the body has a place for it. */
  readonly nonce: string;
  /** What was changed in it; undefined = nothing. */
  readonly variant: string | undefined;
  readonly released: Micros;
  /** Undefined when it was never written to a connection. */
  readonly written: Micros | undefined;
  /** First event with content; undefined without one, and for what is not a stream. */
  readonly firstContent: Micros | undefined;
  readonly end: Micros;
  /** By the scenario's `expect`. Never `dropped` for `bound`: a probe that meets a bound ends there. */
  readonly outcome: Outcome;
  /** Undefined when no response headers came. */
  readonly status: number | undefined;
  readonly cache: CacheStatus | undefined;
  readonly provider: string | undefined;
  /** That the request named, as it was sent. */
  readonly askedModel: string | undefined;
  readonly model: string | undefined;
  /** The gateway's own id of the request. */
  readonly requestId: string | undefined;
  /** Its status is one of those with which this gateway rejects what is over a limit. */
  readonly throttled: boolean;
  /** What the gateway said about its limit on requests; undefined = nothing. */
  readonly limit: { readonly limit: number | undefined; readonly remaining: number | undefined } | undefined;
  /** From the end of the response until a rejected request may be repeated, as the gateway said. */
  readonly retryAfter: Micros | undefined;
  /** Response headers by name in lower case, those that speak of limits and retries only. */
  readonly headers: Readonly<Record<string, string>>;
  /** First 16 hex digits of the SHA-256 of what the model wrote; undefined when it wrote nothing. */
  readonly content: string | undefined;
  /** UTF-16 units that the model wrote. */
  readonly contentLength: number;
  /** Nonces of this probe's requests that stand in what the model wrote, its own included. */
  readonly echoes: readonly string[];
  /** As the gateway reported it. */
  readonly usage: { readonly prompt: number; readonly completion: number } | undefined;
  readonly finishReason: string | undefined;
  /** Events with content of a stream. */
  readonly contentEvents: number;
  /** µs between one content event and the next, at most 2,000 of them. */
  readonly gaps: readonly number[];
  /** The probe hung up on it, on purpose. */
  readonly hungUp: boolean;
}

/** Something that a probe did or saw beside its requests; µs from its start. */
export interface ProbeMark {
  readonly at: Micros;
  /** One short sentence without its full stop, such as `provider primary answers 503`. */
  readonly text: string;
}

/** How late the generator's event loop was, µs: the error that it may have put into each time of a probe. */
export interface Lateness {
  readonly p50: Micros;
  readonly p95: Micros;
  readonly p99: Micros;
  readonly max: Micros;
}

/** What one probe found: facts, not judged. */
export interface ProbeRun {
  /** Name of its scenario. */
  readonly scenario: string;
  readonly spec: ProbeSpec;
  readonly duration: Micros;
  /** In the order of release. */
  readonly calls: readonly ProbeCall[];
  /** What the simulated providers saw of them; times are µs from the start of the probe. Undefined without instruments. */
  readonly upstream: readonly UpstreamCall[] | undefined;
  readonly marks: readonly ProbeMark[];
  /** Parts that were left out, each with the reason, such as what the configuration does not give. */
  readonly skipped: readonly { readonly part: string; readonly reason: string }[];
  /** Why it did not come to its end, in a clause; undefined = it did. */
  readonly incomplete: string | undefined;
  /** While it ran; undefined = not known. */
  readonly lateness?: Lateness | undefined;
}

/** A number that a probe found, by the name of its SLO subject (`limit.admitted`), or why there is none. */
export type ProbeValue =
  | {
      readonly kind: 'measured';
      readonly value: number;
      readonly unit: SloUnit;
      /** Calls (or groups of them) behind it. */
      readonly samples: number;
      /** Two-sided, 95 %, for what is an estimate; undefined for what was counted. */
      readonly interval: readonly [low: number, high: number] | undefined;
    }
  | { readonly kind: 'unmeasured'; readonly reason: string };

/** Something that a probe saw, for a person. */
export interface ProbeSight {
  /** `good` and `bad` are the gateway's behaviour, `unknown` what could not be told, `plain` a fact without a value. */
  readonly kind: 'good' | 'bad' | 'unknown' | 'plain';
  /** One line. */
  readonly text: string;
  /** Ids of calls that show it, at most three, the clearest first. */
  readonly calls: readonly number[];
}

/** What the facts of a probe mean. */
export interface ProbeReading {
  /** By subject. */
  readonly values: Readonly<Record<string, ProbeValue>>;
  /** Times of the calls that count, µs, for the subjects that are quantiles (`p95`, `hit.p50`, `cache.delta.p50`). */
  readonly times: Readonly<Partial<Record<Metric, readonly number[]>>>;
  /** What was seen: bad first. */
  readonly sights: readonly ProbeSight[];
  /** Where the order of things matters: what happened when, ascending. Empty elsewhere. */
  readonly timeline: readonly { readonly at: Micros; readonly text: string; readonly call: number | undefined }[];
}
