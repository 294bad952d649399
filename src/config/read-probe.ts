import { PROBES, type ProbeName, type ProbeSpec } from '../model/probe.ts';
import { micros } from '../model/units.ts';
import { isRecord, valueAt } from './config-source.ts';
import { readCacheProbe } from './read-cache-probe.ts';
import { readCancelProbe } from './read-cancel-probe.ts';
import { readFailoverProbe } from './read-failover-probe.ts';
import { readIsolationProbe } from './read-isolation-probe.ts';
import { readNeighbourProbe } from './read-neighbour-probe.ts';
import { readRoutingProbe } from './read-routing-probe.ts';
import { readSemanticCacheProbe } from './read-semantic-cache-probe.ts';
import { readStreamProbe } from './read-stream-probe.ts';
import { type Read, type Reading, readMap } from './reading.ts';
import type { PROBE_KEYS } from './schema-probe.ts';
import { probeScenarioSchema, unknownProbeSchema } from './schema-scenario.ts';
import type { Path } from './source-document.ts';

/** The keys of a probe, as far as they could be read. */
type Values<Kind extends ProbeName> = Read<(typeof PROBE_KEYS)[Kind]>;

/** Makes a probe of its own keys; undefined when one of them is missing or wrong, which has been reported. */
type Reader<Kind extends ProbeName> = (
  values: Values<Kind>,
  at: Path,
  reading: Reading,
) => Extract<ProbeSpec, { kind: Kind }> | undefined;

const READERS: { readonly [Kind in ProbeName]: Reader<Kind> } = {
  cache: readCacheProbe,
  'semantic-cache': readSemanticCacheProbe,
  'rate-limit': ({ limit, window }) =>
    limit === undefined || window === undefined ? undefined : { kind: 'rate-limit', limit, window },
  isolation: readIsolationProbe,
  neighbour: readNeighbourProbe,
  failover: readFailoverProbe,
  stream: readStreamProbe,
  routing: readRoutingProbe,
  cancel: readCancelProbe,
};

/** Whether a scenario is written as a probe. */
export const isProbe = (at: Path, { source }: Reading): boolean => {
  const written = valueAt(source.value, at);
  return isRecord(written) && Object.hasOwn(written, 'probe');
};

/**
 * Reads a probe: the keys that all scenarios have, and those of this one. What could not be read is reported; the spec
 * then stands for nothing, since no configuration with a problem is used.
 */
export const readProbe = (at: Path, except: readonly SharedKey[], reading: Reading) => {
  const written = valueAt(reading.source.value, [...at, 'probe']);
  const kind = PROBES.find((each) => each === written);
  if (kind === undefined) {
    const others = Object.keys(unknownProbeSchema.shape).filter((key) => key !== 'probe');
    return { values: readMap({ schema: unknownProbeSchema, at, except: others }, reading), probe: UNREAD };
  }
  const values = readMap({ schema: probeScenarioSchema(kind), at, except }, reading);
  // The table pairs each reader with the values of its own schema; the pairing is lost to the type on the way.
  const spec = (READERS[kind] as Reader<ProbeName>)(values as never, at, reading);
  return { values, probe: spec ?? UNREAD };
};

/** Keys that every scenario has. */
type SharedKey = Exclude<
  keyof ReturnType<typeof probeScenarioSchema<'stream'>>['shape'],
  keyof (typeof PROBE_KEYS)['stream']
>;

const UNREAD: ProbeSpec = { kind: 'cancel', requests: 0, within: micros(0) };
