import type { Control } from '../model/dialect.ts';
import { CACHE_CHANGES, type ProbeSpec } from '../model/probe.ts';
import { requireInBody, SETTLE } from './probe-body.ts';
import { readHeaders } from './read-headers.ts';
import type { Read, Reading } from './reading.ts';
import type { PROBE_KEYS } from './schema-probe.ts';
import type { Path } from './source-document.ts';

/** Ten samples decide a median; twice as many leave room for requests that fail. */
const PROMPTS = 20;
const CROWD = 20;

/** Reads the keys of a cache probe, with what goes without saying filled in. */
export const readCacheProbe = (
  values: Read<typeof PROBE_KEYS.cache>,
  at: Path,
  reading: Reading,
): Extract<ProbeSpec, { kind: 'cache' }> => {
  requireInBody('nonce', { at, why: 'every prompt of the probe must be new to the cache' }, reading);
  const { changes = CACHE_CHANGES } = values;
  changes.forEach((change, index) => {
    if (changes.indexOf(change) < index) reading.report([...at, 'changes', index], 'is given twice');
  });
  return {
    kind: 'cache',
    prompts: values.prompts ?? PROMPTS,
    crowd: values.crowd ?? CROWD,
    settle: values.settle ?? SETTLE,
    ttl: values.ttl,
    changes,
    otherModel: values.other_model,
    bypass: readBypass([...at, 'bypass'], reading),
  };
};

/** They are sent as they stand: nothing is drawn in them. */
const readBypass = (at: Path, reading: Reading): readonly Control[] =>
  readHeaders(at, reading).map(({ name, value, at: place }) => {
    if (value.some((part) => typeof part !== 'string'))
      reading.report(place, 'only ${env.NAME} can stand here', { allowed: 'text and ${env.NAME}' });
    return { header: name, value: value.join('') };
  });
