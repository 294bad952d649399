import type { Measure, SloUnit } from '../model/slo.ts';
import { parseDuration, parsePercentage, parseRate } from './quantities.ts';
import { isFixedProbe } from './slo-subject.ts';

/** A limit, in the unit that it turned out to have. */
export type LimitReading =
  | { readonly ok: true; readonly limit: number; readonly unit: SloUnit }
  | { readonly ok: false; readonly message: string; readonly allowed?: string };

/** Reads the limit of a measure, which says what units it may have. */
export function parseLimit(text: string, measure: Measure): LimitReading {
  const { subject, unit, text: name } = measure;
  if (subject.kind === 'tally') return text.endsWith('%') ? share(text, name) : count(text, name);
  if (subject.kind === 'probe' && !isFixedProbe(subject.name)) return byUnit(text, name);
  switch (unit) {
    case 'us':
      return duration(text, name);
    case 'ratio':
      return share(text, name);
    case 'per-second':
      return rate(text, name);
    case 'count':
      return number(text, name);
  }
}

const found = (limit: number | undefined, unit: SloUnit, message: string): LimitReading =>
  limit === undefined ? { ok: false, message } : { ok: true, limit, unit };

const duration = (text: string, name: string): LimitReading =>
  found(parseDuration(text), 'us', `${name} needs a duration such as 800ms, not ${quoted(text)}`);

const share = (text: string, name: string): LimitReading =>
  found(
    parsePercentage(text),
    'ratio',
    `${name} needs a share such as 1%, or a number from 0 to 1, not ${quoted(text)}`,
  );

const rate = (text: string, name: string): LimitReading =>
  found(parseRate(text), 'per-second', `${name} needs a rate such as 20/s, not ${quoted(text)}`);

const count = (text: string, name: string): LimitReading =>
  found(
    /^\d+$/.test(text) ? Number(text) : undefined,
    'count',
    `${name} needs a whole number of requests, or a share such as 1%, not ${quoted(text)}`,
  );

const number = (text: string, name: string): LimitReading =>
  found(
    /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined,
    'count',
    `${name} needs a plain number such as 0, not ${quoted(text)}`,
  );

/** What a probe measures is known only to the probe; its unit is that of the limit. */
function byUnit(text: string, name: string): LimitReading {
  if (text.endsWith('%')) return share(text, name);
  if (text.includes('/')) return rate(text, name);
  const asDuration = parseDuration(text);
  if (asDuration !== undefined) return { ok: true, limit: asDuration, unit: 'us' };
  return found(
    /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined,
    'count',
    `${name} needs a number, a share such as 1%, a duration such as 1s or a rate such as 20/s, not ${quoted(text)}`,
  );
}

const quoted = (text: string): string => (text === '' ? 'nothing' : JSON.stringify(text));
