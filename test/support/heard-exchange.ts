import type { OutgoingRequest, Transport, TransportFailure } from '../../src/ports/transport.ts';

/** What a listener heard of one request: each event with its time, chunks behind one another as one event. */
export interface Heard {
  readonly events: string[];
  readonly times: number[];
  status: number | undefined;
  headers: readonly string[];
  body: string;
  failure: TransportFailure | undefined;
}

/** `GET /`. */
export const REQUEST: OutgoingRequest = { method: 'GET', path: '/', headers: [], body: undefined };

/** Sends one request and resolves with what its listener heard. */
export const exchange = (transport: Transport, request: Partial<OutgoingRequest> = {}) => {
  const heard: Heard = { events: [], times: [], status: undefined, headers: [], body: '', failure: undefined };
  const note = (event: string, at: number): void => {
    heard.events.push(event);
    heard.times.push(at);
  };
  let cancel = (): void => {};
  const done = new Promise<Heard>((finish) => {
    cancel = transport.send(
      { ...REQUEST, ...request },
      {
        connected: () => heard.events.push('connected'),
        written: (at) => note('written', at),
        headers: (status, headers, at) => {
          note('headers', at);
          heard.status = status;
          heard.headers = headers;
        },
        chunk: (bytes, at) => {
          if (heard.events.at(-1) !== 'chunk') note('chunk', at);
          heard.body += Buffer.from(bytes).toString();
        },
        end: (at) => {
          note('end', at);
          finish(heard);
        },
        failed: (failure, at) => {
          note('failed', at);
          heard.failure = failure;
          finish(heard);
        },
      },
    );
  });
  return { done, heard, cancel: () => cancel() };
};
