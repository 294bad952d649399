import type { Histogram } from '../../model/histogram.ts';
import { highestOf } from '../../stats/bucket-layout.ts';
import { countOf } from '../../stats/histogram.ts';
import type { Curve } from './page-model.ts';

/** The last point that is ever drawn: 99.999 %. */
const MOST_NINES = 5;

/** Three significant digits: more than a screen has pixels for, and a third of the bytes. */
export const rounded = (value: number): number => Number(value.toPrecision(3));

/**
 * The quantiles of a histogram on a grid of nines, in one pass; see `Curve`. The smallest value comes first, and the largest
 * last where the grid ends on it. Empty → undefined.
 */
export const curveOf = (histogram: Histogram, step: number): Curve | undefined => {
  const total = countOf(histogram);
  if (total === 0) return undefined;
  const last = Math.ceil(Math.min(MOST_NINES, Math.log10(total)) / step);
  const us: number[] = [];
  let seen = 0;
  let bucket = -1;
  for (let point = 0; point <= last; point++) {
    const rank = Math.max(1, Math.ceil(total * (1 - 10 ** (-point * step))));
    while (seen < rank) seen += histogram.counts[++bucket]!;
    us.push(rounded(highestOf(histogram.indexes[bucket]!)));
  }
  return { step, us };
};
