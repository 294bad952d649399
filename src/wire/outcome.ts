import type { RejectionCodes } from '../model/dialect.ts';
import type { ErrorClass, Outcome } from '../model/outcome.ts';
import { errorMessage, oneLine } from './error-message.ts';

export type ErrorOutcome = Extract<Outcome, { kind: 'error' }>;

/** The longest detail of an error, in UTF-16 units. */
export const MAX_DETAIL = 200;

/** Status codes that count as throttled where the scenario accepts them, whatever the dialect says of rejections. */
const THROTTLING: readonly number[] = [429, 503];

/** What a status that is not accepted means: the first line whose range holds it decides. */
const STATUS_CLASSES: readonly (readonly [from: number, to: number, errorClass: ErrorClass])[] = [
  [401, 401, 'auth'],
  [403, 403, 'auth'],
  [429, 429, 'rate_limited'],
  [400, 499, 'client'],
  [502, 504, 'upstream'],
  [529, 529, 'upstream'], // Anthropic's "overloaded"
  [500, 599, 'gateway'],
  // Well-formed, only not what was expected: an unexpected 2xx, and a 3xx, since redirects are never followed.
  [200, 399, 'check'],
];

/** The names of RFC 9110 (and 529), as far as gateways send them: a number alone says little to a newcomer. */
const STATUS_NAMES: Readonly<Record<number, string>> = {
  301: 'moved permanently',
  302: 'found',
  303: 'see other',
  304: 'not modified',
  307: 'temporary redirect',
  308: 'permanent redirect',
  400: 'bad request',
  401: 'unauthorized',
  402: 'payment required',
  403: 'forbidden',
  404: 'not found',
  405: 'method not allowed',
  408: 'request timeout',
  409: 'conflict',
  413: 'content too large',
  415: 'unsupported media type',
  422: 'unprocessable content',
  429: 'too many requests',
  500: 'internal server error',
  501: 'not implemented',
  502: 'bad gateway',
  503: 'service unavailable',
  504: 'gateway timeout',
  529: 'overloaded',
};

/** An error's outcome; the detail becomes one line of at most `MAX_DETAIL`. */
export const errorOutcome = (errorClass: ErrorClass, detail: string): ErrorOutcome => ({
  kind: 'error',
  errorClass,
  detail: oneLine(detail, MAX_DETAIL),
});

/** The class of error of a status that is not accepted. Outside 200 to 599 it is no final status of HTTP: `protocol`. */
export const classOfStatus = (status: number): ErrorClass =>
  STATUS_CLASSES.find(([from, to]) => status >= from && status <= to)?.[2] ?? 'protocol';

/** What the status alone says: `throttled` or `ok` when it is accepted (checks come later), else its class of error. */
export const classifyStatus = (
  status: number,
  accepted: readonly number[],
  { rate, quota }: RejectionCodes,
): 'ok' | 'throttled' | ErrorClass => {
  if (!accepted.includes(status)) return classOfStatus(status);
  return THROTTLING.includes(status) || rate.includes(status) || quota.includes(status) ? 'throttled' : 'ok';
};

/** The outcome of a status that is not accepted: its name, and what the response's body (text, or as much as came) says. */
export const statusOutcome = (status: number, body: string): ErrorOutcome => {
  const name = STATUS_NAMES[status];
  const said =
    status >= 400 ? errorMessage(body).trim() : status >= 300 ? 'redirects are not followed' : 'not accepted';
  const label = name === undefined ? `${status}` : `${status} ${name}`;
  // nginx and its like put the status line into the page's title.
  const repeats = said.toLowerCase() === label || said.toLowerCase() === name;
  return errorOutcome(classOfStatus(status), said === '' || repeats ? label : `${label}: ${said}`);
};
