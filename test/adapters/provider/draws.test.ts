import { describe, expect, it } from 'vitest';
import { drawAnswer, drawShare, lognormalAt } from '../../../src/adapters/provider/draws.ts';
import { micros } from '../../../src/model/units.ts';

const identities = Array.from({ length: 4_000 }, (_, index) => `request ${index}`);
const sorted = (values: number[]) => values.sort((one, other) => one - other);

describe('draws', () => {
  it('are the same for the same seed and identity, and differ otherwise', () => {
    expect(drawAnswer('seed', 'a')).toEqual(drawAnswer('seed', 'a'));
    expect(drawAnswer('seed', 'a')).not.toEqual(drawAnswer('seed', 'b'));
    expect(drawAnswer('seed', 'a')).not.toEqual(drawAnswer('other', 'a'));
    expect(drawShare('seed', 'one purpose', 'a')).not.toBe(drawShare('seed', 'another', 'a'));
  });

  it('make latencies with the p50 and p95 that were asked for', () => {
    const spec = { p50: micros(300_000), p95: micros(700_000) };
    const latencies = sorted(identities.map((identity) => lognormalAt(spec, drawAnswer('seed', identity).latency)));
    // Standard errors of the quantiles at n = 4,000: about 1 % and 1.7 %.
    expect(latencies[2_000]! / 300_000).toBeCloseTo(1, 1);
    expect(latencies[3_800]! / 700_000).toBeCloseTo(1, 1);
  });

  it('are constant when both points are equal', () => {
    const spec = { p50: micros(5_000), p95: micros(5_000) };
    expect(new Set(identities.map((identity) => lognormalAt(spec, drawAnswer('seed', identity).latency)))).toEqual(
      new Set([5_000]),
    );
  });

  it('spread shares evenly', () => {
    const below = identities.filter((identity) => drawShare('seed', 'fault', identity) < 0.25).length;
    expect(below / identities.length).toBeCloseTo(0.25, 1);
  });
});
