import type { ProbeCall, ProbeRun } from '../model/probe.ts';
import type { Micros } from '../model/units.ts';
import type { UpstreamCall } from '../model/upstream.ts';
import { type UpstreamOf, upstreamOf } from './upstream-of.ts';

/** A request that met the fault, with all that the gateway sent upstream for it. */
export interface FaultedCall {
  readonly call: ProbeCall;
  /** In the order of their arrival; never empty. */
  readonly upstream: readonly UpstreamCall[];
  /** It succeeded, with a whole answer of a provider that had no fault. */
  readonly isRescued: boolean;
  /** It looks like a success although no provider gave a whole answer. */
  readonly isHidden: boolean;
  /** Response time that the provider which served does not explain; undefined when it was not rescued. */
  readonly added: number | undefined;
}

/** One fault of the primary, and the way back from it. */
export interface FaultPhase {
  /** As it is planted: `503`, `reset`, `400`. */
  readonly fault: string;
  readonly sent: number;
  /** Requests that came to the primary while it had the fault. */
  readonly met: readonly FaultedCall[];
  /** From the first request after the primary was healthy again to the first one that it served; undefined = none was. */
  readonly back: Micros | undefined;
  /** How long that was waited for. */
  readonly waited: Micros;
}

/** The phases of a failover probe, in order; undefined where no provider could be asked. */
export const failoverPhases = (run: ProbeRun): readonly FaultPhase[] | undefined => {
  const upstream = upstreamOf(run);
  if (upstream === undefined || run.spec.kind !== 'failover') return undefined;
  const { primary } = run.spec;
  return [...Map.groupBy(run.calls, ({ group }) => group).entries()]
    .filter(([group]) => group > 0)
    .map(([, calls]) => phaseOf(calls, { primary, upstream }));
};

interface Origin {
  readonly primary: string;
  readonly upstream: UpstreamOf;
}

const phaseOf = (calls: readonly ProbeCall[], origin: Origin): FaultPhase => {
  const during = calls.filter(({ step }) => step !== 'back');
  const after = calls.filter(({ step }) => step === 'back');
  const first = after[0]?.released;
  const served = after.find((call) => origin.upstream(call).some(({ provider }) => provider === origin.primary));
  return {
    fault: during[0]?.step ?? '',
    sent: during.length,
    met: during.flatMap((call) => metFault(call, origin)),
    back: first === undefined || served === undefined ? undefined : ((served.released - first) as Micros),
    waited: first === undefined ? (0 as Micros) : ((after.at(-1)!.end - first) as Micros),
  };
};

const metFault = (call: ProbeCall, { primary, upstream }: Origin): readonly FaultedCall[] => {
  const calls = upstream(call);
  if (!calls.some(({ provider }) => provider === primary)) return [];
  const served = calls.findLast(
    ({ provider, status, end }) => provider !== primary && status === 200 && end !== undefined,
  );
  const isOk = call.outcome.kind === 'ok';
  return [
    {
      call,
      upstream: calls,
      isRescued: isOk && served !== undefined,
      isHidden: isOk && served === undefined,
      added: isOk && served !== undefined ? call.end - call.released - (served.end! - served.received) : undefined,
    },
  ];
};
