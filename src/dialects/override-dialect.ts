import type {
  CacheControls,
  CacheField,
  Control,
  CountField,
  Dialect,
  Field,
  LimitFields,
  NameField,
  RejectionCodes,
  TimeField,
  Unsupported,
  WhenHeader,
} from '../model/dialect.ts';
import type { CacheStatus } from '../model/outcome.ts';
import { COMMON_CACHE_WORDS } from './common-fields.ts';

type Optional<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

/** What a configuration says of a dialect instead of its name: differences from a base. Absent parts are the base's. */
export interface DialectOverrides {
  /** Name of the dialect that the rest is laid over; undefined = generic. */
  readonly base?: string | undefined;
  readonly cache?:
    | Unsupported
    | {
        readonly fields?: readonly CacheField[] | undefined;
        /** Added to the base's words, and before them; upper and lower case do not matter. */
        readonly values?: Readonly<Record<string, CacheStatus>> | undefined;
      }
    | undefined;
  readonly provider?: Unsupported | readonly NameField[] | undefined;
  readonly model?: Unsupported | readonly NameField[] | undefined;
  readonly request_id?: readonly Field[] | undefined;
  readonly attempts?: Unsupported | readonly CountField[] | undefined;
  readonly fallback?: Unsupported | readonly CountField[] | undefined;
  readonly gateway_time?: Unsupported | readonly TimeField[] | undefined;
  readonly upstream_time?: Unsupported | readonly TimeField[] | undefined;
  readonly limits?: Unsupported | readonly LimitFields[] | undefined;
  readonly provider_limits?: readonly LimitFields[] | undefined;
  readonly retry_after?: Unsupported | readonly WhenHeader[] | undefined;
  readonly rejections?: Optional<RejectionCodes> | undefined;
  readonly cache_controls?: Optional<CacheControls> | undefined;
}

/** Lays differences over a base. Header names may be written in any case. The dialect is named after its base. */
export const overrideDialect = (base: Dialect, overrides: DialectOverrides): Dialect => ({
  name: `${base.name} (overridden)`,
  cache: overrides.cache === undefined ? base.cache : overrideCache(base.cache, overrides.cache),
  provider: fieldsOr(overrides.provider, base.provider),
  model: fieldsOr(overrides.model, base.model),
  requestId: overrides.request_id?.map(inLowerCase) ?? base.requestId,
  attempts: fieldsOr(overrides.attempts, base.attempts),
  fallback: fieldsOr(overrides.fallback, base.fallback),
  gatewayTime: fieldsOr(overrides.gateway_time, base.gatewayTime),
  upstreamTime: fieldsOr(overrides.upstream_time, base.upstreamTime),
  limits: listOr(overrides.limits, base.limits, limitInLowerCase),
  providerLimits: overrides.provider_limits?.map(limitInLowerCase) ?? base.providerLimits,
  retryAfter: listOr(overrides.retry_after, base.retryAfter, inLowerCase),
  rejections: {
    rate: overrides.rejections?.rate ?? base.rejections.rate,
    quota: overrides.rejections?.quota ?? base.rejections.quota,
  },
  cacheControls: overrideControls(base.cacheControls, overrides.cache_controls ?? {}),
});

const listOr = <T>(
  list: Unsupported | readonly T[] | undefined,
  base: Unsupported | readonly T[],
  normal: (item: T) => T,
): Unsupported | readonly T[] => {
  if (list === undefined) return base;
  return list === 'unsupported' ? list : list.map(normal);
};

const fieldsOr = <F extends Field>(
  fields: Unsupported | readonly F[] | undefined,
  base: Unsupported | readonly F[],
): Unsupported | readonly F[] => listOr(fields, base, inLowerCase);

const overrideCache = (base: Dialect['cache'], overrides: NonNullable<DialectOverrides['cache']>): Dialect['cache'] => {
  if (overrides === 'unsupported') return overrides;
  const under = base === 'unsupported' ? { fields: [], values: COMMON_CACHE_WORDS } : base;
  const added = Object.entries(overrides.values ?? {}).map(([word, status]) => [word.trim().toLowerCase(), status]);
  return {
    fields: overrides.fields?.map((field) => withFormat(inLowerCase(field))) ?? under.fields,
    values: { ...under.values, ...Object.fromEntries(added) },
  };
};

/** Two headers have a format of their own, whoever names them. */
const withFormat = (field: CacheField): CacheField => {
  if (!('header' in field) || field.format !== undefined) return field;
  if (field.header === 'cache-status') return { ...field, format: 'rfc9211' };
  return field.header === 'age' ? { ...field, format: 'age' } : field;
};

const overrideControls = (base: CacheControls, overrides: Optional<CacheControls>): CacheControls => ({
  enable: overrides.enable?.map(inLowerCase<Control>) ?? base.enable,
  bypass: listOr(overrides.bypass, base.bypass, inLowerCase),
  ttl: placeOr(overrides.ttl, base.ttl),
  namespace: placeOr(overrides.namespace, base.namespace),
});

const placeOr = <F extends Field>(place: Unsupported | F | undefined, base: Unsupported | F): Unsupported | F => {
  if (place === undefined) return base;
  return place === 'unsupported' ? place : inLowerCase(place);
};

const inLowerCase = <F extends { readonly header: string } | { readonly body: string }>(field: F): F =>
  'header' in field ? { ...field, header: field.header.toLowerCase() } : field;

const limitInLowerCase = (fields: LimitFields): LimitFields => {
  if ('structured' in fields) {
    const { state, policy } = fields.structured;
    return { ...fields, structured: { state: state.toLowerCase(), policy: policy.toLowerCase() } };
  }
  const { limit, remaining, reset } = fields;
  return {
    ...fields,
    limit: limit?.toLowerCase(),
    remaining: remaining?.toLowerCase(),
    reset: reset && inLowerCase(reset),
  };
};
