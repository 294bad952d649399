import { type Micros, micros, type Ratio, ratio } from '../model/units.ts';

/** µs a unit, from the longest: the order in which the parts of a compound duration must come. */
const DURATION_UNITS: readonly (readonly [unit: string, size: number])[] = [
  ['h', 3_600_000_000],
  ['m', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1_000],
  ['us', 1],
];

/** Seconds a unit. */
const RATE_UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };

const NUMBER = String.raw`\d+(?:\.\d+)?`;
const DURATION_PART = new RegExp(`^(${NUMBER})(h|ms|m|s|us|µs)`);
const RATE = new RegExp(`^(${NUMBER})(?:\\s*/\\s*(s|m|h))?$`);
const PERCENTAGE = new RegExp(`^(${NUMBER})\\s*(%?)$`);

/**
 * A duration with its unit: `250us`, `300ms`, `2.5s`, `4m`, `1h`, or several parts from the longest unit down, `1m30s`.
 * Rounded to whole µs. Undefined for anything else: a number without a unit has no meaning here.
 */
export function parseDuration(text: string): Micros | undefined {
  let rest = text.trim();
  let total = 0;
  let rank = -1;
  do {
    const [part, amount, unit] = DURATION_PART.exec(rest) ?? [];
    if (part === undefined) return undefined;
    const place = DURATION_UNITS.findIndex(([name]) => name === unit?.replace('µ', 'u'));
    if (place <= rank) return undefined;
    total += Number(amount) * DURATION_UNITS[place]![1];
    rank = place;
    rest = rest.slice(part.length).trimStart();
  } while (rest !== '');
  return total <= Number.MAX_SAFE_INTEGER ? micros(total) : undefined;
}

/** A rate, per second: `20/s`, `600/m`, `36000/h`, or a bare number a second. Undefined when negative or not a rate. */
export function parseRate(value: string | number): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : undefined;
  const [whole, amount, unit] = RATE.exec(value.trim()) ?? [];
  return whole === undefined ? undefined : Number(amount) / RATE_UNITS[unit ?? 's']!;
}

/** A share: `50%`, or a number from 0 to 1. Undefined outside 0–100 %. */
export function parsePercentage(value: string | number): Ratio | undefined {
  const [whole, amount, percent] = PERCENTAGE.exec(String(value).trim()) ?? [];
  if (whole === undefined) return undefined;
  // Shifted as a decimal, so that 99.9 % is 0.999 and not 0.9990000000000001.
  const share = percent === '%' ? Number(`${amount}e-2`) : Number(amount);
  return share <= 1 ? ratio(share) : undefined;
}

/** A pause between two durations, `1s..3s`, or of one length, `2s`. Undefined when they are not in order. */
export function parseDurationRange(text: string): { readonly min: Micros; readonly max: Micros } | undefined {
  const [low, high, ...more] = text.split('..');
  const min = parseDuration(low!);
  const max = high === undefined ? min : parseDuration(high);
  if (min === undefined || max === undefined || more.length > 0 || min > max) return undefined;
  return { min, max };
}

/** A duration in the shortest notation that `parseDuration` reads back exactly: `250us`, `12.5ms`, `2.5s`, `1m30s`. */
export function formatDuration(duration: Micros): string {
  if (duration < 1_000) return duration === 0 ? '0s' : `${duration}us`;
  if (duration < 1_000_000) return `${duration / 1_000}ms`;
  const hours = Math.floor(duration / 3_600_000_000);
  const minutes = Math.floor((duration % 3_600_000_000) / 60_000_000);
  const seconds = (duration % 60_000_000) / 1_000_000;
  return [hours > 0 ? `${hours}h` : '', minutes > 0 ? `${minutes}m` : '', seconds > 0 ? `${seconds}s` : ''].join('');
}

/** A rate in words: a second (`20/s`), and where that is below one, a minute or an hour (`6/m`). At most three decimals. */
export function formatRate(perSecond: number): string {
  const [unit, size] = perSecond >= 1 || perSecond === 0 ? ['s', 1] : perSecond >= 1 / 60 ? ['m', 60] : ['h', 3_600];
  return `${Number((perSecond * Number(size)).toFixed(3))}/${unit}`;
}
