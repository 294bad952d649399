import type { SloUnit } from './slo.ts';
import type { Status } from './verdict.ts';

/** What is remembered of every scenario, as an SLO names it. In the order of the report. */
export const TREND_METRICS = ['p50', 'p95', 'ttft.p95', 'error_rate', 'throughput', 'overhead.p95'] as const;
export type TrendMetric = (typeof TREND_METRICS)[number];

/** One number of one run. Durations are µs, shares 0–1, rates per second; four significant digits. */
export interface HistoryFigure {
  readonly scenario: string;
  readonly metric: TrendMetric;
  readonly value: number;
  /** Two-sided, 95 %, from the blocks of that run; undefined where there are too few, or an end is open. */
  readonly interval: readonly [low: number, high: number] | undefined;
}

/** What is remembered of a run when the run itself has left the window. */
export interface HistoryPoint {
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly commit: string | undefined;
  readonly verdict: Status;
  /** What machine it was: runs of one name differ less than runs of two. */
  readonly machine: string;
  /** The configuration's digest: numbers of different ones do not compare. */
  readonly configuration: string;
  readonly figures: readonly HistoryFigure[];
}

/** A measure that changed for good, at one run of the history. */
export interface TrendChange {
  readonly scenario: string;
  readonly metric: TrendMetric;
  readonly unit: SloUnit;
  /** The first run of the new kind. */
  readonly point: HistoryPoint;
  /** The first run of the next kind; undefined = it stayed so. */
  readonly until: HistoryPoint | undefined;
  /** Median of the runs from the change before it to this one, and from this one to the next. */
  readonly before: number;
  readonly after: number;
  /** Relative for durations and rates, the difference for shares. */
  readonly change: number;
  /** Runs on both sides, of that machine. */
  readonly runs: readonly [before: number, after: number];
}

/** The history that a run was found with, and what happened in it. */
export interface Trend {
  /** Oldest first, without the run itself. */
  readonly points: readonly HistoryPoint[];
  /** The run itself; undefined where it is not comparable with whole ones. */
  readonly now: HistoryPoint | undefined;
  /** Newest first. */
  readonly changes: readonly TrendChange[];
}
