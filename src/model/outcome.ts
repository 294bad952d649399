/** Every class of error that a request can end in, in the order in which reports list them. */
export const ERROR_CLASSES = [
  'auth', // 401, 403
  'rate_limited', // a 429 that the scenario does not accept
  'client', // any other 4xx
  'gateway', // 500 and any 5xx not named below
  'upstream', // 502, 503, 504, 529; an error inside a successful answer or stream that is of no other class
  'timeout', // no complete response within the request's timeout, counted from its release
  'connect', // no connection: refused, reset before a byte came back, DNS, TLS
  'protocol', // bytes that are not HTTP, not SSE, not JSON where JSON was promised
  'truncated', // a stream or body that ended before its end
  'check', // complete and well-formed, but not what `expect` says
] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** Why a request was never sent, or (`cancelled`) was cut off by the gate itself while in flight. */
export const DROP_REASONS = ['bound', 'connection', 'cancelled'] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** How one request ended: exactly one of these. `throttled` is a 429 or 503, or another code that the
 * dialect calls a rejection, that the scenario accepts. */
export type Outcome =
  | { readonly kind: 'ok' }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'error'; readonly errorClass: ErrorClass; readonly detail: string }
  | { readonly kind: 'dropped'; readonly reason: DropReason };

/** What the gateway said about its cache for one response; undefined elsewhere means that it said nothing. */
export const CACHE_STATUSES = ['hit', 'miss', 'bypass'] as const;
export type CacheStatus = (typeof CACHE_STATUSES)[number];
