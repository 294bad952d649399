import { hash } from 'node:crypto';
import type { ProbeCall } from '../model/probe.ts';
import type { Micros } from '../model/units.ts';
import { isJsonObject, type Json, jsonText, parseJson } from '../wire/json.ts';
import { readLimits } from '../wire/limits.ts';
import type { Reading } from '../wire/reading.ts';
import { contentText } from '../wire/whole-answer.ts';
import type { ProbeEnd, ProbeFlight } from './probe-flight.ts';
import type { ProbeRequest } from './prober.ts';

/** Gaps that are kept of one stream. */
const MAX_GAPS = 2_000;

/** The longest header that is kept, in UTF-16 units. */
const MAX_HEADER = 200;

/** Nonces that are kept of one answer. */
const MAX_ECHOES = 100;

/** Headers that are kept: what a gateway says about limits, retries, caches and times. */
const KEPT =
  /limit|retry|remaining|reset|cache|age$|attempt|fallback|route|provider|upstream|timing|latency|duration|step/;

/** What a nonce looks like. */
const NONCE = /\b[0-2][a-z0-9]{17}\b/g;

/** Everything that one call's record is made from. */
export interface CallEvidence {
  readonly asked: ProbeRequest;
  readonly id: number;
  readonly nonce: string;
  /** All nonces of the probe so far. */
  readonly nonces: ReadonlySet<string>;
  readonly flight: ProbeFlight;
  readonly end: ProbeEnd;
  /** Run's clock → µs since the start of the probe. */
  readonly since: (at: Micros) => Micros;
  /** The wall clock when it ended, µs since 1970. */
  readonly wallNow: Micros;
}

/** The record of one call that has ended. */
export const createCallRecord = (evidence: CallEvidence): ProbeCall => {
  const { asked, id, nonce, nonces, flight, end, since } = evidence;
  // Of one that was hung up on, what had come by then.
  const reading = end.kind === 'finished' ? end.reading : flight.wasHungUp ? flight.reader?.end(end.at) : undefined;
  const text = textOf(reading?.answer);
  const optional = (at: Micros | undefined): Micros | undefined => (at === undefined ? undefined : since(at));
  return {
    id,
    step: asked.step,
    group: asked.group ?? 0,
    tenant: asked.tenant,
    request: asked.request,
    nonce,
    variant: asked.variant?.name,
    released: since(flight.released),
    written: optional(flight.writtenAt),
    firstContent: optional(reading?.firstContentAt),
    end: since(end.at),
    outcome: end.kind === 'finished' ? end.reading.outcome : { kind: 'dropped', reason: end.reason },
    headers: keptHeaders(flight.responseHeaders),
    content: text === '' ? undefined : hash('sha256', text, 'hex').slice(0, 16),
    contentLength: text.length,
    echoes: [...new Set(text.match(NONCE) ?? [])].filter((found) => nonces.has(found)).slice(0, MAX_ECHOES),
    hungUp: flight.wasHungUp,
    ...signalsOf(reading),
    askedModel: modelIn(flight.request.outgoing.body),
    ...limitsOf(evidence),
  };
};

const signalsOf = (reading: Reading | undefined) => ({
  status: reading?.status,
  cache: reading?.cache,
  provider: reading?.provider,
  model: reading?.model,
  requestId: reading?.requestId,
  usage: reading?.usage,
  finishReason: reading?.finishReason === undefined ? undefined : cut(reading.finishReason),
  contentEvents: reading?.contentEvents ?? 0,
  gaps: (reading?.gaps ?? []).slice(0, MAX_GAPS),
});

const modelIn = (body: string | undefined): string | undefined => {
  const parsed = body === undefined ? undefined : parseJson(body);
  return isJsonObject(parsed) && typeof parsed.model === 'string' ? cut(parsed.model) : undefined;
};

const limitsOf = ({ flight, end, wallNow }: CallEvidence) => {
  const { dialect } = flight.request.reader;
  const { limits, retryAfter } = readLimits(dialect, flight.responseHeaders, wallNow);
  const onRequests = limits.find(({ of }) => of === 'requests');
  const status = end.kind === 'finished' ? end.reading.status : undefined;
  const { rate, quota } = dialect.rejections;
  return {
    throttled: status !== undefined && [...rate, ...quota].includes(status),
    limit: onRequests && { limit: onRequests.limit, remaining: onRequests.remaining },
    retryAfter,
  };
};

/** What the model wrote; of embeddings, the vectors. */
const textOf = (answer: Json | undefined): string => {
  const text = contentText(answer);
  return text === '' && isJsonObject(answer) && answer.data !== undefined ? jsonText(answer.data) : text;
};

const keptHeaders = (flat: readonly string[]): Readonly<Record<string, string>> => {
  const kept: Record<string, string> = {};
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const name = flat[index]!;
    if (KEPT.test(name)) kept[name] = cut(flat[index + 1]!);
  }
  return kept;
};

/** With an ellipsis, which tells whoever masks secrets that one may have been cut in two. */
const cut = (text: string): string => (text.length > MAX_HEADER ? `${text.slice(0, MAX_HEADER)}…` : text);
