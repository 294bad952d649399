import type { ProbeCall } from '../model/probe.ts';
import { type Micros, micros } from '../model/units.ts';
import { FIRST_PAUSE } from '../plan/cache-needs.ts';
import type { ProbeRequest, Prober } from './prober.ts';

/**
 * How long after an answer a repeat is sure to find it in the cache: cache writes may be asynchronous. Sends a prompt of its
 * own (step `settle`) and repeats it, ever later, until it hits; then twice what that took, never more than `limit`. Without
 * anybody to tell a hit, or without one, `limit`.
 */
export const findSettling = async (
  prober: Prober,
  { limit, ...asked }: { readonly limit: Micros } & Pick<ProbeRequest, 'tenant' | 'variant'>,
): Promise<Micros> => {
  const request = { ...asked, step: 'settle', request: prober.fresh() };
  const first = await prober.call(request);
  const isKnown = first.cache !== undefined || prober.instruments !== undefined;
  for (let pause = FIRST_PAUSE; isKnown && prober.now() + pause < first.end + limit; pause = micros(pause * 2)) {
    await prober.sleep(pause);
    const before = await callsUpstream(prober, first.nonce);
    const repeat = await prober.call(request);
    if (!(await isHit(prober, repeat, before))) continue;
    const took = micros(repeat.released - first.end);
    prober.mark(`an answer was in the cache ${Math.max(1, Math.round(took / 1_000))} ms after it`);
    return micros(Math.min(limit, 2 * took));
  }
  return limit;
};

const callsUpstream = async ({ instruments }: Prober, nonce: string): Promise<number> =>
  (await instruments?.calls({ nonce }))?.length ?? 0;

/** By the provider's count, where it saw the prompt at all, else by what the gateway says. */
const isHit = async (prober: Prober, { nonce, cache }: ProbeCall, before: number): Promise<boolean> =>
  before === 0 ? cache === 'hit' : (await callsUpstream(prober, nonce)) === before;
