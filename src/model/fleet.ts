import type { Block } from './measurement.ts';
import type { Share } from './plan.ts';

/** Which share of a plan a run is, and when it was made. Times are wall time of the machine that made it, ISO 8601, UTC. */
export interface RunShare extends Share {
  /** Where its generator ran, as its user calls the place; undefined = not said. */
  readonly region: string | undefined;
  /** The start that all shares had agreed on; undefined = they had not: each began when it was ready. */
  readonly aimedAt: string | undefined;
  /** When its first load began; undefined = it sent nothing. */
  readonly startedAt: string | undefined;
}

/** What is known of the shares that a run was added up of. */
export interface Fleet {
  /** Into how many shares the plan was split. */
  readonly count: number;
  /** Those that are in the run, by index. */
  readonly shares: readonly RunShare[];
  /** Those that were made, and are not in the run; why, in a clause with the share as its subject. */
  readonly leftOut: readonly (RunShare & { readonly reason: string })[];
  /** By name; empty where no share names its region. */
  readonly regions: readonly RegionRun[];
}

/** What the generators of one region measured together. */
export interface RegionRun {
  /** Undefined = the shares that name none, where others do. */
  readonly region: string | undefined;
  /** How many shares. */
  readonly shares: number;
  readonly scenarios: readonly RegionScenario[];
}

/** A whole scenario, as seen from one region: all tenants and blocks added up. */
export interface RegionScenario extends Pick<Block, 'counts' | 'histograms'> {
  readonly name: string;
}
