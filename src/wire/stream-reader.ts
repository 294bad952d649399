import type { EndpointKind } from '../model/plan.ts';
import type { Micros } from '../model/units.ts';
import { createChatAnswer } from './chat-answer.ts';
import { oneLine } from './error-message.ts';
import { inBandError, inBandOutcome } from './in-band-error.ts';
import { isJsonObject, type Json, parseJson } from './json.ts';
import { createMessagesAnswer } from './messages-answer.ts';
import { type ErrorOutcome, errorOutcome } from './outcome.ts';
import { createResponsesAnswer } from './responses-answer.ts';
import { createSseParser, type SseParser } from './sse-parser.ts';
import type { StreamAnswer } from './stream-answer.ts';

/** The longest event, in bytes: what a gateway that never ends one may cost in memory. */
const MAX_EVENT = 16 * 1024 * 1024;

/** The longest quote of an event that is not JSON. */
const MAX_QUOTE = 60;

const ANSWERS: Readonly<Partial<Record<EndpointKind, () => StreamAnswer>>> = {
  chat: createChatAnswer,
  responses: createResponsesAnswer,
  messages: createMessagesAnswer,
};

/**
 * Reads a stream of server-sent events as it comes: times of content, the answer, and what is wrong with it. Streams of a
 * custom endpoint have no known terminator and need not be JSON; each of their events is content.
 */
export class StreamReader {
  firstContentAt: Micros | undefined;
  lastContentAt: Micros | undefined;
  readonly gaps: number[] = [];
  contentEvents = 0;
  outputChars = 0;
  /** The last event that was JSON. */
  lastEvent: Json | undefined;

  readonly #parser: SseParser;
  readonly #answer: StreamAnswer | undefined;
  #now = 0 as Micros;
  #inBand: ErrorOutcome | undefined;
  #malformed: ErrorOutcome | undefined;

  constructor(endpoint: EndpointKind) {
    this.#answer = ANSWERS[endpoint]?.();
    this.#parser = createSseParser((event, text) => this.#read(event, text));
  }

  /** The bytes need be valid only during the call; `at` is the time of every event that they complete. */
  push(bytes: Uint8Array, at: Micros): void {
    if (this.#parser.held > MAX_EVENT) {
      this.#malformed ??= errorOutcome('protocol', 'an event of the stream is longer than 16 MiB');
      return;
    }
    this.#now = at;
    this.#parser.push(bytes);
  }

  /**
   * Takes the end of the bytes. A `[DONE]` without the blank line that ends an event is taken as said: nothing is missing
   * before it. Kong's ai-proxy ends its streams so.
   */
  end(): void {
    if (isDone(this.#parser.underway ?? '')) this.#answer?.done();
  }

  /** Whether the API's own end of a stream has come; true where the API has none. */
  get finished(): boolean {
    return this.#answer?.finished ?? true;
  }

  /** The answer put together from the events; of a custom endpoint, the last event. */
  get answer(): Json | undefined {
    return this.#answer === undefined ? this.lastEvent : this.#answer.answer();
  }

  /** What is wrong with the stream, once its bytes have ended: errors before the terminator, since both may be there. */
  problem(): ErrorOutcome | undefined {
    if (this.#inBand !== undefined || this.#malformed !== undefined) return this.#inBand ?? this.#malformed;
    if (this.finished) return undefined;
    return errorOutcome('truncated', `the stream ended without ${this.#answer?.terminator}`);
  }

  #read(event: string, text: string): void {
    if (isDone(text)) {
      this.#answer?.done();
      return;
    }
    const json = parseJson(text);
    const type = isJsonObject(json) && typeof json.type === 'string' ? json.type : event;
    const error = json === undefined ? undefined : inBandError(type, json);
    if (error !== undefined) this.#inBand ??= inBandOutcome(error);
    if (isJsonObject(json)) this.lastEvent = json;
    if (this.#answer === undefined) this.#count(text.length);
    else if (isJsonObject(json)) this.#count(this.#answer.add(type, json));
    else if (event === 'error') this.#inBand ??= inBandOutcome(text);
    else this.#malformed ??= notJson(text);
  }

  #count(chars: number): void {
    if (chars === 0) return;
    this.outputChars += chars;
    this.contentEvents += 1;
    if (this.lastContentAt !== undefined) this.gaps.push(this.#now - this.lastContentAt);
    this.firstContentAt ??= this.#now;
    this.lastContentAt = this.#now;
  }
}

const isDone = (text: string): boolean => text.startsWith('[DONE]');

const notJson = (text: string): ErrorOutcome =>
  errorOutcome('protocol', `an event of the stream is not a JSON object: ${oneLine(text, MAX_QUOTE) || 'it is empty'}`);
