import type { ProbeCall, ProbeRun } from '../model/probe.ts';
import type { UpstreamCall } from '../model/upstream.ts';

/** The upstream calls of one request, in the order of their arrival. */
export type UpstreamOf = (call: ProbeCall) => readonly UpstreamCall[];

/** Joins requests and upstream calls by the nonce that both carry; undefined where no provider could be asked. */
export const upstreamOf = ({ upstream }: ProbeRun): UpstreamOf | undefined => {
  if (upstream === undefined) return undefined;
  const byNonce = new Map<string, UpstreamCall[]>();
  for (const call of upstream.toSorted((a, b) => a.received - b.received)) {
    for (const nonce of new Set(call.nonces)) byNonce.set(nonce, [...(byNonce.get(nonce) ?? []), call]);
  }
  return ({ nonce }) => byNonce.get(nonce) ?? [];
};
