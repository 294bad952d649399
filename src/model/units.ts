declare const unit: unique symbol;

/** A whole number of microseconds; each place that holds one says from which clock or origin. */
export type Micros = number & { readonly [unit]: 'us' };

/** A share from 0 to 1. Rendered as a percentage only in the report. */
export type Ratio = number & { readonly [unit]: 'ratio' };

/** Brands a number as microseconds and rounds it to a whole one. */
export const micros = (value: number): Micros => Math.round(value) as Micros;

/** Milliseconds to microseconds. */
export const fromMillis = (value: number): Micros => micros(value * 1_000);

/** Seconds to microseconds. */
export const fromSeconds = (value: number): Micros => micros(value * 1_000_000);

/** Microseconds to milliseconds, unrounded. */
export const toMillis = (value: Micros): number => value / 1_000;

/** Microseconds to seconds, unrounded. */
export const toSeconds = (value: Micros): number => value / 1_000_000;

/** Brands a number as a share from 0 to 1. The caller guarantees the range. */
export const ratio = (value: number): Ratio => value as Ratio;
