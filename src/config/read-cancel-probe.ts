import type { ProbeSpec } from '../model/probe.ts';
import { fromSeconds } from '../model/units.ts';
import { requireInBody } from './probe-body.ts';
import { requireProviders } from './probe-providers.ts';
import type { Read, Reading } from './reading.ts';
import type { PROBE_KEYS } from './schema-probe.ts';
import type { Path } from './source-document.ts';

const REQUESTS = 10;
const WITHIN = fromSeconds(1);

/** Reads the keys of a cancel probe. */
export const readCancelProbe = (
  values: Read<typeof PROBE_KEYS.cancel>,
  at: Path,
  reading: Reading,
): Extract<ProbeSpec, { kind: 'cancel' }> => {
  requireProviders({ at, why: 'only they know when their calls end' }, reading);
  requireInBody('nonce', { at, why: 'it tells which upstream calls belong to a request' }, reading);
  return { kind: 'cancel', requests: values.requests ?? REQUESTS, within: values.within ?? WITHIN };
};
