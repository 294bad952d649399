import { type Micros, micros } from '../model/units.ts';
import { quietRequests, WARM_UP } from '../plan/neighbour-needs.ts';
import type { Choreography, Prober } from './prober.ts';
import { hasRoom } from './room.ts';
import { specOf } from './spec-of.ts';

/**
 * The quiet side alone, at an even rate; then again beside the noise: another tenant that sends more than it may, or requests
 * to another endpoint. The second part begins at the first rejection of the noise, and without one when it has lasted as
 * long as the first part. Steps: `warm-up`, `alone`, `noise`, `beside`.
 */
export const probeNeighbour: Choreography = async (prober) => {
  if (!hasRoom(prober)) return;
  const { rate, noise, duration, noiseEndpoint } = specOf(prober, 'neighbour');
  // A single tenant, or none, makes the noise and is disturbed by it.
  const [noisy, quiet = noisy] = prober.tenants;
  const source = noiseEndpoint === undefined ? noisy : `noise (${noiseEndpoint})`;
  await prober.warm(Math.min(Math.ceil((rate + noise) / 4), prober.room().concurrency));
  for (let done = 0; done < WARM_UP; done += 1) await send(prober, 'warm-up', quiet);
  const count = quietRequests({ rate, duration });
  await atRate(prober, { step: 'alone', tenant: quiet, count, rate });
  prober.mark(`${source} begins to send ${noise}/s`);
  const din = startNoise(prober, { tenant: noisy, rate: noise, longest: micros(3 * duration) });
  const isThrottled = await Promise.race([din.throttled, prober.sleep(duration).then(() => false)]);
  if (!isThrottled && noiseEndpoint === undefined) prober.mark(`${noisy} was not throttled yet`);
  await atRate(prober, { step: 'beside', tenant: quiet, count, rate });
  await din.stop();
};

interface Stream {
  readonly step: string;
  readonly tenant: string | undefined;
  readonly count: number;
  /** A second. */
  readonly rate: number;
}

const send = (prober: Prober, step: string, tenant: string | undefined) =>
  prober.call({ step, tenant, request: prober.fresh(), isNoise: step === 'noise' });

/** Releases requests evenly, whatever becomes of those before, and waits for all of them. */
const atRate = async (prober: Prober, { step, tenant, count, rate }: Stream): Promise<void> => {
  const start = prober.now();
  const calls: Promise<unknown>[] = [];
  for (let index = 0; index < count; index += 1) {
    await prober.sleepUntil(micros(start + (index * 1_000_000) / rate));
    calls.push(send(prober, step, tenant));
  }
  await Promise.all(calls);
};

/** Makes noise until it is stopped, or for the longest time. */
const startNoise = (
  prober: Prober,
  { tenant, rate, longest }: { readonly tenant: string | undefined; readonly rate: number; readonly longest: Micros },
) => {
  let isOver = false;
  let tell: (throttled: boolean) => void = () => {};
  const throttled = new Promise<boolean>((resolve) => {
    tell = resolve;
  });
  const run = async (): Promise<void> => {
    const start = prober.now();
    const calls: Promise<void>[] = [];
    for (let index = 0; !isOver && index * 1_000_000 < longest * rate; index += 1) {
      await prober.sleepUntil(micros(start + (index * 1_000_000) / rate));
      calls.push(send(prober, 'noise', tenant).then((call) => (call.throttled ? tell(true) : undefined)));
      // A probe that is stopped rejects this one while nobody waits for it yet.
      calls.at(-1)!.catch(() => {});
    }
    await Promise.all(calls);
  };
  const running = run();
  running.catch(() => {});
  return {
    throttled,
    stop: async (): Promise<void> => {
      isOver = true;
      await running;
    },
  };
};
