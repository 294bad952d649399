import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WHEN_FORMATS, type WhenFormat } from '../../src/model/dialect.ts';
import { fromMillis, micros } from '../../src/model/units.ts';
import { readWhen } from '../../src/wire/when.ts';

/** 2026-03-01T12:00:00Z. */
const NOW = fromMillis(Date.UTC(2026, 2, 1, 12));
const NOW_SECONDS = NOW / 1_000_000;

describe('readWhen', () => {
  it.each<readonly [value: string, format: WhenFormat, us: number | undefined]>([
    ['30', 'seconds', 30_000_000],
    ['0', 'seconds', 0],
    ['5.871000051498', 'seconds', 5_871_000],
    [' 1 ', 'seconds', 1_000_000],
    ['-1', 'seconds', undefined],
    ['1e3', 'seconds', undefined],
    ['', 'seconds', undefined],
    ['soon', 'seconds', undefined],
    ['1500', 'millis', 1_500_000],
    [String(NOW_SECONDS + 7), 'epoch', 7_000_000],
    [String((NOW_SECONDS + 7) * 1_000 + 5), 'epoch', 7_005_000],
    [String(NOW_SECONDS - 7), 'epoch', 0],
    ['Sun, 01 Mar 2026 12:00:09 GMT', 'http-date', 9_000_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 'http-date', 0],
    ['Sun, 32 Mar 2026 12:00:09 GMT', 'http-date', undefined],
    ['1 March 2026', 'http-date', undefined],
    ['12ms', 'go-duration', 12_000],
    ['6m0s', 'go-duration', 360_000_000],
    ['1h2m3.5s', 'go-duration', 3_723_500_000],
    ['250µs', 'go-duration', 250],
    ['250us', 'go-duration', 250],
    ['1500ns', 'go-duration', 2],
    ['0', 'go-duration', 0],
    ['6m 0s', 'go-duration', undefined],
    ['6', 'go-duration', undefined],
    ['2026-03-01T12:00:04Z', 'rfc3339', 4_000_000],
    ['2026-03-01T13:00:04.25+01:00', 'rfc3339', 4_250_000],
    ['2026-03-01', 'rfc3339', undefined],
    ['20', 'any', 20_000_000],
    [String(NOW_SECONDS + 20), 'any', 20_000_000],
    [String((NOW_SECONDS + 20) * 1_000), 'any', 20_000_000],
    ['6m0s', 'any', 360_000_000],
    ['2026-03-01T12:00:04Z', 'any', 4_000_000],
    ['Sun, 01 Mar 2026 12:00:09 GMT', 'any', 9_000_000],
    ['tomorrow', 'any', undefined],
    ['9'.repeat(400), 'any', undefined],
  ])('%s as %s', (value, format, us) => {
    expect(readWhen(value, format, NOW)).toBe(us);
  });

  it('never throws, and never says anything but a whole number of µs from now on', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...WHEN_FORMATS), (value, format) => {
        const read = readWhen(value, format, NOW);
        expect(read === undefined || (Number.isSafeInteger(read) && read >= 0)).toBe(true);
      }),
    );
  });

  it('reads back every duration that Go writes', () => {
    fc.assert(
      fc.property(fc.nat({ max: 99 }), fc.nat({ max: 59 }), fc.nat({ max: 59_999 }), (hours, minutes, millis) => {
        const text = `${hours}h${minutes}m${millis / 1_000}s`;
        const expected = micros(((hours * 60 + minutes) * 60_000 + millis) * 1_000);
        expect(readWhen(text, 'go-duration', NOW)).toBe(expected);
        expect(readWhen(text, 'any', NOW)).toBe(expected);
      }),
    );
  });
});
