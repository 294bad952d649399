import { describe, expect, it } from 'vitest';
import { cacheKey, createFlights, createTtlCache } from '../../../src/adapters/provider/gateway-cache.ts';
import { fromSeconds, micros } from '../../../src/model/units.ts';

describe('ttl cache', () => {
  it('returns a value with its age until its time to live is over', () => {
    const cache = createTtlCache<string>(fromSeconds(2));
    cache.set('key', 'value', fromSeconds(10));
    expect(cache.get('key', fromSeconds(11.5))).toEqual({ value: 'value', age: 1_500_000 });
    expect(cache.get('key', fromSeconds(12))).toBeUndefined();
    expect(cache.get('key', fromSeconds(11))).toBeUndefined();
    expect(cache.get('other', fromSeconds(10))).toBeUndefined();
  });

  it('lets the oldest go when it is full', () => {
    const cache = createTtlCache<number>(fromSeconds(2));
    for (let index = 0; index <= 10_000; index += 1) cache.set(String(index), index, micros(0));
    expect(cache.get('0', micros(1))).toBeUndefined();
    expect(cache.get('1', micros(1))?.value).toBe(1);
  });
});

describe('cacheKey', () => {
  const base = { tenant: 'a', path: '/v1/x', text: '{"model":"m","temperature":0,"n":1}' };
  const rows = [
    ['tenant', { ...base, tenant: 'b' }],
    ['path', { ...base, path: '/v1/y' }],
    ['model', { ...base, text: '{"model":"other","temperature":0,"n":1}' }],
    ['temperature', { ...base, text: '{"model":"m","temperature":1,"n":1}' }],
  ] as const;
  it.each(rows)('keeps requests apart that differ in %s', (name, changed) => {
    expect(cacheKey(changed, [])).not.toBe(cacheKey(base, []));
    if (name !== 'path') expect(cacheKey(changed, [name])).toBe(cacheKey(base, [name]));
  });
});

describe('flights', () => {
  it('joins callers of a key to one piece of work, and starts anew once it has landed', async () => {
    const flights = createFlights<number>();
    let starts = 0;
    const start = async () => {
      starts += 1;
      return starts;
    };
    const [one, other] = [flights.join('key', start), flights.join('key', start)];
    expect([one.first, other.first]).toEqual([true, false]);
    expect([await one.landed, await other.landed]).toEqual([1, 1]);
    expect(await flights.join('key', start).landed).toBe(2);
  });

  it('cancels the work when the last caller has left, not before', () => {
    const flights = createFlights<never>();
    let signal: AbortSignal | undefined;
    const never = (given: AbortSignal) => {
      signal = given;
      return new Promise<never>(() => {});
    };
    const [one, other] = [flights.join('key', never), flights.join('key', never)];
    one.leave();
    expect(signal?.aborted).toBe(false);
    other.leave();
    expect(signal?.aborted).toBe(true);
    expect(flights.join('key', never).first).toBe(true);
  });
});
