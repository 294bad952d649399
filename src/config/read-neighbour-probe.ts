import type { ProbeSpec } from '../model/probe.ts';
import { fromSeconds } from '../model/units.ts';
import { valueAt } from './config-source.ts';
import type { Read, Reading } from './reading.ts';
import type { PROBE_KEYS } from './schema-probe.ts';
import type { Path } from './source-document.ts';

/** Requests a second: with the duration, eighty of the quiet tenant, which is enough for an interval of its p95. */
const RATE = 20;
const NOISE = 60;
const DURATION = fromSeconds(4);

/**
 * Reads the keys of a neighbour probe. The first of its two tenants is the noisy one. Where the noise is a request of its own, one
 * tenant or none will do.
 */
export const readNeighbourProbe = (
  values: Read<typeof PROBE_KEYS.neighbour>,
  at: Path,
  { source, report }: Reading,
): Extract<ProbeSpec, { kind: 'neighbour' }> => {
  const tenants = valueAt(source.value, [...at, 'tenants']);
  const endpoint = values.noise_request?.endpoint;
  if (valueAt(source.value, [...at, 'noise_request']) !== undefined) {
    if (Array.isArray(tenants) && tenants.length > 2)
      report([...at, 'tenants'], 'the noise and what it may disturb have a tenant each at most', {
        allowed: 'one tenant for both, or two: the noisy one, then the quiet one',
      });
  } else if (!Array.isArray(tenants) || tenants.length !== 2)
    report([...at, 'tenants'], 'the neighbour probe needs two tenants: the noisy one, then the quiet one', {
      allowed: 'a list of two tenants defined under tenants, or noise_request for noise from another endpoint',
    });
  return {
    kind: 'neighbour',
    rate: values.rate ?? RATE,
    noise: values.noise ?? NOISE,
    duration: values.duration ?? DURATION,
    noiseEndpoint: typeof endpoint === 'object' ? 'custom' : endpoint,
  };
};
