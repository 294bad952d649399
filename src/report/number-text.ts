import type { Relation, SloUnit } from '../model/slo.ts';
import type { Micros } from '../model/units.ts';

/** Stands for a number that there is not. */
export const DASH = '–';

const SIGNIFICANT = 3;

/** By significant digits: making one costs a hundred times what using it does. */
const FORMATS: readonly Intl.NumberFormat[] = Array.from(
  { length: 21 },
  (_, index) => new Intl.NumberFormat('en-US', { maximumSignificantDigits: index + 1 }),
);
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `digits` significant digits without trailing zeros, thousands grouped, a true minus sign, never an exponent. */
const significant = (value: number, digits: number = SIGNIFICANT): string =>
  FORMATS[digits - 1]!.format(value + 0).replace('-', '−');

const isNumber = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);

/** A whole number, thousands grouped: `12,345`. Undefined → a dash. */
export const formatCount = (count: number | undefined): string => (isNumber(count) ? WHOLE.format(count) : DASH);

/** `1 request`, `12,345 requests`. */
export const formatTally = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;

/** A latency in µs as `85 µs`, `812 ms`, `2.41 s`; the unit is chosen after rounding, so that there is no `1,000 ms`. Undefined → a dash. */
export const formatMicros = (value: number | undefined, digits: number = SIGNIFICANT): string => {
  if (!isNumber(value)) return DASH;
  const rounded = Math.abs(Number(value.toPrecision(digits)));
  if (rounded === 0) return '0 ms';
  if (rounded < 1_000) return `${significant(value, digits)} µs`;
  if (rounded < 1_000_000) return `${significant(value / 1_000, digits)} ms`;
  return `${significant(value / 1_000_000, digits)} s`;
};

/** A length of time in µs as people plan it: `35 s`, `4 min`, `1 min 5 s`. */
export const formatSpan = (value: Micros): string => {
  const seconds = Math.round(value / 1_000_000);
  if (value <= 0) return '0 s';
  if (seconds < 60) return value < 10_000_000 ? formatMicros(value, 2) : `${seconds} s`;
  const rest = seconds % 60;
  return `${formatCount(Math.floor(seconds / 60))} min${rest === 0 ? '' : ` ${rest} s`}`;
};

/** A share (0–1) as `12.3 %`. Undefined → a dash. */
export const formatShare = (share: number | undefined, digits: number = SIGNIFICANT): string =>
  isNumber(share) ? `${significant(share * 100, digits)} %` : DASH;

/** A rate as `20.1/s`. Undefined → a dash. */
export const formatRate = (perSecond: number | undefined, digits: number = SIGNIFICANT): string =>
  isNumber(perSecond) ? `${significant(perSecond, digits)}/s` : DASH;

/** A number in an SLO's unit. Undefined → a dash. */
export const formatQuantity = (value: number | undefined, unit: SloUnit, digits: number = SIGNIFICANT): string => {
  switch (unit) {
    case 'us':
      return formatMicros(value, digits);
    case 'ratio':
      return formatShare(value, digits);
    case 'per-second':
      return formatRate(value, digits);
    case 'count':
      return isNumber(value) ? significant(value, Math.max(digits, wholeDigits(value))) : DASH;
  }
};

/** What is counted is shown whole; a mean or a ratio of counts (1.11 times) has no more digits than other numbers. */
const wholeDigits = (value: number): number => Math.min(21, String(Math.round(Math.abs(value))).length);

/** `value` with as many digits as it takes to look different from a number beside it, as far as six: 2.503 s against 2.5 s. */
export const formatBeside = (value: number | undefined, others: readonly number[], unit: SloUnit): string => {
  const differs = (digits: number): boolean =>
    others.every(
      (other) => other === value || formatQuantity(value, unit, digits) !== formatQuantity(other, unit, digits),
    );
  const digits = [SIGNIFICANT, 4, 5, 6].find(differs) ?? 6;
  return formatQuantity(value, unit, digits);
};

/** The limits of a relation, in its unit. */
export const limitsOf = (relation: Relation): readonly number[] =>
  relation.operator === 'in' ? [relation.low, relation.high] : [relation.limit];

/** A relation in words, behind an observed number: `limit 2.5 s`, `minimum 95 %`, `must be 0`, `allowed 40 % to 60 %`. */
export const formatLimit = (relation: Relation, unit: SloUnit): string => {
  switch (relation.operator) {
    case '<':
    case '<=':
      return `limit ${formatQuantity(relation.limit, unit, 6)}`;
    case '>':
    case '>=':
      return `minimum ${formatQuantity(relation.limit, unit, 6)}`;
    case '==':
      return `must be ${formatQuantity(relation.limit, unit, 6)}`;
    case '!=':
      return `must not be ${formatQuantity(relation.limit, unit, 6)}`;
    case 'in':
      return `allowed ${formatQuantity(relation.low, unit, 6)} to ${formatQuantity(relation.high, unit, 6)}`;
  }
};

/**
 * A change with its sign: relative for durations and rates (`+12 %`), percentage points for shares (`+0.5 points`), a
 * difference for counts. Whole percent from 10 on, else two significant digits. Undefined → a dash.
 */
export const formatChange = (change: number | undefined, unit: SloUnit): string => {
  if (!isNumber(change)) return DASH;
  const scaled = unit === 'count' ? change : change * 100;
  const rounded = Math.abs(scaled) >= 10 ? Math.round(scaled) : Math.round(scaled * 10) / 10;
  const sign = rounded > 0 ? '+' : rounded === 0 ? '±' : '';
  const unitName = unit === 'count' ? '' : unit === 'ratio' ? ' points' : ' %';
  return `${sign}${significant(rounded, 12)}${unitName}`;
};

/** `[+8 %, +16 %]`. Undefined → undefined, so that nothing is shown. */
export const formatChangeInterval = (
  interval: readonly [low: number, high: number] | undefined,
  unit: SloUnit,
): string | undefined => inBrackets(interval, (end) => formatChange(end, unit));

/** `[2.9 s, 3.3 s]`, an interval of a quantity itself. Undefined → undefined. */
export const formatInterval = (
  interval: readonly [low: number, high: number] | undefined,
  unit: SloUnit,
): string | undefined => inBrackets(interval, (end) => formatQuantity(end, unit));

const inBrackets = (
  interval: readonly [low: number, high: number] | undefined,
  format: (end: number) => string,
): string | undefined => (interval?.every(Number.isFinite) ? `[${interval.map(format).join(', ')}]` : undefined);
