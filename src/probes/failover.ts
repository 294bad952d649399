import type { FailoverFault, ProbeCall } from '../model/probe.ts';
import { fromMillis, micros } from '../model/units.ts';
import type { ProviderFault } from '../model/upstream.ts';
import type { Instruments } from '../ports/instruments.ts';
import type { Choreography, Prober, Variant } from './prober.ts';
import { specOf } from './spec-of.ts';

/** Between two questions whether the gateway is back on the primary. */
const PAUSE = fromMillis(200);

/** A client's own error, which no retry can help. */
const CLIENT_ERROR = 400;

/**
 * Makes the primary provider fail in one way after another, each time heals it, and asks until the gateway is back on it.
 * Steps: the name of the fault (`503`, `reset`, `400`) for requests meanwhile, `back` for those that look whether the
 * primary serves again; `group` counts the faults from 1, and 0 is before the first.
 */
export const probeFailover: Choreography = async (prober) => {
  const { instruments } = prober;
  if (instruments === undefined)
    return prober.skip(
      'failover',
      'no simulated provider is there to fail on command; name one under providers: behind the gateway',
    );
  const { primary, faults } = specOf(prober, 'failover');
  if (!(await isBack(0, prober, instruments)))
    return prober.skip('failover', `no request came to ${primary}, although it was healthy; let the gateway prefer it`);
  const tried = [...faults, CLIENT_ERROR] as const;
  for (const [index, fault] of tried.entries()) {
    const variant = variantFor(fault, prober);
    if (typeof variant === 'string') {
      prober.skip(String(fault), variant);
      continue;
    }
    await fail({ fault, variant, group: index + 1 }, prober, instruments);
    if (await isBack(index + 1, prober, instruments)) continue;
    const left = tried.slice(index + 1);
    if (left.length > 0)
      prober.skip(
        left.join(', '),
        `the gateway did not come back to ${primary} after ${fault}; raise recovery, or shorten its cooldown`,
      );
    return;
  }
};

interface Phase {
  readonly fault: FailoverFault | typeof CLIENT_ERROR;
  readonly variant: Variant | undefined;
  readonly group: number;
}

/** What a request needs for a fault to show, or why it cannot have it. */
const variantFor = (fault: Phase['fault'], { plan }: Prober): Variant | undefined | string => {
  const { stream, endpoint } = plan.scenario;
  if (fault !== 'cut' || stream) return undefined;
  return endpoint === 'chat' || endpoint === 'responses' || endpoint === 'messages'
    ? { name: 'streamed', stream: true }
    : 'the scenario asks for no stream; set stream: true';
};

const fail = async ({ fault, variant, group }: Phase, prober: Prober, instruments: Instruments): Promise<void> => {
  const { primary, requests } = specOf(prober, 'failover');
  await prober.warm(requests);
  await instruments.setFaults(primary, [plantable(fault)]);
  prober.mark(`${primary} ${IN_WORDS[fault]}`);
  await Promise.all(
    Array.from({ length: requests }, () =>
      prober.call({
        step: String(fault),
        group,
        request: prober.fresh(),
        ...(variant === undefined ? {} : { variant }),
      }),
    ),
  );
  await instruments.setFaults(primary, []);
  prober.mark(`${primary} is healthy again`);
};

/** Asks one request at a time, until the primary has served one or the time for it is over. */
const isBack = async (group: number, prober: Prober, instruments: Instruments): Promise<boolean> => {
  const { primary, recovery } = specOf(prober, 'failover');
  const until = micros(prober.now() + recovery);
  for (;;) {
    const call = await prober.call({ step: 'back', group, request: prober.fresh() });
    if (await wasServedBy(primary, call, instruments)) return true;
    if (prober.now() + PAUSE > until) return false;
    await prober.sleep(PAUSE);
  }
};

const wasServedBy = async (provider: string, { nonce }: ProbeCall, instruments: Instruments): Promise<boolean> =>
  (await instruments.calls({ provider, nonce })).length > 0;

const plantable = (fault: Phase['fault']): ProviderFault =>
  typeof fault === 'number' ? { name: 'status', status: fault } : { name: fault };

const IN_WORDS: Readonly<Record<Phase['fault'], string>> = {
  400: 'answers with status 400',
  429: 'answers with status 429',
  500: 'answers with status 500',
  503: 'answers with status 503',
  reset: 'closes every connection without an answer',
  silence: 'does not answer any more',
  cut: 'loses its connections mid-stream',
};
