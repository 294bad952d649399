import type { ProbeSpec } from '../model/probe.ts';
import { valueAt } from './config-source.ts';
import { suggestion } from './issue-to-problem.ts';
import { requireInBody } from './probe-body.ts';
import type { Read, Reading } from './reading.ts';
import type { PROBE_KEYS } from './schema-probe.ts';
import type { Path } from './source-document.ts';

/** A share is then known to within 7 points. */
const REQUESTS = 200;

/** Reads the keys of a routing probe. Weights become shares. */
export const readRoutingProbe = (
  values: Read<typeof PROBE_KEYS.routing>,
  at: Path,
  reading: Reading,
): Extract<ProbeSpec, { kind: 'routing' }> => {
  requireInBody('nonce', { at, why: 'it tells which upstream call belongs to a request' }, reading);
  const { weights = {}, forbidden } = values;
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  if (values.weights !== undefined && !(total > 0))
    reading.report([...at, 'weights'], 'has no weight above 0', { allowed: 'a weight for each provider, such as 60' });
  if (forbidden !== undefined) checkTenant(forbidden.tenant, at, reading);
  return {
    kind: 'routing',
    requests: values.requests ?? REQUESTS,
    shares: Object.entries(weights).map(([provider, weight]) => ({ provider, share: weight / total })),
    forbidden,
  };
};

/** Only a tenant of the scenario can be sent as. */
const checkTenant = (tenant: string, at: Path, { source, report }: Reading): void => {
  const written = valueAt(source.value, [...at, 'tenants']);
  const one = valueAt(source.value, [...at, 'tenant']);
  const known = Array.isArray(written) ? written.map(String) : one === undefined ? [] : [String(one)];
  if (known.includes(tenant)) return;
  report([...at, 'forbidden', 'tenant'], `is no tenant of this scenario${suggestion(tenant, known)}`, {
    received: tenant,
    allowed: known.length === 0 ? 'a scenario with tenants' : known.join(', '),
  });
};
