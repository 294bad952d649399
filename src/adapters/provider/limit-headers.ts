import { type Micros, toMillis, toSeconds } from '../../model/units.ts';
import type { Admission } from './limiter.ts';

/** Whole seconds, rounded up: a client that waits so long is surely admitted. */
export const wholeSeconds = (value: Micros): string => String(Math.ceil(toSeconds(value)));

/** `retry-after` of a rejection; nothing for an admission. */
export const retryAfterHeader = (admission: Admission): Readonly<Record<string, string>> =>
  admission.admitted ? {} : { 'retry-after': wholeSeconds(admission.retryAfter) };

/** The limit headers of the API behind `path`: OpenAI's durations (`6m0s`, `12ms`) or Anthropic's RFC 3339 times. */
export const providerLimitHeaders = (path: string, admission: Admission): Readonly<Record<string, string>> => {
  const { limit, remaining, reset } = admission;
  return path.includes('/v1/messages')
    ? {
        'anthropic-ratelimit-requests-limit': String(limit),
        'anthropic-ratelimit-requests-remaining': String(remaining),
        'anthropic-ratelimit-requests-reset': new Date(Date.now() + toMillis(reset)).toISOString(),
        ...retryAfterHeader(admission),
      }
    : {
        'x-ratelimit-limit-requests': String(limit),
        'x-ratelimit-remaining-requests': String(remaining),
        'x-ratelimit-reset-requests': goDuration(reset),
        ...retryAfterHeader(admission),
      };
};

const goDuration = (value: Micros): string => {
  const seconds = toSeconds(value);
  if (seconds < 1) return `${Math.ceil(toMillis(value))}ms`;
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${Number(seconds.toFixed(3))}s` : `${minutes}m${Number((seconds % 60).toFixed(3))}s`;
};
