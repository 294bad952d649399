import type { ProbeSight, ProbeSpec, ProbeValue } from '../model/probe.ts';
import { fitProbability } from '../stats/goodness-of-fit.ts';
import { notMeasured, shareValue } from './probe-value.ts';
import type { RoutedCall, RoutingPart } from './routing-probe.ts';
import { counted, inWords, percent } from './wording.ts';

type Shares = Extract<ProbeSpec, { kind: 'routing' }>['shares'];

/** Shares that would come about by chance less often than once in a thousand times are told as a fault. */
const IMPROBABLE = 0.001;

/**
 * Who got how much, against the configured shares: by who was asked first where the providers can be asked (an answer
 * after a failover is no choice), else by what the answers say.
 */
export const readShares = (
  routed: readonly RoutedCall[],
  {
    shares,
    isInstrumented,
    reason,
  }: { readonly shares: Shares; readonly isInstrumented: boolean; readonly reason: string },
): RoutingPart => {
  const names = routed.flatMap(({ call, first }) => (isInstrumented ? first?.provider : call.provider) ?? []);
  const counts = countsOf(names, shares);
  const values = Object.fromEntries(
    [...counts].map(([name, count]) => [`provider.share.${name}`, shareValue(count, names.length, reason)]),
  );
  const none = whyNone(
    names,
    shares,
    routed.length === 0
      ? reason
      : 'it is not known who served a request; set gateway.dialect, or name the providers under providers:',
  );
  if (none !== undefined)
    return {
      values: { ...values, 'routing.max_deviation': notMeasured(none), 'routing.p_value': notMeasured(none) },
      sight: undefined,
    };
  const cells = [...counts].map(([name, count]) => ({ name, count, share: shareOf(name, shares) }));
  const probability = fitProbability(cells);
  return {
    values: {
      ...values,
      'routing.max_deviation': deviationValue(cells, names.length),
      'routing.p_value': probabilityValue(probability, names.length),
    },
    sight: sharesSight(cells, { total: names.length, probability }),
  };
};

interface Cell {
  readonly name: string;
  readonly count: number;
  readonly share: number;
}

const shareOf = (name: string, shares: Shares): number => shares.find(({ provider }) => provider === name)?.share ?? 0;

const countsOf = (names: readonly string[], shares: Shares): ReadonlyMap<string, number> => {
  const counts = new Map(shares.map(({ provider }) => [provider, 0]));
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

const whyNone = (names: readonly string[], shares: Shares, unknown: string): string | undefined => {
  if (shares.length === 0) return 'no weights are configured; give them under weights';
  if (names.length === 0) return unknown;
  if (names.some((name) => shareOf(name, shares) > 0)) return undefined;
  return `none of the providers seen (${[...new Set(names)].slice(0, 3).join(', ')}) has a weight; name them alike`;
};

/** The largest difference between a share and what it should be, with what the interval of that share leaves of it. */
const deviationValue = (cells: readonly Cell[], total: number): ProbeValue => {
  const off = ({ count, share }: Cell): number => Math.abs(count / total - share);
  const worst = cells.toSorted((one, other) => off(other) - off(one))[0]!;
  const measured = shareValue(worst.count, total, '');
  const [low, high] = (measured.kind === 'measured' ? measured.interval : undefined) ?? [0, 1];
  const ends = [Math.abs(low - worst.share), Math.abs(high - worst.share)];
  const isInside = low <= worst.share && worst.share <= high;
  return {
    kind: 'measured',
    value: off(worst),
    unit: 'ratio',
    samples: total,
    interval: [isInside ? 0 : Math.min(...ends), Math.max(...ends)],
  };
};

const probabilityValue = (probability: number | undefined, samples: number): ProbeValue =>
  probability === undefined
    ? notMeasured('a single provider has all the weight; give two or more a weight')
    : { kind: 'measured', value: probability, unit: 'ratio', samples, interval: undefined };

const sharesSight = (
  cells: readonly Cell[],
  { total, probability }: { readonly total: number; readonly probability: number | undefined },
): ProbeSight => {
  const each = cells.map(({ name, count, share }) => `${name} ${percent(count / total)} (should be ${percent(share)})`);
  const chance =
    probability === undefined ? '' : `; by chance that far off: ${inWords(probability, 'ratio')} of the time`;
  const kind = probability === undefined ? 'plain' : probability < IMPROBABLE ? 'bad' : 'good';
  return { kind, text: `Of ${counted(total, 'request')}: ${each.join(', ')}${chance}`, calls: [] };
};
