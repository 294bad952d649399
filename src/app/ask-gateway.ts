import type { PreparedRequest } from '../load/request-factory.ts';
import type { Dialect } from '../model/dialect.ts';
import { type Micros, micros } from '../model/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { Transport } from '../ports/transport.ts';
import { type Json, parseJson } from '../wire/json.ts';
import type { Reading } from '../wire/reading.ts';
import { createResponseReader } from '../wire/response-reader.ts';
import { createSseParser } from '../wire/sse-parser.ts';

/** What came back for one request, as it came. */
export type GatewayAnswer =
  | {
      readonly kind: 'answered';
      readonly request: PreparedRequest;
      readonly status: number;
      /** Flat: name in lower case, value, name, value … */
      readonly headers: readonly string[];
      /** As much as is kept of the body, in the pieces in which it came; `after` is µs from the sending. */
      readonly chunks: readonly { readonly bytes: Uint8Array; readonly after: Micros }[];
      /** Wall time at which it began, µs since 1970. */
      readonly at: Micros;
      /** From the sending to the end, µs. */
      readonly took: Micros;
    }
  | { readonly kind: 'silent'; readonly request: PreparedRequest; readonly reason: string };

/** As much of a body as is kept, in bytes: what a gateway that never stops may cost in memory. */
const MAX_BODY = 1024 * 1024;

/** Sends one request and waits for its end, at most for `timeout`. Never rejects. */
export const askGateway = (
  request: PreparedRequest,
  { transport, clock, timeout }: { readonly transport: Transport; readonly clock: Clock; readonly timeout: Micros },
): Promise<GatewayAnswer> => {
  const { promise, resolve } = Promise.withResolvers<GatewayAnswer>();
  const chunks: { readonly bytes: Uint8Array; readonly after: Micros }[] = [];
  const sent = clock.now();
  const sinceSent = (at: Micros): Micros => micros(at - sent);
  let kept = 0;
  let head: { readonly status: number; readonly headers: readonly string[]; readonly at: Micros } | undefined;
  const finish = (reason: string): void => {
    stopWaiting();
    resolve(
      head === undefined
        ? { kind: 'silent', request, reason }
        : { kind: 'answered', request, ...head, chunks, took: sinceSent(clock.now()) },
    );
  };
  const stopWaiting = clock.schedule(micros(clock.now() + timeout), () => {
    cancel();
    finish('no response headers in time');
  });
  const cancel = transport.send(request.outgoing, {
    written: () => {},
    headers: (status, headers) => {
      head = { status, headers, at: micros(clock.date().getTime() * 1_000) };
    },
    chunk: (bytes, at) => {
      // Lent for the call only; a Buffer's own slice would be no copy.
      if (kept + bytes.length <= MAX_BODY) chunks.push({ bytes: new Uint8Array(bytes), after: sinceSent(at) });
      kept += bytes.length;
    },
    end: () => finish(''),
    failed: ({ detail }) => finish(detail),
  });
  return promise;
};

type Answered = Extract<GatewayAnswer, { kind: 'answered' }>;

/** What a dialect reads from an answer. Its times are µs from the sending. */
export const readAnswer = ({ request, status, headers, chunks, took }: Answered, dialect: Dialect): Reading => {
  const expected = { status: [status], headers: [], body: [] };
  const reader = createResponseReader({ ...request.reader, dialect, expected });
  reader.headers(status, headers, micros(0));
  for (const { bytes, after } of chunks) reader.chunk(bytes, after);
  return reader.end(took);
};

/** Every JSON value in an answer: its body, or the events of its stream. */
export const jsonOf = ({ chunks }: Answered): readonly Json[] => {
  const body = Buffer.concat(chunks.map(({ bytes }) => bytes));
  const whole = parseJson(body.toString());
  if (whole !== undefined) return [whole];
  const events: Json[] = [];
  const parser = createSseParser((_type, text) => {
    const event = parseJson(text);
    if (event !== undefined) events.push(event);
  });
  parser.push(body);
  return events;
};
