import type { Histogram } from '../../model/histogram.ts';
import { highestOf, lowestOf, middleOf } from '../../stats/bucket-layout.ts';

/** Rows of equal height on a logarithmic axis, µs. */
export interface LogBins {
  readonly low: number;
  readonly ratio: number;
  readonly rows: number;
}

/** Least span of the axis, so that a gateway which always takes the same time is a line and not a wall. */
const LEAST_SPAN = 2;

/** Rows that hold every value of the histograms. None with a value → undefined. */
export const logBins = (histograms: readonly Histogram[], rows: number): LogBins | undefined => {
  const filled = histograms.filter(({ indexes }) => indexes.length > 0);
  if (filled.length === 0) return undefined;
  const low = Math.max(1, Math.min(...filled.map(({ indexes }) => lowestOf(indexes[0]!))));
  const high = Math.max(...filled.map(({ indexes }) => highestOf(indexes.at(-1)!))) + 1;
  const span = Math.max(high / low, LEAST_SPAN);
  const from = low / Math.sqrt(span / (high / low));
  return { low: from, ratio: span ** (1 / rows), rows };
};

/** How many values of a histogram lie in each row. */
export const countByRow = ({ indexes, counts }: Histogram, { low, ratio, rows }: LogBins): number[] => {
  const found = new Array<number>(rows).fill(0);
  for (let i = 0; i < indexes.length; i++) {
    const row = Math.floor(Math.log(Math.max(1, middleOf(indexes[i]!)) / low) / Math.log(ratio));
    found[Math.min(rows - 1, Math.max(0, row))]! += counts[i]!;
  }
  return found;
};
