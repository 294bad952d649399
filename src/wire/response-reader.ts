import type { Outcome } from '../model/outcome.ts';
import type { Micros } from '../model/units.ts';
import { BodyBytes } from './body-bytes.ts';
import { type BodyPlan, findJsonProblem, planBody } from './body-plan.ts';
import { checkBody, checkHeaders } from './expected-response.ts';
import { type HeaderLookup, headerLookup } from './headers.ts';
import { type Json, lookUp, parseJson } from './json.ts';
import { classifyStatus, type ErrorOutcome, errorOutcome, statusOutcome } from './outcome.ts';
import type { ExchangeFailure, ReaderSpec, Reading, ResponseReader } from './reading.ts';
import { readSignals } from './signals.ts';
import { StreamReader } from './stream-reader.ts';
import { readUsage } from './tokens.ts';
import { contentChars, finishReasonOf } from './whole-answer.ts';

/** The largest body that is parsed, in bytes: what a gateway that never stops may cost in memory. */
const MAX_BODY = 16 * 1024 * 1024;

/** As much of an error response as is looked at for its message, in bytes. */
const MAX_ERROR_BODY = 16 * 1024;

/**
 * A reader for the response of one request. The outcome is the first of these that applies: the timeout; a status that is
 * not accepted (a body that broke off behind a 502 is still a 502); the transport's failure; throttled; an error inside
 * the answer; malformed, or not the stream that was asked for; a stream without its terminator; a failed check; ok.
 */
export const createResponseReader = (spec: ReaderSpec): ResponseReader => new HttpResponseReader(spec);

class HttpResponseReader implements ResponseReader {
  readonly #spec: ReaderSpec;
  #status: number | undefined;
  #header: HeaderLookup = () => undefined;
  #plan: BodyPlan = 'ignore';
  #body: BodyBytes | undefined;
  #stream: StreamReader | undefined;

  constructor(spec: ReaderSpec) {
    this.#spec = spec;
  }

  headers(status: number, flat: readonly string[]): void {
    this.#status = status;
    this.#header = headerLookup(flat);
    this.#plan = planBody(this.#spec, status, this.#header);
    if (this.#plan === 'stream') this.#stream = new StreamReader(this.#spec.endpoint);
    else if (this.#plan !== 'ignore') this.#body = new BodyBytes(this.#plan === 'json' ? MAX_BODY : MAX_ERROR_BODY);
  }

  chunk(bytes: Uint8Array, at: Micros): void {
    if (this.#stream !== undefined) this.#stream.push(bytes, at);
    else this.#body?.add(bytes);
  }

  end(): Reading {
    this.#stream?.end();
    return this.#conclude(undefined);
  }

  failed(failure: ExchangeFailure): Reading {
    return this.#conclude(errorOutcome(failure.kind, failure.detail));
  }

  timedOut(): Reading {
    const missing = this.#status === undefined ? 'no response headers' : 'headers came, but the response did not end';
    return this.#conclude(errorOutcome('timeout', `${missing} before the timeout`));
  }

  #conclude(failure: ErrorOutcome | undefined): Reading {
    const stream = this.#stream;
    const text = this.#body?.text() ?? '';
    const answer = stream === undefined ? this.#parse(text) : stream.answer;
    const isWhole = stream === undefined || stream.finished;
    const usage = isWhole ? readUsage(lookUp(answer, 'usage')) : undefined;
    return {
      outcome: this.#judge(failure, text, answer),
      status: this.#status,
      firstContentAt: stream?.firstContentAt,
      lastContentAt: stream?.lastContentAt,
      gaps: stream?.gaps ?? [],
      contentEvents: stream?.contentEvents ?? 0,
      usage,
      // Only an estimate of the tokens asks for them, and counting costs as much as a check.
      outputChars: stream?.outputChars ?? (usage === undefined ? contentChars(answer) : 0),
      ...readSignals(this.#spec.dialect, this.#header, [answer, stream?.lastEvent]),
      answer,
      finishReason: finishReasonOf(answer),
    };
  }

  #parse(text: string): Json | undefined {
    return this.#plan === 'json' ? parseJson(text) : undefined;
  }

  #judge(failure: ErrorOutcome | undefined, text: string, answer: Json | undefined): Outcome {
    const { status } = this.#spec.expected;
    if (failure?.errorClass === 'timeout' || this.#status === undefined) return failure ?? NOTHING_CAME;
    const meaning = classifyStatus(this.#status, status, this.#spec.dialect.rejections);
    if (meaning !== 'ok' && meaning !== 'throttled') return statusOutcome(this.#status, text);
    if (failure !== undefined) return failure;
    if (meaning === 'throttled') return { kind: 'throttled' };
    return this.#findProblem(this.#status, text, answer) ?? this.#check(answer) ?? { kind: 'ok' };
  }

  #findProblem(status: number, text: string, json: Json | undefined): ErrorOutcome | undefined {
    if (this.#stream !== undefined) return this.#stream.problem();
    if (this.#body?.overflowed) return errorOutcome('protocol', 'the body is longer than 16 MiB');
    return this.#plan === 'json'
      ? findJsonProblem(this.#spec, { status, header: this.#header, text, json })
      : undefined;
  }

  #check(answer: Json | undefined): ErrorOutcome | undefined {
    const { headers, body } = this.#spec.expected;
    const mismatch = checkHeaders(headers, this.#header) ?? checkBody(body, answer);
    return mismatch === undefined ? undefined : errorOutcome('check', mismatch);
  }
}

/** Only a transport that breaks its promise ends a response that never began. */
const NOTHING_CAME = errorOutcome('protocol', 'the response ended before its headers');
