import { FAILOVER_FAULTS, type ProbeSpec } from '../model/probe.ts';
import { fromSeconds } from '../model/units.ts';
import { requireInBody } from './probe-body.ts';
import { checkProvider, requireProviders } from './probe-providers.ts';
import type { Read, Reading } from './reading.ts';
import type { PROBE_KEYS } from './schema-probe.ts';
import type { Path } from './source-document.ts';

const REQUESTS = 10;
const RECOVERY = fromSeconds(10);

/** Reads the keys of a failover probe; the first provider is the primary one unless another is named. */
export const readFailoverProbe = (
  values: Read<typeof PROBE_KEYS.failover>,
  at: Path,
  reading: Reading,
): Extract<ProbeSpec, { kind: 'failover' }> => {
  const names = requireProviders({ at, why: 'the probe makes one of them fail' }, reading);
  requireInBody('nonce', { at, why: 'it tells which upstream calls belong to a request' }, reading);
  if (values.primary !== undefined) checkProvider(values.primary, { at: [...at, 'primary'], names }, reading);
  const { faults = FAILOVER_FAULTS } = values;
  faults.forEach((fault, index) => {
    if (faults.indexOf(fault) < index) reading.report([...at, 'faults', index], 'is given twice');
  });
  return {
    kind: 'failover',
    primary: values.primary ?? names[0] ?? '',
    faults,
    requests: values.requests ?? REQUESTS,
    recovery: values.recovery ?? RECOVERY,
  };
};
