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

/** Reads the keys of a neighbour probe. The first of its two tenants is the noisy one. */
export const readNeighbourProbe = (
  values: Read<typeof PROBE_KEYS.neighbour>,
  at: Path,
  { source, report }: Reading,
): Extract<ProbeSpec, { kind: 'neighbour' }> => {
  const tenants = valueAt(source.value, [...at, 'tenants']);
  if (!Array.isArray(tenants) || tenants.length !== 2)
    report([...at, 'tenants'], 'the neighbour probe needs two tenants: the noisy one, then the quiet one', {
      allowed: 'a list of two tenants defined under tenants',
    });
  return {
    kind: 'neighbour',
    rate: values.rate ?? RATE,
    noise: values.noise ?? NOISE,
    duration: values.duration ?? DURATION,
  };
};
