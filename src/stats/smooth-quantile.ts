import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import type { Histogram } from '../model/histogram.ts';
import { highestOf } from './bucket-layout.ts';
import { countOf } from './histogram.ts';

/** Weights further out than this many bandwidths are nothing. */
const REACH = 5;

/**
 * The logarithm of a quantile (0 < q < 1) as a weighted mean of the logarithms of the values around it: a kernel estimate with the normal
 * kernel and bandwidth √(q(1 − q)/n), to which the estimator of Harrell and Davis (Biometrika 69 (1982) 635–640) comes down
 * (Sheather and Marron, Journal of the American Statistical Association 85 (1990) 410–416). Empty → undefined.
 *
 * For the few values of a block it is closer to the truth than any one of them: the mean over 40 pairs of blocks of 100 lognormal
 * values has a standard error of 3.9 %, and 4.1 % with the block's own 95th value (`npm run bench:verdict`). Near the ends, where weights are cut off,
 * it leans inwards, on both sides of a comparison alike.
 */
export const smoothLogQuantile = ({ indexes, counts }: Histogram, q: number): number | undefined => {
  const total = countOf({ indexes, counts });
  if (total === 0) return undefined;
  const bandwidth = Math.sqrt((q * (1 - q)) / total);
  const weightBelow = (share: number): number => {
    const at = (share - q) / bandwidth;
    if (Math.abs(at) > REACH) return at < 0 ? 0 : 1;
    return normalCdf(at, 0, 1);
  };
  const first = weightBelow(0);
  let [seen, before, sum] = [0, first, 0];
  for (let i = 0; i < indexes.length; i++) {
    seen += counts[i]!;
    const below = weightBelow(seen / total);
    if (below > before) sum += (below - before) * Math.log(highestOf(indexes[i]!));
    before = below;
  }
  return sum / (before - first);
};
