import type { Dialect } from '../model/dialect.ts';
import type { Outcome } from '../model/outcome.ts';
import type { EndpointKind } from '../model/plan.ts';
import type { Micros } from '../model/units.ts';
import type { ExpectedResponse } from './expected-response.ts';
import type { Json } from './json.ts';
import type { Signals } from './signals.ts';

/** Tokens as the response states them; `prompt` includes cached ones. */
export interface Usage {
  readonly prompt: number;
  readonly completion: number;
}

/** What one exchange came to. Times are from the caller's clock, as they were passed in. */
export interface Reading extends Signals {
  /** Never `dropped`. */
  readonly outcome: Outcome;
  /** Undefined when no response headers came. */
  readonly status: number | undefined;
  /** Of the first event with non-empty content; undefined without one, and for what is not a stream. */
  readonly firstContentAt: Micros | undefined;
  readonly lastContentAt: Micros | undefined;
  /** µs between one content event and the next, 0 for two that came in one chunk; one fewer than `contentEvents`. */
  readonly gaps: readonly number[];
  readonly contentEvents: number;
  /** Undefined when the response does not state it (or ended before it did): estimate, see `estimateTokens`. */
  readonly usage: Usage | undefined;
  /** UTF-16 units of text, reasoning and tool arguments in the answer; not counted (0) where a whole answer states its usage. */
  readonly outputChars: number;
  /** The answer as JSON, a stream's put together; undefined when there was none. */
  readonly answer: Json | undefined;
  /** Why the model stopped, in the API's own word. */
  readonly finishReason: string | undefined;
}

/** Why an exchange failed below HTTP's own status codes; the shape of the transport port's failure. */
export interface ExchangeFailure {
  readonly kind: 'connect' | 'protocol' | 'truncated';
  readonly detail: string;
}

/**
 * Reads one response as it arrives: `headers`, `chunk`*, then exactly one of the three that return the reading
 * (`failed` and `timedOut` may come at any point, also before `headers`).
 */
export interface ResponseReader {
  /** `flat`: name in lower case, value, name, value … It is kept, not copied. */
  headers(status: number, flat: readonly string[], at: Micros): void;
  /** The bytes need be valid only during the call. */
  chunk(bytes: Uint8Array, at: Micros): void;
  end(at: Micros): Reading;
  failed(failure: ExchangeFailure, at: Micros): Reading;
  timedOut(at: Micros): Reading;
}

/** What a reader must know of the request. */
export interface ReaderSpec {
  readonly endpoint: EndpointKind;
  /** Whether the request asked for a stream. */
  readonly stream: boolean;
  readonly dialect: Dialect;
  readonly expected: ExpectedResponse;
}
