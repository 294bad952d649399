import type { Fleet, RunShare } from './fleet.ts';
import type { Histogram } from './histogram.ts';
import type { Slice } from './measurement.ts';
import type { ErrorClass } from './outcome.ts';
import type { Bounds, EndpointKind } from './plan.ts';
import type { ProbeRun } from './probe.ts';
import type { Micros } from './units.ts';

/** The machine that made the load; comparable runs come from alike machines. */
export interface Environment {
  readonly os: string;
  readonly arch: string;
  readonly cpuModel: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly node: string;
  /** The runner image or label, where the platform names one. */
  readonly image: string | undefined;
}

/** Where the code under test comes from; every part is undefined outside a repository's workflow. */
export interface Origin {
  readonly repository: string | undefined;
  readonly commit: string | undefined;
  readonly ref: string | undefined;
  readonly workflowRunId: number | undefined;
}

/**
 * How the burst came to its end. `aborted` = the circuit breaker; `bounded` = a bound cut the schedule short;
 * `unreachable` = the gateway took no connection, nothing was measured.
 */
export type Ending =
  | { readonly kind: 'complete' }
  | { readonly kind: 'bounded'; readonly bound: 'requests' | 'duration' | 'tokens' }
  | { readonly kind: 'aborted'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'cancelled'; readonly signal: string };

/** Failures that looked alike, with one example; the most frequent first, at most 20 a scenario. */
export interface FailureGroup {
  readonly errorClass: ErrorClass;
  readonly status: number | undefined;
  /** One line, at most 200 characters, secrets masked. */
  readonly detail: string;
  readonly count: number;
  /** The gateway's own id of one such request, where it gave one. */
  readonly requestId: string | undefined;
}

/** How many `ok` requests of a scenario could be told at the simulated providers, by their nonce. */
export interface UpstreamTally {
  /** Whether the body has a `${nonce}`; without one nothing can be told, and the counts are 0. */
  readonly hasNonce: boolean;
  /** A provider saw a call of theirs. */
  readonly joined: number;
  /** The gateway declared a cache hit, and no provider saw a call: all of the response time is the gateway's. */
  readonly hits: number;
  /** No provider saw a call, though it was no hit: they are in no overhead. */
  readonly unseen: number;
}

export interface ScenarioRun {
  readonly name: string;
  readonly endpoint: EndpointKind;
  readonly stream: boolean;
  /** Arrival in words, such as `20/s for 30 s`. */
  readonly load: string;
  /** True for a closed model (users), whose response times hide a stalled gateway. */
  readonly closed: boolean;
  /** Length of the measured phase as it was run, µs; shorter than planned when a bound or an abort cut it. */
  readonly duration: Micros;
  /** Warm-up requests sent, and left out of everything else. */
  readonly warmupRequests: number;
  /** For an arrival in steps: the offered rate of block i, requests a second. Empty otherwise. */
  readonly stepRates: readonly number[];
  /** One a tenant, in the order of the configuration; a single one with `tenant` undefined where there are none. */
  readonly slices: readonly Slice[];
  readonly failures: readonly FailureGroup[];
  /** Undefined = no simulated provider was there to be asked. */
  readonly upstream?: UpstreamTally | undefined;
}

/** What the generator itself did in a stretch of time, or in all of it. */
export interface GeneratorVitals {
  /** Release − intended start of every measured request that was released, µs. */
  readonly lag: Histogram;
  /** Delay of the event loop beyond its timer, µs. */
  readonly loopDelay: Histogram;
  /** Pauses of the load thread for garbage collection, µs, one value each; they are part of the loop's delay. */
  readonly gc: Histogram;
  /** CPU time of the load thread over wall time, 0–1 a core; undefined when not known. */
  readonly cpu: number | undefined;
  /** Share of the machine's CPU time that its host gave to others, 0–1; undefined where the platform does not tell. */
  readonly steal: number | undefined;
}

/** A stretch of time of the generator. */
export interface GeneratorBlock extends GeneratorVitals {
  /** From the end of the first warm-up, µs. */
  readonly start: Micros;
  readonly duration: Micros;
  /** Requests released in it, warm-ups of later loads included. */
  readonly released: number;
}

/** What the generator measures where there is nothing to measure: an answer without delay, from a thread beside it. */
export interface GeneratorFloor {
  /** Response times, µs. */
  readonly latency: Histogram;
  /** Release − intended start, µs. */
  readonly lag: Histogram;
}

/** The generator's own behaviour while it made the load. */
export interface GeneratorHealth extends GeneratorVitals {
  /** Ascending, without gaps, to the end of the burst; empty when nothing was measured. */
  readonly blocks: readonly GeneratorBlock[];
  /** From before the burst; undefined when it was not made. */
  readonly floor: GeneratorFloor | undefined;
  /** Reasons why the whole measurement is not to be trusted; empty = none. */
  readonly problems: readonly string[];
  /** Reasons why that of one scenario is not; the sentence names it. At most one a scenario. */
  readonly scenarioProblems: readonly { readonly scenario: string; readonly text: string }[];
  /** What went wrong without harm to the measurement. */
  readonly warnings: readonly string[];
}

/** One burst against one gateway, whole. What a baseline is made of. */
export interface Run {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly toolVersion: string;
  readonly origin: Origin;
  readonly environment: Environment;
  readonly configDigest: string;
  readonly seed: string;
  /** Scheme, host and port of the gateway; never its path, user or query. */
  readonly gateway: string;
  readonly dialect: string;
  readonly bounds: Bounds;
  readonly used: BoundsUsed;
  readonly ending: Ending;
  /** Undefined = one gateway alone was measured. */
  readonly comparison?: Comparison | undefined;
  /** Set where this run is one share of a plan, which says little alone. */
  readonly share?: RunShare | undefined;
  /** Set where this run was added up of shares. */
  readonly fleet?: Fleet | undefined;
  readonly scenarios: readonly ScenarioRun[];
  readonly probes: readonly ProbeRun[];
  readonly generator: GeneratorHealth;
}

/**
 * This run is one side of a live comparison. Both sides have the same blocks: those of equal index in the same scenario and
 * tenant are a pair, sent one right after the other, and `Block.start` tells which came first. The baseline holds whole pairs only.
 */
export interface Comparison {
  /** The same in both runs of a comparison, and in no other. */
  readonly id: string;
  readonly side: 'candidate' | 'baseline';
  /** Whole pairs of the scenario that has the fewest. */
  readonly pairs: number;
}

/** What the run, both sides of a comparison together, used of its bounds. */
export interface BoundsUsed {
  readonly requests: number;
  readonly duration: Micros;
  /** The highest number of requests in flight at one moment. */
  readonly concurrency: number;
  readonly tokens: number;
}
