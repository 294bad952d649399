import { responseOf } from './failure.ts';

/** No single wait is longer; what asks for more is given up at once. */
export const MAX_WAIT_MS = 60_000;
/** All waits of one client together: the gate does not spend a job's time on a platform that is limiting it. */
export const MAX_TOTAL_WAIT_MS = 180_000;
export const MAX_RETRIES = 3;

/** GitHub: "if neither header is present, wait at least one minute". */
const SECONDARY_WAIT_MS = 60_000;

/** What a failed attempt was, and what has been tried. */
export interface FailedAttempt {
  readonly error: unknown;
  /** 0 for the first attempt. */
  readonly attempt: number;
  /** True when the request may be repeated although it might have been carried out. */
  readonly repeatable: boolean;
  /** Wall time, ms since 1970, for the reset that a limit announces. */
  readonly now: number;
}

const numberIn = (headers: Readonly<Record<string, unknown>>, name: string): number | undefined => {
  const value = headers[name];
  return value === undefined || value === '' || Number.isNaN(Number(value)) ? undefined : Number(value);
};

const limitWait = (
  headers: Readonly<Record<string, unknown>>,
  status: number,
  failed: FailedAttempt,
): number | undefined => {
  const after = numberIn(headers, 'retry-after');
  if (after !== undefined) return after * 1_000;
  const reset = numberIn(headers, 'x-ratelimit-reset');
  // One second more, because the reset is stated in whole seconds.
  if (numberIn(headers, 'x-ratelimit-remaining') === 0 && reset !== undefined)
    return Math.max(0, reset * 1_000 - failed.now) + 1_000;
  const secondary = failed.error instanceof Error && /secondary rate limit/i.test(failed.error.message);
  // A 403 that speaks of no limit is a missing permission.
  return secondary || status === 429 ? SECONDARY_WAIT_MS : undefined;
};

const wantedWait = (failed: FailedAttempt): number | undefined => {
  const response = responseOf(failed.error);
  if (response?.status === 403 || response?.status === 429) return limitWait(response.headers, response.status, failed);
  const mayPass = response === undefined || response.status >= 500 || response.status === 408;
  return mayPass && failed.repeatable ? 1_000 * 3 ** failed.attempt : undefined;
};

/**
 * How long to wait before the next attempt, ms; undefined = the failure stands.
 *
 * Rate limits (403 and 429 with `retry-after`, an exhausted quota, a secondary limit) are repeated for every method: the
 * request was turned away. A 5xx, a timeout or a broken connection is repeated, after 1, 3 and 9 s, only where carrying
 * it out twice does no harm. Rules: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export const retryWait = (failed: FailedAttempt): number | undefined => {
  if (failed.attempt >= MAX_RETRIES) return undefined;
  const wait = wantedWait(failed);
  return wait === undefined || wait > MAX_WAIT_MS ? undefined : wait;
};
