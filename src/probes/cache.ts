import type { ProbeCall } from '../model/probe.ts';
import { fromMillis, fromSeconds, type Micros, micros } from '../model/units.ts';
import type { ProviderFault } from '../model/upstream.ts';
import { CACHE_LANES, CHANGE_TRIES, CROWDS, HEALING_TRIES, SMALL_SAMPLE } from '../plan/cache-needs.ts';
import { planChanges } from './cache-changes.ts';
import { inLanes } from './in-lanes.ts';
import type { Choreography, Prober, Variant } from './prober.ts';
import { findSettling } from './settling.ts';
import { specOf } from './spec-of.ts';

/** Of the time to live that settling may take. */
const SETTLING_SHARE = 0.25;
const HEALING_PAUSE = fromMillis(500);
/** Gateways count the age of answers in whole seconds. */
const TTL_MARGIN = fromSeconds(1);

/**
 * First requests and their repeats, changed repeats, crowds of identical cold requests, repeats of what failed, repeats
 * of what has expired. Steps: `settle`, `kept`, `prime`, `repeat`, `change`, `crowd`, `fail`, `healed`, `again`, `expired`.
 */
export const probeCache: Choreography = async (prober) => {
  const { settle, ttl } = specOf(prober, 'cache');
  await prober.warm(CACHE_LANES);
  // A repeat must find its answer alive, however slow the machine was while the settling was looked for.
  const limit = micros(Math.min(settle, (ttl ?? Number.POSITIVE_INFINITY) * SETTLING_SHARE));
  const wait = await findSettling(prober, { limit });
  const kept = ttl === undefined ? [] : await inSmallSample(prober, 'kept');
  await repeatAll(prober, wait);
  await releaseCrowds(prober);
  await repeatFailures(prober, wait);
  if (ttl === undefined) return;
  await prober.sleepUntil(micros(Math.max(...kept.map(({ end }) => end)) + ttl + wait + TTL_MARGIN));
  await Promise.all(kept.map(({ request, group }) => prober.call({ step: 'expired', group, request })));
};

/** Each prompt is repeated as soon as its answer can be in the cache, so that a short time to live does no harm. */
const repeatAll = async (prober: Prober, wait: Micros): Promise<void> => {
  const spec = specOf(prober, 'cache');
  const variants: Variant[] = [];
  for (const planned of planChanges(spec, prober.plan.scenario)) {
    if ('variant' in planned) variants.push(planned.variant);
    else prober.skip(planned.name, planned.reason);
  }
  await inLanes(spec.prompts, CACHE_LANES, async (index) => {
    const request = prober.fresh();
    const group = request;
    await prober.call({ step: 'prime', group, request });
    await prober.sleep(wait);
    await prober.call({ step: 'repeat', group, request });
    const variant = index < CHANGE_TRIES * variants.length ? variants[index % variants.length] : undefined;
    if (variant !== undefined) await prober.call({ step: 'change', group, request, variant });
  });
};

const releaseCrowds = async (prober: Prober): Promise<void> => {
  const { crowd } = specOf(prober, 'cache');
  for (let round = 0; round < CROWDS; round += 1) {
    const request = prober.fresh();
    await prober.warm(crowd);
    await Promise.all(Array.from({ length: crowd }, () => prober.call({ step: 'crowd', group: request, request })));
  }
};

/** Lets every provider fail, heals them, and asks the same again. */
const repeatFailures = async (prober: Prober, wait: Micros): Promise<void> => {
  const { instruments } = prober;
  if (instruments === undefined)
    return prober.skip(
      'cached errors',
      'no simulated provider is there to fail on command; name one under providers: behind the gateway',
    );
  const plant = (faults: readonly ProviderFault[]): Promise<unknown> =>
    Promise.all(instruments.providers.map((provider) => instruments.setFaults(provider, faults)));
  await plant([{ name: 'status', status: 503 }]);
  prober.mark('every provider answers with status 503');
  const failed = await inSmallSample(prober, 'fail');
  await plant([]);
  prober.mark('the providers are healed');
  await prober.sleep(wait);
  await waitUntilHealed(prober);
  await Promise.all(failed.map(({ request, group }) => prober.call({ step: 'again', group, request })));
};

/** A gateway may keep off a provider that failed: until a new prompt gets through, a repeat would say nothing. */
const waitUntilHealed = async (prober: Prober): Promise<void> => {
  for (let tries = 0; tries < HEALING_TRIES; tries += 1) {
    const request = prober.fresh();
    const { outcome } = await prober.call({ step: 'healed', group: request, request });
    if (outcome.kind === 'ok') return;
    await prober.sleep(HEALING_PAUSE);
  }
};

const inSmallSample = (prober: Prober, step: string): Promise<readonly ProbeCall[]> =>
  Promise.all(
    Array.from({ length: SMALL_SAMPLE }, () => {
      const request = prober.fresh();
      return prober.call({ step, group: request, request });
    }),
  );
