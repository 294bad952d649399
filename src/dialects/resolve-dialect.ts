import type { Dialect } from '../model/dialect.ts';
import { apisix } from './apisix.ts';
import { azureApim } from './azure-apim.ts';
import { bifrost } from './bifrost.ts';
import { cloudflare } from './cloudflare.ts';
import { envoy } from './envoy.ts';
import { generic } from './generic.ts';
import { helicone } from './helicone.ts';
import { kong } from './kong.ts';
import { litellm } from './litellm.ts';
import { openrouter } from './openrouter.ts';
import { type DialectOverrides, overrideDialect } from './override-dialect.ts';
import { portkey } from './portkey.ts';
import { tensorzero } from './tensorzero.ts';
import { vercel } from './vercel.ts';

/** The dialect, or what is wrong with the specification, in the words of a configuration problem. */
export type DialectResolution =
  | { readonly ok: true; readonly dialect: Dialect }
  | { readonly ok: false; readonly message: string; readonly allowed: string };

/** All dialects that are built in, generic first. */
export const DIALECTS: readonly Dialect[] = [
  generic,
  litellm,
  portkey,
  cloudflare,
  kong,
  envoy,
  apisix,
  helicone,
  bifrost,
  tensorzero,
  openrouter,
  vercel,
  azureApim,
];

/** Their names. */
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
  return { ok: true, dialect: typeof spec === 'string' ? base : overrideDialect(base, spec) };
};
