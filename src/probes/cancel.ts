import { fromMillis, micros } from '../model/units.ts';
import type { ProviderFault } from '../model/upstream.ts';
import type { Instruments } from '../ports/instruments.ts';
import type { Choreography, ProbeRequest, Prober } from './prober.ts';
import { specOf } from './spec-of.ts';

/** When clients hang up: time enough for the gateway to have sent the request on, or for an answer to have begun. */
const PATIENCE = fromMillis(100);

/** Providers leave that many times their usual pause between tokens, so that no stream is over before it is ended. */
const DRIP = 30;

/**
 * Hangs up on requests before the first byte of their answer, then on others behind it, and waits for the end of their
 * upstream calls. The providers are slow meanwhile, so that none ends by itself. Steps: `early`, `midstream`.
 */
export const probeCancel: Choreography = async (prober) => {
  const { instruments } = prober;
  if (instruments === undefined)
    return prober.skip(
      'cancel',
      'no simulated provider is there to see its calls end; name one under providers: behind the gateway',
    );
  const { within } = specOf(prober, 'cancel');
  await hangUp(prober, instruments, {
    step: 'early',
    hangUp: { from: 'written', after: PATIENCE },
    fault: { name: 'slow', add: micros(2 * (within + PATIENCE)) },
    done: 'every provider waits before its first byte',
  });
  if (!prober.plan.scenario.stream)
    return prober.skip('midstream', 'the scenario asks for no stream; set stream: true');
  await hangUp(prober, instruments, {
    step: 'midstream',
    hangUp: { from: 'first-byte', after: PATIENCE },
    fault: { name: 'drip', factor: DRIP },
    done: 'every provider leaves long pauses between its tokens',
  });
};

const hangUp = async (
  prober: Prober,
  instruments: Instruments,
  phase: {
    readonly step: string;
    readonly hangUp: NonNullable<ProbeRequest['hangUp']>;
    readonly fault: ProviderFault;
    readonly done: string;
  },
): Promise<void> => {
  const { requests, within } = specOf(prober, 'cancel');
  const plant = (faults: readonly ProviderFault[]): Promise<unknown> =>
    Promise.all(instruments.providers.map((provider) => instruments.setFaults(provider, faults)));
  await prober.warm(requests);
  await plant([phase.fault]);
  prober.mark(phase.done);
  const { step, hangUp: when } = phase;
  await Promise.all(
    Array.from({ length: requests }, () => prober.call({ step, request: prober.fresh(), hangUp: when })),
  );
  prober.mark('every client has hung up');
  await prober.sleep(within);
  await plant([]);
};
