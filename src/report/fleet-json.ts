import type { RunShare } from '../model/fleet.ts';
import type { FleetView } from './fleet-view.ts';
import { figure, milliseconds, quantilesJson } from './json-figures.ts';
import type { ReportJson } from './report-json-schema.ts';

/** The shares of a merged run, and its regions. */
export const fleetJson = (fleet: FleetView): NonNullable<ReportJson['fleet']> => ({
  count: fleet.count,
  missing: [...fleet.missing],
  shares: fleet.shares.map(({ late, ...share }) => ({ ...shareJson(share), lateMs: milliseconds(late) ?? 0 })),
  leftOut: fleet.leftOut.map(({ reason, ...share }) => ({ ...shareJson(share), reason })),
  regions: fleet.regions.map(({ scenario, region, shares, requests, errorShare, metrics }) => ({
    scenario,
    region,
    shares,
    requests,
    errorRate: figure(errorShare),
    latencyMs: quantilesJson(metrics.latency),
  })),
});

/** Shares are counted from 1 where people read them. */
export const shareJson = ({ index, count, ...share }: RunShare): NonNullable<ReportJson['share']> => ({
  number: index + 1,
  count,
  ...share,
});
