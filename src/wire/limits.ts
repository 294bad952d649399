import type { Dialect, LimitFields, LimitUnit, WhenHeader } from '../model/dialect.ts';
import { fromSeconds, type Micros } from '../model/units.ts';
import { oneLine } from './error-message.ts';
import { type HeaderLookup, headerLookup } from './headers.ts';
import { readStructuredList } from './structured-list.ts';
import { readWhen } from './when.ts';

/** One limit, as a response states it. Undefined = it does not say so. */
export interface LimitState {
  readonly of: LimitUnit;
  /** Which one, where there are several: the instance, window or policy that the gateway names. */
  readonly name: string | undefined;
  readonly limit: number | undefined;
  readonly remaining: number | undefined;
  /** Until it is full again, µs from now. */
  readonly reset: Micros | undefined;
  /** Length of its window, µs. */
  readonly window: Micros | undefined;
}

/** All that one response says about limits. */
export interface LimitReading {
  /** The gateway's own: the first on requests, else the first of all. */
  readonly limit: LimitState | undefined;
  /** All of the gateway's own. */
  readonly limits: readonly LimitState[];
  /** Those of the provider behind the gateway, as far as it passes them on. */
  readonly providerLimits: readonly LimitState[];
  /** When a rejected request may be repeated, µs from now. */
  readonly retryAfter: Micros | undefined;
}

/** The longest name of a limit that is kept, in UTF-16 units. */
const MAX_NAME = 60;

/**
 * Reads what a response says about limits: for throttled responses and probes, since no other response needs it. `flat`:
 * name in lower case, value, name, value … `wallNow`: the wall clock, µs since 1970, for values that are dates.
 */
export const readLimits = (dialect: Dialect, flat: readonly string[], wallNow: Micros): LimitReading => {
  const headers: Headers = { flat, header: headerLookup(flat), wallNow };
  const own = dialect.limits === 'unsupported' ? [] : dialect.limits;
  const limits = own.flatMap((fields) => readFields(fields, headers));
  const when = dialect.retryAfter === 'unsupported' ? [] : dialect.retryAfter;
  return {
    limit: limits.find(({ of }) => of === 'requests') ?? limits[0],
    limits,
    providerLimits: dialect.providerLimits.flatMap((fields) => readFields(fields, headers)),
    retryAfter: firstWhen(when, headers),
  };
};

interface Headers {
  readonly flat: readonly string[];
  readonly header: HeaderLookup;
  readonly wallNow: Micros;
}

const firstWhen = (when: readonly WhenHeader[], headers: Headers): Micros | undefined => {
  for (const { header: pattern, format } of when)
    for (const { value } of matching(pattern, headers)) {
      const read = readWhen(value, format ?? 'any', headers.wallNow);
      if (read !== undefined) return read;
    }
  return undefined;
};

const readFields = (fields: LimitFields, headers: Headers): readonly LimitState[] => {
  if ('structured' in fields) return readStructured(fields, headers.header);
  const { of, limit, remaining, reset } = fields;
  const states = new Map<string, { -readonly [Key in keyof LimitState]: LimitState[Key] }>();
  const stateOf = (name: string) => {
    const state = states.get(name) ?? { of, name: name || undefined, ...NOTHING };
    states.set(name, state);
    return state;
  };
  for (const { name, value } of matching(limit, headers)) stateOf(name).limit = leadingNumber(value);
  for (const { name, value } of matching(remaining, headers)) stateOf(name).remaining = leadingNumber(value);
  for (const { name, value } of matching(reset?.header, headers))
    stateOf(name).reset = readWhen(value, reset?.format ?? 'any', headers.wallNow);
  return [...states.values()].filter(saysSomething);
};

const NOTHING = { limit: undefined, remaining: undefined, reset: undefined, window: undefined } as const;

const saysSomething = ({ limit, remaining, reset }: LimitState): boolean =>
  limit !== undefined || remaining !== undefined || reset !== undefined;

interface Match {
  /** What stands for the `*`; empty for a pattern without one. */
  readonly name: string;
  readonly value: string;
}

/** The headers whose names fit a pattern with at most one `*`. */
const matching = (pattern: string | undefined, { flat, header }: Headers): readonly Match[] => {
  if (pattern === undefined) return [];
  const [before, after] = pattern.split('*', 2);
  if (after === undefined) {
    const value = header(pattern);
    return value === undefined ? [] : [{ name: '', value }];
  }
  const names = flat.filter((_, index) => index % 2 === 0).filter((name) => fits(name, before!, after));
  return [...new Set(names)].map((name) => ({
    name: oneLine(name.slice(before!.length, name.length - after.length), MAX_NAME),
    value: header(name)!,
  }));
};

const fits = (name: string, before: string, after: string): boolean =>
  name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after);

/** The number in front: some put the policy behind it, `100, 100;w=60`. */
const leadingNumber = (value: string | undefined): number | undefined => {
  const [number] = /^\s*\d+(?:\.\d+)?/.exec(value ?? '') ?? [];
  return number === undefined ? undefined : Number(number);
};

/** A member of the newer drafts is a policy with its state; of the older ones, one of `limit=`, `remaining=` and `reset=`. */
const readStructured = (
  { of, structured }: Extract<LimitFields, { readonly structured: object }>,
  header: HeaderLookup,
): readonly LimitState[] => {
  const state = readStructuredList(header(structured.state) ?? '');
  const policies = readStructuredList(header(structured.policy) ?? '');
  const older = new Map(state.map(({ value }) => [value.split('=', 1)[0], value.slice(value.indexOf('=') + 1)]));
  if (older.has('remaining') || older.has('limit')) {
    const window = seconds(policies[0]?.parameters.get('w'));
    const limit = leadingNumber(older.get('limit') ?? policies[0]?.value);
    const remaining = leadingNumber(older.get('remaining'));
    return [{ of, name: undefined, limit, remaining, reset: seconds(older.get('reset')), window }];
  }
  return state
    .map(({ value, parameters }): LimitState => {
      const policy = policies.find((each) => each.value === value)?.parameters;
      return {
        of,
        name: oneLine(value, MAX_NAME) || undefined,
        limit: leadingNumber(policy?.get('q')),
        remaining: leadingNumber(parameters.get('r')),
        reset: seconds(parameters.get('t')),
        window: seconds(policy?.get('w')),
      };
    })
    .filter(saysSomething);
};

const seconds = (text: string | undefined): Micros | undefined => {
  const number = leadingNumber(text);
  return number === undefined ? undefined : fromSeconds(number);
};
