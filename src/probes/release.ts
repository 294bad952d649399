import type { ProbeCall } from '../model/probe.ts';
import type { ProbeRequest, Prober } from './prober.ts';

/** Releases that many requests at once, each with content of its own. Whoever waits for one of them need not wait for all. */
export const releaseTogether = (
  prober: Prober,
  count: number,
  what: Omit<ProbeRequest, 'request'>,
): readonly Promise<ProbeCall>[] => {
  const calls = Array.from({ length: count }, () => prober.call({ ...what, request: prober.fresh() }));
  // A probe that is stopped rejects all of them, also those that nobody waits for yet.
  void Promise.allSettled(calls);
  return calls;
};

/** The first to end of those that `matches`; undefined when all have ended without one. */
export const firstOf = (
  calls: readonly Promise<ProbeCall>[],
  matches: (call: ProbeCall) => boolean,
): Promise<ProbeCall | undefined> =>
  new Promise((resolve) => {
    for (const each of calls)
      void each.then(
        (call) => (matches(call) ? resolve(call) : undefined),
        () => undefined,
      );
    void Promise.allSettled(calls).then(() => resolve(undefined));
  });
