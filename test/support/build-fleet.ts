import type { RunShare } from '../../src/model/fleet.ts';
import type { Run } from '../../src/model/run.ts';
import { buildRun } from './build-run.ts';

/** When all shares of the tests begin. */
export const COMMON_START = '2026-01-02T03:00:00.000Z';

/** A share of eight, unless told otherwise, that began when it was to. */
export const aShare = (index: number, overrides: Partial<RunShare> = {}): RunShare => ({
  index,
  count: 8,
  region: undefined,
  aimedAt: COMMON_START,
  startedAt: COMMON_START,
  ...overrides,
});

/** What a generator with that share measured. */
export const shareRun = (share: RunShare, overrides: Partial<Run> = {}): Run =>
  buildRun({ id: `run-${share.index}`, share, ...overrides });

/** All shares of so many, in order. */
export const allShares = (count: number, overrides: Partial<Run> = {}): readonly Run[] =>
  Array.from({ length: count }, (_, index) => shareRun(aShare(index, { count }), overrides));
