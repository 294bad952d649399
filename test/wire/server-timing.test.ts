import { describe, expect, it } from 'vitest';
import { serverTiming } from '../../src/wire/server-timing.ts';

describe('serverTiming', () => {
  it.each<readonly [header: string, duration: string | undefined]>([
    ['gateway;dur=1.5', '1.5'],
    ['gateway;dur=1.5, upstream;dur=20', '1.5'],
    ['upstream;dur=20,gateway; dur=1.5 ', '1.5'],
    ['gateway-two;dur=9, gateway;dur=1.5', '1.5'],
    ['gateway;desc=edge;dur=1.5;x=y', '1.5'],
    ['gateway;dur="1.5"', '1.5'],
    ['db;desc="a, gateway;dur=9";dur=3, gateway;dur=1.5', '1.5'],
    ['gateway', undefined],
    ['gateway;desc=x', undefined],
    ['my-gateway;dur=9', undefined],
    ['upstream;dur=20', undefined],
    ['', undefined],
  ])('%s', (header, duration) => {
    expect(serverTiming(header, 'gateway')).toBe(duration);
  });
});
