import { z } from 'zod';
import type { Micros, Ratio } from '../model/units.ts';
import { parseDuration, parseDurationRange, parsePercentage, parseRate } from './quantities.ts';

/** A value of the file that is more than its JSON type: how to read it, and what to say when that fails. */
export interface FieldRule<T> {
  /** Undefined = refused. Never called with undefined. */
  readonly read: (value: unknown) => T | undefined;
  readonly message: string;
  readonly allowed: string;
  /** JSON Schema of what may be written. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** A zod field from a rule. The issue of a refused value carries `allowed` in its params; a missing one `is required`. */
export const field = <T>({ read, message, allowed, json }: FieldRule<T>) =>
  z
    .unknown()
    .transform((value, context): T => {
      const result = value === undefined ? undefined : read(value);
      if (result !== undefined) return result;
      context.addIssue({
        code: 'custom',
        message: value === undefined ? 'is required' : message,
        params: { allowed },
      });
      return z.NEVER;
    })
    .meta({ ...json });

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A duration with its unit. */
export const duration = (atLeast = 1) =>
  field<Micros>({
    read: (value) => {
      const parsed = parseDuration(asText(value) ?? '');
      return parsed === undefined || parsed < atLeast ? undefined : parsed;
    },
    message: 'is not a duration',
    allowed: `a number with its unit, such as 300ms, 2.5s, 4m or 1h${atLeast > 0 ? ', more than 0' : ''}`,
    json: { type: 'string', pattern: String.raw`^\s*\d+(\.\d+)?(h|ms|m|s|us|µs)` },
  });

/** A rate above 0, with its unit; read as requests a second. */
export const rate = () =>
  field<number>({
    read: readRate,
    message: 'is not a rate',
    allowed: 'a number with its unit, more than 0, such as 20/s or 600/m',
    json: { type: 'string', pattern: String.raw`^\s*\d+(\.\d+)?\s*/\s*(s|m|h)\s*$` },
  });

const readRate = (value: unknown): number | undefined => {
  const parsed = asText(value)?.includes('/') ? parseRate(String(value)) : undefined;
  return parsed === undefined || parsed <= 0 ? undefined : parsed;
};

/** The level that a stage goes to: a rate, or users. */
export type Level = { readonly kind: 'rate' | 'users'; readonly value: number };

/** A rate with its unit (0 included), or a whole number of users. */
export const level = () =>
  field<Level>({
    read: (value) => {
      if (typeof value === 'number')
        return Number.isSafeInteger(value) && value >= 0 ? { kind: 'users', value } : undefined;
      const parsed = asText(value)?.includes('/') ? parseRate(String(value)) : undefined;
      return parsed === undefined ? undefined : { kind: 'rate', value: parsed };
    },
    message: 'is neither a rate nor a number of users',
    allowed: 'a rate such as 20/s, or a whole number of users such as 25',
    json: { type: ['string', 'integer'], minimum: 0, pattern: String.raw`^\s*\d+(\.\d+)?\s*/\s*(s|m|h)\s*$` },
  });

/** A pause: one duration, or a range. */
export const think = () =>
  field<{ readonly min: Micros; readonly max: Micros }>({
    read: (value) => parseDurationRange(asText(value) ?? ''),
    message: 'is not a duration or a range of durations',
    allowed: 'such as 2s or 1s..3s, the shorter one first',
    json: { type: 'string', pattern: String.raw`^\s*\d+(\.\d+)?(h|ms|m|s|us|µs)` },
  });

/** A share: `50%`, or a number from 0 to 1. Bounds are shares as well. */
export const percentage = (low = 0, high = 1) =>
  field<Ratio>({
    read: (value) => {
      const isShare = typeof value === 'string' || typeof value === 'number';
      const parsed = isShare ? parsePercentage(value) : undefined;
      return parsed === undefined || parsed < low || parsed > high ? undefined : parsed;
    },
    message: 'is not a percentage within bounds',
    allowed: `from ${low * 100}% to ${high * 100}%`,
    json: { type: ['string', 'number'], minimum: low, maximum: high, pattern: String.raw`^\s*\d+(\.\d+)?\s*%?\s*$` },
  });

/** What stands for itself as text: a header's value, a tenant's variable. */
export const scalar = () =>
  field<string | number | boolean>({
    read: (value) =>
      typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
        ? value
        : undefined,
    message: 'must be text, a number, true or false',
    allowed: 'a single value',
    json: { type: ['string', 'number', 'boolean'] },
  });

/** Any JSON value; what stands in it is looked at where it is used. */
export const anyJson = () =>
  field<unknown>({ read: (value) => value, message: 'is not a JSON value', allowed: 'any JSON value', json: {} });

/** Non-empty text. */
export const text = () =>
  field<string>({
    read: (value) => (asText(value)?.trim() ? asText(value) : undefined),
    message: 'must be text',
    allowed: 'text that is not empty',
    json: { type: 'string', minLength: 1 },
  });

/** What a scenario, tenant, load, list, provider, profile or variable may be called. */
export const NAME = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/;
/** The same in words. */
export const NAME_ALLOWED = 'letters, digits, "_" and "-", at most 64, not starting with "-"';

/** A name that refers to something defined elsewhere in the file. */
export const name = (allowed = NAME_ALLOWED) =>
  field<string>({
    read: (value) => (NAME.test(asText(value) ?? '') ? asText(value) : undefined),
    message: 'is not a name',
    allowed,
    json: { type: 'string', pattern: NAME.source },
  });

/** A map whose keys are names. */
export const named = <S extends z.ZodType>(value: S) => z.record(z.string().regex(NAME), value);
