import { describe, expect, it } from 'vitest';
import type { LimitFields } from '../../src/model/dialect.ts';
import { fromMillis, fromSeconds } from '../../src/model/units.ts';
import { type LimitReading, type LimitState, readLimits } from '../../src/wire/limits.ts';
import { aDialect } from '../support/plan-builders.ts';

/** 2026-03-01T12:00:00Z. */
const NOW = fromMillis(Date.UTC(2026, 2, 1, 12));

const flatOf = (headers: Readonly<Record<string, string>>): readonly string[] => Object.entries(headers).flat();

const read = (headers: Readonly<Record<string, string>>, dialect: Parameters<typeof aDialect>[0] = {}): LimitReading =>
  readLimits(aDialect(dialect), flatOf(headers), NOW);

const state = (overrides: Partial<LimitState>): LimitState => ({
  of: 'requests',
  name: undefined,
  limit: undefined,
  remaining: undefined,
  reset: undefined,
  window: undefined,
  ...overrides,
});

const PLAIN: LimitFields = {
  of: 'requests',
  limit: 'x-limit',
  remaining: 'x-remaining',
  reset: { header: 'x-reset', format: 'seconds' },
};
const NAMED: LimitFields = {
  of: 'tokens',
  limit: 'x-limit-*',
  remaining: 'x-*-remaining',
  reset: { header: 'x-reset-*', format: 'seconds' },
};
const DRAFT: LimitFields = { of: 'requests', structured: { state: 'ratelimit', policy: 'ratelimit-policy' } };

describe('readLimits', () => {
  it.each<readonly [name: string, fields: LimitFields, headers: Record<string, string>, states: readonly LimitState[]]>(
    [
      [
        'one header for each number',
        PLAIN,
        { 'x-limit': '60', 'x-remaining': '0', 'x-reset': '30' },
        [state({ limit: 60, remaining: 0, reset: fromSeconds(30) })],
      ],
      ['a part of it', PLAIN, { 'x-remaining': '7' }, [state({ remaining: 7 })]],
      ['a policy behind the number', PLAIN, { 'x-limit': '100, 100;w=60' }, [state({ limit: 100 })]],
      ['what is no number', PLAIN, { 'x-limit': 'many', 'x-remaining': '-1', 'x-reset': 'soon' }, []],
      ['nothing', PLAIN, { 'x-request-id': 'r' }, []],
      [
        'a name in the header for each limit',
        NAMED,
        { 'x-limit-minute-openai': '500', 'x-limit-hour': '9', 'x-minute-openai-remaining': '3', 'x-reset-hour': '8' },
        [
          state({ of: 'tokens', name: 'minute-openai', limit: 500, remaining: 3 }),
          state({ of: 'tokens', name: 'hour', limit: 9, reset: fromSeconds(8) }),
        ],
      ],
      ['no name where one should be', NAMED, { 'x-limit-': '500', 'x-remaining': '3' }, []],
      [
        'the IETF draft',
        DRAFT,
        { ratelimit: '"default";r=50;t=30', 'ratelimit-policy': '"burst";q=10;w=1, "default";q=100;w=60' },
        [state({ name: 'default', limit: 100, remaining: 50, reset: fromSeconds(30), window: fromSeconds(60) })],
      ],
      [
        'two policies of the draft',
        DRAFT,
        { ratelimit: '"a, b";r=0, hour;r=9;t=3000' },
        [state({ name: 'a, b', remaining: 0 }), state({ name: 'hour', remaining: 9, reset: fromSeconds(3_000) })],
      ],
      [
        'an older draft',
        DRAFT,
        { ratelimit: 'limit=100, remaining=50, reset=30', 'ratelimit-policy': '100;w=60' },
        [state({ limit: 100, remaining: 50, reset: fromSeconds(30), window: fromSeconds(60) })],
      ],
      [
        'an older draft that leaves the limit to the policy',
        DRAFT,
        { ratelimit: 'remaining=5, reset=1', 'ratelimit-policy': '10;w=1' },
        [state({ limit: 10, remaining: 5, reset: fromSeconds(1), window: fromSeconds(1) })],
      ],
      ['a draft header that says nothing', DRAFT, { ratelimit: '"default"' }, []],
    ],
  )('reads %s', (_name, fields, headers, states) => {
    expect(read(headers, { limits: [fields] }).limits).toEqual(states);
  });

  it('prefers a limit on requests to one on tokens', () => {
    const headers = { 'x-limit-a': '9', 'x-limit': '60' };
    expect(read(headers, { limits: [NAMED, PLAIN] }).limit).toEqual(state({ limit: 60 }));
    expect(read({ 'x-limit-a': '9' }, { limits: [NAMED, PLAIN] }).limit?.name).toBe('a');
    expect(read({}, { limits: [NAMED, PLAIN] }).limit).toBeUndefined();
  });

  it("keeps the providers' limits apart from the gateway's", () => {
    const reading = read({
      'x-ratelimit-limit-requests': '5000',
      'x-ratelimit-remaining-requests': '4999',
      'x-ratelimit-reset-requests': '12ms',
      'x-ratelimit-limit-tokens': '160000',
      'x-ratelimit-reset-tokens': '6m0s',
      'anthropic-ratelimit-input-tokens-remaining': '10',
      'anthropic-ratelimit-input-tokens-reset': '2026-03-01T12:00:05Z',
    });
    expect(reading).toEqual({
      limit: undefined,
      limits: [],
      providerLimits: [
        state({ limit: 5_000, remaining: 4_999, reset: fromMillis(12) }),
        state({ of: 'tokens', limit: 160_000, reset: fromSeconds(360) }),
        state({ of: 'tokens', remaining: 10, reset: fromSeconds(5) }),
      ],
      retryAfter: undefined,
    });
  });

  it.each<readonly [headers: Record<string, string>, us: number | undefined]>([
    [{ 'retry-after': '2' }, 2_000_000],
    [{ 'retry-after': 'Sun, 01 Mar 2026 12:00:03 GMT' }, 3_000_000],
    [{ 'retry-after': '2', 'retry-after-ms': '1500' }, 1_500_000],
    [{ 'retry-after': '2', 'retry-after-ms': 'x' }, 2_000_000],
    [{ 'retry-after': 'later' }, undefined],
    [{}, undefined],
  ])('reads when to retry from %j', (headers, us) => {
    expect(read(headers).retryAfter).toBe(us);
  });

  it('reads nothing that the dialect does not support', () => {
    const headers = { 'retry-after': '2', 'x-limit': '1' };
    expect(read(headers, { limits: 'unsupported', retryAfter: 'unsupported' })).toMatchObject({
      limit: undefined,
      limits: [],
      retryAfter: undefined,
    });
  });
});
