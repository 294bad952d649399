import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { hangUp } from './http-exchange.ts';

/** How a stream is passed on. */
export interface RelayOptions {
  /** End the stream after so many chunks, as if it were complete; undefined = pass on all. */
  readonly cutAfter: number | undefined;
  /** Hold everything back until the end. */
  readonly buffered: boolean;
  /** What to do with the provider's stream when the client has left: close it, or read it to its end. */
  readonly onClientGone: 'close' | 'drain';
}

/**
 * Passes a provider's stream on, chunk by chunk, at the client's pace. A stream that breaks off is broken off towards the
 * client too: an early end that looked clean would be taken for a complete answer. The head has been written before.
 */
export const relayStream = (body: Readable, response: ServerResponse, options: RelayOptions): void => {
  const held: Buffer[] = [];
  let sent = 0;
  const pass = (chunk: Buffer): void => {
    sent += 1;
    if (!response.write(chunk)) pauseUntilDrained(body, response);
  };
  const cut = (): void => {
    response.end();
    body.destroy();
  };
  body.on('data', (chunk: Buffer) => {
    if (response.closed || response.writableEnded) return;
    if (!options.buffered && options.cutAfter === undefined) return pass(chunk);
    held.push(chunk);
    // Of a stream that is to be cut, one chunk always stays behind: however short it is, its end is never sent.
    if (options.cutAfter !== undefined && held.length > 1) pass(held.shift()!);
    if (sent === options.cutAfter) cut();
  });
  body.on('end', () => {
    if (response.closed || response.writableEnded) return;
    if (options.cutAfter === undefined) response.end(Buffer.concat(held));
    else cut();
  });
  body.on('error', () => {
    if (!response.writableEnded) hangUp(response);
  });
  response.once('close', () => {
    if (options.onClientGone === 'close') body.destroy();
    else body.resume();
  });
};

const pauseUntilDrained = (body: Readable, response: ServerResponse): void => {
  body.pause();
  response.once('drain', () => body.resume());
};
