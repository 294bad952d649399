import type { SloUnit } from '../model/slo.ts';

/** A number in an SLO's unit, in words for a sentence: `1.24 s`, `0.35 %`, `12`, `19.8/s`. Three significant digits; counts whole. */
export const inWords = (value: number, unit: SloUnit): string => {
  switch (unit) {
    case 'us':
      return durationInWords(value);
    case 'ratio':
      return `${short(value * 100)} %`;
    case 'per-second':
      return `${short(value)}/s`;
    case 'count':
      return short(value, Math.max(3, String(Math.round(Math.abs(value))).length));
  }
};

/** A share as a percentage: `12 %`. */
export const percent = (share: number): string => inWords(share, 'ratio');

/** A change as it is judged: relative in percent, or for shares and counts the difference itself, in points for shares. */
export const changeInWords = (change: number, unit: SloUnit): string => {
  if (unit === 'ratio') return `${short(change * 100)} points`;
  return unit === 'count' ? inWords(change, unit) : `${short(change * 100)} %`;
};

/** `1 request`, `2 requests`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A whole number with its thousands grouped, two significant digits: for what is known "about". `4,200`. */
export const wholeNumber = (count: number): string => {
  const size = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  return String(Math.round(count / size) * size).replace(/\B(?=(\d{3})+$)/g, ',');
};

/** A length of time as people plan it: `90 s`, `12 min`, `3.5 h`. */
export const spanInWords = (seconds: number): string => {
  if (seconds < 120) return `${Math.ceil(seconds)} s`;
  return seconds < 7_200 ? `${Math.ceil(seconds / 60)} min` : `${short(seconds / 3_600, 2)} h`;
};

const durationInWords = (us: number): string => {
  const size = Math.abs(us);
  if (size >= 999_500) return `${short(us / 1_000_000)} s`;
  return size >= 999.5 || size === 0 ? `${short(us / 1_000)} ms` : `${short(us)} µs`;
};

/** Without an exponent, and without zeros that say nothing. */
const short = (value: number, digits = 3): string => {
  const rounded = Number(value.toPrecision(digits));
  return Math.abs(rounded) >= 1e-6 || rounded === 0 ? String(rounded) : rounded.toFixed(9).replace(/0+$/, '');
};
