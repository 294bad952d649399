import type { SloUnit } from '../../model/slo.ts';

/**
 * What the page's charts draw, as JSON inside `report.html`: written by `report/page`, read by `page/` in the reader's
 * browser. Texts are plain and may hold anything; both sides escape or set them as text. Times are µs unless a name says
 * otherwise. Short names, since there is one of most of them for each of a thousand tenants.
 */
export interface PageModel {
  /** What the second curve of every chart is called; undefined = nothing was compared. */
  readonly baseline: string | undefined;
  /** In the order of the run; charts name a scenario by its place here. */
  readonly scenarios: readonly ScenarioCharts[];
  /** In the order of the run; undefined where no request was sent. */
  readonly probes: readonly (ProbeChart | null)[];
  readonly generator: GeneratorChart | undefined;
  /** Undefined = no history was there. */
  readonly trend: TrendRuns | undefined;
}

export interface ScenarioCharts {
  /** At most one a metric, the response time first. */
  readonly curves: readonly MetricCurve[];
  readonly timeline: Timeline | undefined;
  readonly providers: ProviderShares | undefined;
  readonly tenants: readonly TenantCurve[];
  readonly cache: CacheSplit | undefined;
  /** Empty = nothing is remembered of it. */
  readonly trend: readonly TrendSeries[];
}

/**
 * A distribution: point i is the quantile 1 − 10^(−i · step), so that every nine takes the same room. It ends where the samples
 * do: the last quantile that one of them stands for. µs, three significant digits.
 */
export interface Curve {
  readonly step: number;
  readonly us: readonly number[];
}

/** One distribution beside that of the runs compared with. */
export interface CurvePair {
  readonly now: Curve;
  readonly before: Curve | undefined;
}

export interface MetricCurve extends CurvePair {
  readonly title: string;
}

export interface TenantCurve extends CurvePair {
  readonly tenant: string;
}

/** What happened over time, one entry a column. Columns are blocks, or neighbouring ones added up where there are many. */
export interface Timeline {
  /** From the start of the measured phase, seconds, ascending. */
  readonly start: readonly number[];
  readonly seconds: readonly number[];
  /** How much of that was measured; the rest belongs to the other side of a live comparison. */
  readonly measured: readonly number[];
  /** Requests. */
  readonly ok: readonly number[];
  readonly throttled: readonly number[];
  readonly errors: readonly number[];
  readonly dropped: readonly number[];
  /** Of the response time; null where nothing succeeded. */
  readonly p50: readonly (number | null)[];
  readonly p95: readonly (number | null)[];
  /** How late requests were released. */
  readonly lag: readonly (number | null)[];
  readonly heat: HeatMap | undefined;
}

/** Counts by column and by row; row i holds response times from `low · ratio^i` up to the next. */
export interface HeatMap {
  readonly low: number;
  readonly ratio: number;
  readonly rows: number;
  /** A column after the other, each with `rows` counts. */
  readonly counts: readonly number[];
}

/** Answers by provider over the timeline's columns. */
export interface ProviderShares {
  readonly names: readonly string[];
  /** One list a name, one number a column. */
  readonly counts: readonly (readonly number[])[];
}

/** Response times by what the gateway said of its cache; row i as in a heat map. */
export interface CacheSplit {
  readonly low: number;
  readonly ratio: number;
  /** Shares of all requests of that kind, 0–1, with three decimals. Empty = none of the kind. */
  readonly hit: readonly number[];
  readonly miss: readonly number[];
  readonly bypass: readonly number[];
}

/** The runs of the trend, one entry a run, oldest first. */
export interface TrendRuns {
  readonly day: readonly string[];
  readonly commit: readonly string[];
  readonly verdict: readonly string[];
  /** 1 = it compares with the line: the same machine and configuration. */
  readonly alike: readonly number[];
  /** Whether the last one is the run of this page. */
  readonly now: boolean;
}

/** One measure over those runs; null where it was not measured. */
export interface TrendSeries {
  readonly title: string;
  readonly unit: SloUnit;
  readonly value: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
  /** What changed for good, at the first run of the new kind. */
  readonly marks: readonly { readonly at: number; readonly text: string; readonly worse: boolean }[];
}

/** The generator over the whole burst, one entry a block; null where nothing is known. */
export interface GeneratorChart {
  readonly start: readonly number[];
  readonly seconds: readonly number[];
  readonly lag: readonly (number | null)[];
  readonly loopDelay: readonly (number | null)[];
  /** Of one core, 0–1. */
  readonly cpu: readonly (number | null)[];
}

/** How a call of a probe ended: `hit` is an answer out of the cache, by the gateway's word. */
export const CALL_KINDS = ['ok', 'hit', 'throttled', 'error', 'hungUp'] as const;

/** What a probe sent when: one bar a call, in rows that belong to the steps of its choreography. Times are seconds from its start. */
export interface ProbeChart {
  readonly seconds: number;
  /** The steps, in the order in which they began, each with its first row. Rows count from the top. */
  readonly steps: readonly { readonly name: string; readonly row: number }[];
  readonly rows: number;
  /** One entry a call, in the order of release; `kind` is a place in `CALL_KINDS`. */
  readonly start: readonly number[];
  readonly end: readonly number[];
  readonly row: readonly number[];
  readonly kind: readonly number[];
  /** What a call was for and what became of it, for the cursor. */
  readonly text: readonly string[];
  /** When the probe did something beside its requests. */
  readonly marks: readonly number[];
  /** When the simulated providers got a call. */
  readonly upstream: readonly number[];
}
