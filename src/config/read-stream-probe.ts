import type { ProbeSpec } from '../model/probe.ts';
import { valueAt } from './config-source.ts';
import { requireInBody } from './probe-body.ts';
import type { Read, Reading } from './reading.ts';
import type { PROBE_KEYS } from './schema-probe.ts';
import type { Path } from './source-document.ts';

/** Enough to meet what goes wrong with one stream in ten (98.5 %). */
const REQUESTS = 40;

/** Reads the keys of a stream probe. */
export const readStreamProbe = (
  values: Read<typeof PROBE_KEYS.stream>,
  at: Path,
  reading: Reading,
): Extract<ProbeSpec, { kind: 'stream' }> => {
  requireInBody('nonce', { at, why: 'no stream may come from a cache' }, reading);
  if (valueAt(reading.source.value, [...at, 'stream']) === false)
    reading.report([...at, 'stream'], 'a stream probe asks for streams', { allowed: 'true, or no such key' });
  return { kind: 'stream', requests: values.requests ?? REQUESTS };
};
