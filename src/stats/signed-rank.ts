import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import signrankQuantile from '@stdlib/stats-base-dists-signrank-quantile';

/** Up to here the exact distribution is used; from there on the normal one is within 0.1 points of it. */
const EXACT_UP_TO = 25;

/**
 * Wilcoxon's signed-rank test (Biometrics Bulletin 1 (1945) 80–83): whether the values lie above 0, at the one-sided `level`
 * (0–1). Zeros are left out (Wilcoxon's own rule), equal sizes share their ranks. Up to 25 values without ties it is exact, else the normal
 * approximation with its correction for ties and continuity. No value but zeros → false.
 *
 * It asks how many values and not how far, so that a few wild ones cannot make it reject. Assumes independent values, which
 * are symmetric about their median.
 */
export const liesAbove = (values: readonly number[], level: number): boolean => {
  const sizes = values.filter((value) => value !== 0).sort((a, b) => Math.abs(a) - Math.abs(b));
  if (sizes.length === 0) return false;
  const { sum, ties } = rankSum(sizes);
  const n = sizes.length;
  // Reject where P(sum or more) ≤ level: the upper quantile itself may still be likelier than that.
  if (n <= EXACT_UP_TO && ties === 0) return sum > signrankQuantile(1 - level, n);
  const mean = (n * (n + 1)) / 4;
  const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - ties / 48);
  return deviation > 0 && (sum - mean - 0.5) / deviation > normalQuantile(1 - level, 0, 1);
};

/** Sum of the ranks of positive values, and Σ(t³ − t) over groups of t equal sizes. Values ascend by size. */
const rankSum = (sizes: readonly number[]): { readonly sum: number; readonly ties: number } => {
  let [sum, ties] = [0, 0];
  for (let first = 0; first < sizes.length; ) {
    let end = first + 1;
    while (end < sizes.length && Math.abs(sizes[end]!) === Math.abs(sizes[first]!)) end += 1;
    const rank = (first + 1 + end) / 2;
    for (let i = first; i < end; i++) if (sizes[i]! > 0) sum += rank;
    ties += (end - first) ** 3 - (end - first);
    first = end;
  }
  return { sum, ties };
};
