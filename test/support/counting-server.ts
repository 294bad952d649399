import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server itself saw. Times in ms. */
export interface Seen {
  requests: number;
  inFlight: number;
  peak: number;
  first: number;
  last: number;
}

/** A server on loopback that counts for itself. `stop` closes it with all its connections. */
export const startCountingServer = async (
  listener: RequestListener,
): Promise<{ url: string; seen: Seen; stop: () => void }> => {
  const seen: Seen = { requests: 0, inFlight: 0, peak: 0, first: 0, last: 0 };
  const server = createServer((request, response) => {
    const now = performance.now();
    if (seen.requests === 0) seen.first = now;
    seen.requests += 1;
    seen.inFlight += 1;
    seen.last = now;
    seen.peak = Math.max(seen.peak, seen.inFlight);
    let isOver = false;
    const over = (): void => {
      if (!isOver) seen.inFlight -= 1;
      isOver = true;
    };
    const end = response.end.bind(response);
    response.end = ((...args: Parameters<typeof end>) => {
      over();
      return end(...args);
    }) as typeof response.end;
    response.on('close', over);
    listener(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, stop };
};

/** Answers `ok` after that many ms. */
export const answerAfter =
  (ms: number): RequestListener =>
  (request, response) => {
    request.resume();
    setTimeout(() => response.end('ok'), ms);
  };
