import { isWhole, latenessOf, missingShares, namesOfShares } from '../archive/fleet.ts';
import type { RunShare } from '../model/fleet.ts';
import type { Run } from '../model/run.ts';
import { type Micros, micros } from '../model/units.ts';
import { formatSpan, formatTally } from './number-text.ts';
import { type SliceView, viewSlice } from './slice-view.ts';

/** One scenario as seen from one region. */
export interface RegionRow extends SliceView {
  readonly scenario: string;
  /** Undefined = the shares that name none. */
  readonly region: string | undefined;
  readonly shares: number;
}

/** The shares that a run was added up of. */
export interface FleetView {
  readonly count: number;
  /** Their numbers, from 1. */
  readonly missing: readonly number[];
  /** By number; how late each began, µs. */
  readonly shares: readonly (RunShare & { readonly late: Micros })[];
  readonly leftOut: readonly (RunShare & { readonly reason: string })[];
  /** By scenario, then by region; empty where no share names its region. */
  readonly regions: readonly RegionRow[];
  /** How many shares there are, which are missing, and how far apart they began. Plain text, our own words. */
  readonly sentence: string;
}

/** Undefined for a run that was not added up of shares. */
export const viewFleet = ({ fleet, scenarios }: Run): FleetView | undefined => {
  if (fleet === undefined) return undefined;
  const { count, leftOut } = fleet;
  const missing = missingShares(fleet);
  const shares = fleet.shares.map((share) => ({ ...share, late: latenessOf(share, fleet.shares) }));
  const there = isWhole(fleet) ? `all ${formatTally(count, 'share')}` : `${shares.length} of ${count} shares`;
  const absent = isWhole(fleet) ? '' : `, without ${namesOfShares(missing.map((index) => ({ index, count })))}`;
  const latest = Math.max(0, ...shares.map(({ late }) => late));
  return {
    count,
    missing: missing.map((index) => index + 1),
    shares,
    leftOut,
    regions: scenarios.flatMap(({ name, duration }) =>
      fleet.regions.flatMap(({ region, shares: ofRegion, scenarios: seen }) =>
        seen
          .filter((each) => each.name === name)
          .map(({ counts, histograms }) => ({
            scenario: name,
            region,
            shares: ofRegion,
            ...viewSlice([{ index: 0, start: micros(0), duration, counts, histograms }], duration),
          })),
      ),
    ),
    sentence: `Made by ${there} of the load${absent}; the last to begin was ${formatSpan(micros(latest))} behind the common start.`,
  };
};
