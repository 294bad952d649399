import type { ProbeCall, ProbeRun } from '../model/probe.ts';
import type { UpstreamCall } from '../model/upstream.ts';

/** What can be told about the cache from a probe's calls. */
export interface CacheEvidence {
  /** Whose word counts: that of the simulated providers where they see every cold request, else that of the gateway's own status. */
  readonly witness: 'upstream' | 'gateway' | 'nobody';
  /** Whether an answer came from the cache; undefined where nobody says so, or the call got no successful answer. */
  isHit(call: ProbeCall): boolean | undefined;
  /** Upstream calls for its prompt while it was under way; empty without instruments. */
  upstreamOf(call: ProbeCall): readonly UpstreamCall[];
}

/** Why nothing is known of hits. */
export const NO_WITNESS =
  'the gateway does not say whether an answer came from its cache, and no simulated provider saw its calls; set gateway.dialect, or name a provider under providers: behind the gateway';

/** `cold` is whether a call is the first of its prompt. */
export const cacheEvidence = (run: ProbeRun, cold: (call: ProbeCall) => boolean): CacheEvidence => {
  const byNonce = new Map<string, UpstreamCall[]>();
  for (const seen of run.upstream ?? [])
    for (const nonce of seen.nonces) byNonce.set(nonce, [...(byNonce.get(nonce) ?? []), seen]);
  const upstreamOf = ({ nonce, released, end }: ProbeCall): readonly UpstreamCall[] =>
    (byNonce.get(nonce) ?? []).filter(({ received }) => received >= released && received <= end);
  const missed = run.calls.filter((call) => cold(call) && isAnswered(call) && call.cache !== 'hit');
  const seesAll = missed.length > 0 && missed.every((call) => upstreamOf(call).length > 0);
  const says = run.calls.some(({ cache }) => cache !== undefined);
  const witness = seesAll ? 'upstream' : says ? 'gateway' : 'nobody';
  return {
    witness,
    upstreamOf,
    isHit: (call) => {
      if (!isAnswered(call) || witness === 'nobody') return undefined;
      if (witness === 'upstream') return !upstreamOf(call).some((seen) => mayHaveServed(seen, call));
      return call.cache === undefined ? undefined : call.cache === 'hit';
    },
  };
};

/** A gateway may refresh what it has just sent from its cache: an upstream call that answers later is not where that came from. */
const mayHaveServed = ({ firstByte }: UpstreamCall, { end }: ProbeCall): boolean =>
  firstByte !== undefined && firstByte <= end;

/** Whether an answer came, of whatever content: an error tells nothing about the cache. */
export const isAnswered = ({ status, outcome }: ProbeCall): boolean =>
  status !== undefined && status < 300 && outcome.kind !== 'dropped';

/** Whether the answer speaks of other prompts than its own. */
export const isForeign = ({ nonce, echoes }: ProbeCall): boolean => echoes.length > 0 && !echoes.includes(nonce);
