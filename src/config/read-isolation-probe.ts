import type { ProbeSpec } from '../model/probe.ts';
import { valueAt } from './config-source.ts';
import { requireInBody, SETTLE } from './probe-body.ts';
import type { Read, Reading } from './reading.ts';
import type { PROBE_KEYS } from './schema-probe.ts';
import type { Path } from './source-document.ts';

const PROMPTS = 3;
const MIXED = 60;

/** Reads the keys of an isolation probe, with what goes without saying filled in. */
export const readIsolationProbe = (
  values: Read<typeof PROBE_KEYS.isolation>,
  at: Path,
  reading: Reading,
): Extract<ProbeSpec, { kind: 'isolation' }> => {
  requireInBody('nonce', { at, why: 'it tells whose prompt an answer belongs to' }, reading);
  const written = valueAt(reading.source.value, [...at, 'tenants']);
  const tenants: readonly unknown[] = Array.isArray(written) ? written : [];
  if (tenants.length < 2)
    reading.report([...at, 'tenants'], 'the isolation probe needs two tenants at least', {
      allowed: 'a list of tenants defined under tenants',
    });
  warnOfUnlikeBodies(tenants.map(String), at, reading);
  return {
    kind: 'isolation',
    tenants: tenants.length,
    prompts: values.prompts ?? PROMPTS,
    mixed: values.mixed ?? MIXED,
    settle: values.settle ?? SETTLE,
  };
};

/** Two tenants that send unlike bodies cannot hit each other's answers, whatever the gateway leaves out of its key. */
const warnOfUnlikeBodies = (tenants: readonly string[], at: Path, { source, warn }: Reading): void => {
  const body = JSON.stringify(valueAt(source.value, [...at, 'body']) ?? null);
  for (const [expression, name = ''] of body.matchAll(/(?<!\$)\$\{\s*tenant\.([\w-]+)\s*\}/g)) {
    const values = tenants.map((id) => (name === 'id' ? id : valueAt(source.value, ['tenants', id, 'vars', name])));
    if (new Set(values).size < 2) continue;
    warn(
      [...at, 'body'],
      `${expression} makes the tenants' requests unlike: answers that they share would not be seen`,
    );
  }
};
