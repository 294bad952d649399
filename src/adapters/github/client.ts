import { setTimeout as delay } from 'node:timers/promises';
import { getOctokit } from '@actions/github';
import { EnvHttpProxyAgent, fetch, Response } from 'undici';
import { MAX_TOTAL_WAIT_MS, retryWait } from './retry.ts';

/** GitHub's REST client with typed endpoints and pagination. */
export type GitHubClient = ReturnType<typeof getOctokit>;

export interface ClientOptions {
  readonly token: string;
  readonly apiUrl: string;
  /** Of one attempt, from its start to the last byte, ms. */
  readonly timeoutMs?: number;
  /** Waits between attempts, ms. */
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/** Of one attempt, ms. */
export const REQUEST_TIMEOUT_MS = 20_000;

/** Marks a POST that only reads, so that it is repeated like a GET. */
export const READS_ONLY = { readsOnly: true } as const;

// Made when first used: self-hosted runners reach GitHub through the proxy that their environment names.
let proxy: EnvHttpProxyAgent | undefined;

/** `fetch` through the environment's proxy, if it names one. */
export const proxiedFetch: typeof fetch = (url, init) => {
  proxy ??= new EnvHttpProxyAgent();
  return fetch(url, { ...init, dispatcher: proxy });
};

/**
 * Fetches whole answers. Octokit turns a body that breaks off into an empty one, and pagination turns that into an empty
 * list: nothing was found, where nothing was read. Here it fails the request, which is then retried like any other.
 */
const wholeFetch =
  (timeoutMs: number): typeof fetch =>
  async (url, init) => {
    const answer = await proxiedFetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    const { status, statusText, headers } = answer;
    const body = await answer.arrayBuffer();
    if (status === 200 && body.byteLength === 0) throw new TypeError('the answer is empty');
    const whole = new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
    // A made response has no URL, and pagination wants one.
    return Object.defineProperty(whole, 'url', { value: answer.url });
  };

/**
 * A client whose every request has a timeout and is retried by the rules of retry.ts, with all waits together bounded.
 *
 * These rules stand here rather than in Octokit's retry and throttling plugins, because those repeat a POST after a 5xx
 * (a second comment), ignore `retry-after` on a limit that does not call itself secondary, and wait without a bound.
 */
export const createClient = (options: ClientOptions): GitHubClient => {
  const { token, apiUrl, timeoutMs = REQUEST_TIMEOUT_MS, sleep = (ms) => delay(ms) } = options;
  const silent = () => undefined;
  const client = getOctokit(token, {
    baseUrl: apiUrl,
    // Timeouts are set there because a hook's changed options do not reach the hooks within it.
    request: { fetch: wholeFetch(timeoutMs) },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  let waited = 0;
  client.hook.wrap('request', async (request, endpoint) => {
    const repeatable = endpoint.method !== 'POST' || endpoint.request.readsOnly === true;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await request(endpoint);
      } catch (error) {
        const wait = retryWait({ error, attempt, repeatable, now: Date.now() });
        if (wait === undefined || waited + wait > MAX_TOTAL_WAIT_MS) throw error;
        waited += wait;
        await sleep(wait);
      }
    }
  });
  return client;
};
