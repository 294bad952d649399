import type { CacheField, Dialect, Field } from '../model/dialect.ts';
import type { CacheStatus } from '../model/outcome.ts';
import { apisix } from './apisix.ts';
import { cloudflare } from './cloudflare.ts';
import { COMMON_CACHE_WORDS } from './common-fields.ts';
import { envoy } from './envoy.ts';
import { generic } from './generic.ts';
import { helicone } from './helicone.ts';
import { kong } from './kong.ts';
import { litellm } from './litellm.ts';
import { openrouter } from './openrouter.ts';
import { portkey } from './portkey.ts';

/** What a configuration says of a dialect instead of its name: differences from a base. Absent parts are the base's. */
export interface DialectOverrides {
  /** Name of the dialect that the rest is laid over; undefined = generic. */
  readonly base?: string | undefined;
  readonly cache?:
    | 'unsupported'
    | {
        readonly fields?: readonly Field[] | undefined;
        /** Added to the base's words, and before them; upper and lower case do not matter. */
        readonly values?: Readonly<Record<string, CacheStatus>> | undefined;
      }
    | undefined;
  readonly provider?: 'unsupported' | readonly Field[] | undefined;
  readonly model?: 'unsupported' | readonly Field[] | undefined;
  readonly request_id?: readonly Field[] | undefined;
}

/** The dialect, or what is wrong with the specification, in the words of a configuration problem. */
export type DialectResolution =
  | { readonly ok: true; readonly dialect: Dialect }
  | { readonly ok: false; readonly message: string; readonly allowed: string };

const DIALECTS: readonly Dialect[] = [generic, litellm, portkey, cloudflare, kong, envoy, apisix, helicone, openrouter];

/** The names of the dialects that are built in, generic first. */
export const DIALECT_NAMES: readonly string[] = DIALECTS.map((dialect) => dialect.name);

/**
 * Finds a dialect by name, or lays differences over one. Header names may be written in any case. An overridden dialect is
 * named after its base, so that reports tell the two apart.
 */
export const resolveDialect = (spec: string | DialectOverrides): DialectResolution => {
  const wanted = typeof spec === 'string' ? spec : (spec.base ?? generic.name);
  const base = DIALECTS.find((dialect) => dialect.name === wanted);
  if (base === undefined)
    return { ok: false, message: `no dialect is called ${wanted}`, allowed: DIALECT_NAMES.join(', ') };
  return { ok: true, dialect: typeof spec === 'string' ? base : layOver(base, spec) };
};

const layOver = (base: Dialect, overrides: DialectOverrides): Dialect => ({
  name: `${base.name} (overridden)`,
  cache: overrides.cache === undefined ? base.cache : overrideCache(base.cache, overrides.cache),
  provider: fieldsOr(overrides.provider, base.provider),
  model: fieldsOr(overrides.model, base.model),
  requestId: overrides.request_id?.map(inLowerCase) ?? base.requestId,
});

const fieldsOr = <T>(fields: 'unsupported' | readonly Field[] | undefined, base: T): T | 'unsupported' | Field[] => {
  if (fields === undefined) return base;
  return fields === 'unsupported' ? fields : fields.map(inLowerCase);
};

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
const withFormat = (field: Field): CacheField => {
  if (!('header' in field)) return field;
  if (field.header === 'cache-status') return { ...field, format: 'rfc9211' };
  return field.header === 'age' ? { ...field, format: 'age' } : field;
};

const inLowerCase = (field: Field): Field => ('header' in field ? { header: field.header.toLowerCase() } : field);
