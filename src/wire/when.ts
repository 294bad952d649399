import type { WhenFormat } from '../model/dialect.ts';
import { fromMillis, fromSeconds, type Micros, micros } from '../model/units.ts';

/**
 * µs from now until what a header's value says, 0 for the past; undefined when it is not written in that format. `wallNow`:
 * the wall clock, µs since 1970, which only dates need. Formats: see `WhenHeader`.
 */
export const readWhen = (value: string, format: WhenFormat, wallNow: Micros): Micros | undefined => {
  const text = value.trim();
  const read = format === 'any' ? readAny(text, wallNow) : READERS[format](text, wallNow);
  return read === undefined || !Number.isSafeInteger(read) ? undefined : micros(Math.max(0, read));
};

/** Above, a bare number is no time to wait (more than 30 years) but a date. */
const FIRST_EPOCH = 1_000_000_000;

/** From there on, an epoch is in ms: as seconds it would be in the year 5138. */
const FIRST_EPOCH_MILLIS = 100_000_000_000;

type Reader = (text: string, wallNow: Micros) => Micros | undefined;

const readNumber = (text: string): number | undefined => (/^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined);

const scaled =
  (scale: (value: number) => Micros): Reader =>
  (text) => {
    const value = readNumber(text);
    return value === undefined ? undefined : scale(value);
  };

const readEpoch: Reader = (text, wallNow) => {
  const value = readNumber(text);
  if (value === undefined) return undefined;
  return micros((value >= FIRST_EPOCH_MILLIS ? fromMillis(value) : fromSeconds(value)) - wallNow);
};

/** `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that may be sent. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

const dated =
  (form: RegExp): Reader =>
  (text, wallNow) => {
    const at = form.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(at) ? undefined : micros(fromMillis(at) - wallNow);
  };

/** Of Go's `time.Duration`, in µs. */
const GO_UNITS: Readonly<Record<string, number>> = {
  h: 3_600_000_000,
  m: 60_000_000,
  s: 1_000_000,
  ms: 1_000,
  us: 1,
  µs: 1,
  ns: 0.001,
};

const readGoDuration: Reader = (text) => {
  if (text === '0') return micros(0);
  if (!/^(?:\d+(?:\.\d+)?(?:h|m|s|ms|us|µs|ns))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|us|µs|ns|h|m|s)/g)];
  return micros(parts.reduce((sum, [, number, unit]) => sum + Number(number) * GO_UNITS[unit!]!, 0));
};

const READERS: Readonly<Record<Exclude<WhenFormat, 'any'>, Reader>> = {
  seconds: scaled(fromSeconds),
  millis: scaled(fromMillis),
  epoch: readEpoch,
  'http-date': dated(HTTP_DATE),
  'go-duration': readGoDuration,
  rfc3339: dated(RFC_3339),
};

const readAny: Reader = (text, wallNow) => {
  const value = readNumber(text);
  if (value !== undefined) return value >= FIRST_EPOCH ? readEpoch(text, wallNow) : fromSeconds(value);
  return readGoDuration(text, wallNow) ?? READERS.rfc3339(text, wallNow) ?? READERS['http-date'](text, wallNow);
};
