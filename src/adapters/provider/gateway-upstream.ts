import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { Agent } from 'undici';
import { type Micros, micros, toMillis } from '../../model/units.ts';
import type { GatewayBehaviour } from './gateway-faults.ts';
import type { GatewayUpstream } from './gateway-options.ts';
import type { Route } from './gateway-routing.ts';
import { monotonicNow } from './monotonic.ts';

/** What a provider answered. The body of a stream is still on its way; any other is complete. */
export interface UpstreamReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | Readable;
  /** The provider that served. */
  readonly provider: string;
  readonly decision: Route['decision'] | 'failover';
  /** From the first attempt to the headers of this answer. */
  readonly latency: Micros;
}

/** The route has no answer. `status` is that of the last one; undefined = it gave none. */
export interface Exhausted {
  readonly exhausted: true;
  readonly provider: string;
  readonly status: number | undefined;
}

/** One request to send upstream. */
export interface UpstreamRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly stream: boolean;
}

/** Connections to all providers. */
export interface UpstreamCaller {
  call(route: Route, request: UpstreamRequest, signal: AbortSignal): Promise<UpstreamReply | Exhausted>;
  /** Attempts made so far. */
  count(): number;
  close(): Promise<void>;
}

/** Of a provider's headers, these go on to the client; its limits are its own affair, except when it is the one that rejects. */
const PASSED_ON = ['content-type', 'retry-after', 'openai-processing-ms'];

/**
 * Asks the providers of a route one after another. The next one is asked on a failed connection, on no headers (and, but
 * for streams, no complete body) within `timeout`, on 429 and on 5xx. Rejects only when `signal` aborts.
 */
export const createUpstreamCaller = (timeout: Micros, behaviour: () => GatewayBehaviour): UpstreamCaller => {
  const agent = new Agent({ connections: null, pipelining: 1 });
  let attempts = 0;
  return {
    call: async (route, request, signal) => {
      const started = monotonicNow();
      const { failsOver, attempts: each } = behaviour();
      const order = failsOver ? route.order : route.order.slice(0, 1);
      let last: Attempt | undefined;
      for (const upstream of order.flatMap((one) => Array<GatewayUpstream>(each).fill(one))) {
        if (last !== undefined && !isWorthRetrying(last, each > 1)) break;
        attempts += 1;
        last = await attempt({ agent, upstream, request, signal, timeout });
        signal.throwIfAborted();
      }
      return outcomeOf(last!, route, micros(last!.at - started));
    },
    count: () => attempts,
    close: () => agent.destroy(),
  };
};

/** One call to one provider; without a status when it gave none. */
interface Attempt {
  readonly upstream: GatewayUpstream;
  readonly at: Micros;
  readonly answer: Pick<UpstreamReply, 'status' | 'headers' | 'body'> | undefined;
}

const attempt = async (call: {
  readonly agent: Agent;
  readonly upstream: GatewayUpstream;
  readonly request: UpstreamRequest;
  readonly signal: AbortSignal;
  readonly timeout: Micros;
}): Promise<Attempt> => {
  const { upstream, request, signal } = call;
  // One controller for both ways to give up; a signal of its own, since the caller's outlives many attempts.
  const giveUp = new AbortController();
  const abort = (): void => giveUp.abort();
  const timer = setTimeout(abort, toMillis(call.timeout));
  signal.addEventListener('abort', abort, { once: true });
  try {
    const { origin, pathname } = new URL(upstream.url);
    const reply = await call.agent.request({
      origin,
      path: pathname.replace(/\/$/, '') + request.path,
      method: 'POST',
      headers: { ...request.headers, ...(upstream.key && { authorization: `Bearer ${upstream.key}` }) },
      body: request.body,
      signal: giveUp.signal,
    });
    const at = monotonicNow();
    const isLive = request.stream && reply.statusCode < 400;
    const body = isLive ? reply.body : await reply.body.bytes();
    return { upstream, at, answer: { status: reply.statusCode, headers: passedOn(reply.headers), body } };
  } catch {
    // Refused, reset, broken off, silent: to a gateway all the same, the provider did not answer.
    return { upstream, at: monotonicNow(), answer: undefined };
  } finally {
    clearTimeout(timer);
  }
};

const hasFailed = ({ answer }: Attempt): boolean =>
  answer === undefined || answer.status === 429 || answer.status >= 500;

const isWorthRetrying = (last: Attempt, clientErrorsToo: boolean): boolean =>
  hasFailed(last) || (clientErrorsToo && last.answer!.status >= 400);

const outcomeOf = ({ upstream, answer }: Attempt, route: Route, latency: Micros): UpstreamReply | Exhausted => {
  const provider = upstream.name;
  if (answer === undefined || answer.status >= 500) return { exhausted: true, provider, status: answer?.status };
  const decision = upstream === route.order[0] ? route.decision : 'failover';
  return { ...answer, provider, decision, latency };
};

const passedOn = (headers: IncomingHttpHeaders): Readonly<Record<string, string>> =>
  Object.fromEntries(PASSED_ON.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])));
