import type { ProbeCall, ProbeRun } from '../model/probe.ts';
import type { UpstreamCall } from '../model/upstream.ts';

type Mask = (text: string) => string;

/** Masks what a gateway or a provider may have echoed into a probe, and what the probe wrote down of it. */
export const maskProbe = (probe: ProbeRun, mask: Mask): ProbeRun => {
  const optional = maskOptional(mask);
  return {
    ...probe,
    calls: probe.calls.map((call) => maskCall(call, mask)),
    upstream: probe.upstream?.map((call) => maskUpstream(call, mask)),
    marks: probe.marks.map(({ at, text }) => ({ at, text: mask(text) })),
    skipped: probe.skipped.map(({ part, reason }) => ({ part: mask(part), reason: mask(reason) })),
    incomplete: optional(probe.incomplete),
  };
};

const maskOptional =
  (mask: Mask) =>
  (text: string | undefined): string | undefined =>
    text === undefined ? undefined : mask(text);

const maskCall = (call: ProbeCall, mask: Mask): ProbeCall => {
  const optional = maskOptional(mask);
  const { outcome } = call;
  return {
    ...call,
    outcome: outcome.kind === 'error' ? { ...outcome, detail: mask(outcome.detail) } : outcome,
    provider: optional(call.provider),
    model: optional(call.model),
    requestId: optional(call.requestId),
    finishReason: optional(call.finishReason),
    headers: Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name, mask(value)])),
  };
};

const maskUpstream = (call: UpstreamCall, mask: Mask): UpstreamCall => {
  const optional = maskOptional(mask);
  return { ...call, path: mask(call.path), identity: optional(call.identity), model: optional(call.model) };
};
