import { describe, expect, it } from 'vitest';
import { retryWait } from '../../../src/adapters/github/retry.ts';

const NOW = 1_800_000_000_000;
const failed = (status: number, headers: Record<string, string> = {}, message = 'refused') =>
  Object.assign(new Error(message), { status, response: { status, headers } });

describe('the wait before a retry', () => {
  it.each([
    ['a limit with retry-after', failed(403, { 'retry-after': '7' }), 0, false, 7_000],
    ['a 429 with retry-after', failed(429, { 'retry-after': '0' }), 2, false, 0],
    ['a limit with too long a retry-after', failed(403, { 'retry-after': '61' }), 0, true, undefined],
    [
      'an exhausted quota',
      failed(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1800000009' }),
      0,
      false,
      10_000,
    ],
    [
      'a quota whose reset has passed',
      failed(429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1799999000' }),
      0,
      false,
      1_000,
    ],
    [
      'a quota that resets in an hour',
      failed(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1800003600' }),
      0,
      true,
      undefined,
    ],
    [
      'a secondary limit without headers',
      failed(403, {}, 'You have exceeded a secondary rate limit'),
      0,
      false,
      60_000,
    ],
    ['a bare 429', failed(429), 0, false, 60_000],
    [
      'a missing permission',
      failed(403, { 'x-ratelimit-remaining': '4999' }, 'Resource not accessible'),
      0,
      true,
      undefined,
    ],
    ['the first 5xx', failed(502), 0, true, 1_000],
    ['the third 5xx', failed(503), 2, true, 9_000],
    ['the fourth 5xx', failed(503), 3, true, undefined],
    ['a 5xx of what may not be repeated', failed(502), 0, false, undefined],
    ['a broken connection', new Error('ECONNRESET'), 0, true, 1_000],
    ['a broken connection of what may not be repeated', new Error('ECONNRESET'), 0, false, undefined],
    ['a 404', failed(404), 0, true, undefined],
    ['a 422', failed(422), 0, true, undefined],
    ['a limit for the fourth time', failed(403, { 'retry-after': '1' }), 3, true, undefined],
  ])('after %s', (_, error, attempt, repeatable, expected) => {
    expect(retryWait({ error, attempt, repeatable, now: NOW })).toBe(expected);
  });
});
