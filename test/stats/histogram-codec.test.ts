import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { GateError } from '../../src/model/errors.ts';
import type { Histogram } from '../../src/model/histogram.ts';
import { BUCKET_COUNT, bucketOf, HIGHEST_VALUE } from '../../src/stats/bucket-layout.ts';
import { EMPTY_HISTOGRAM, HistogramRecorder } from '../../src/stats/histogram.ts';
import { decodeHistogram, encodeHistogram } from '../../src/stats/histogram-codec.ts';

const LAST_BUCKET = bucketOf(HIGHEST_VALUE);

const record = (values: readonly number[]): Histogram => {
  const recorder = new HistogramRecorder();
  for (const value of values) recorder.record(value);
  return recorder.snapshot();
};

const buildReference = () =>
  build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_VALUE,
    numberOfSignificantValueDigits: 3,
    bitBucketSize: 32,
    useWebAssembly: false,
  });

/** What is in the library's counters, read behind its public face: its summary shows only some quantiles. */
const bucketsOf = (histogram: unknown): number[][] => {
  const counters = histogram as { countsArrayLength: number; getCountAtIndex(index: number): number };
  return Array.from({ length: counters.countsArrayLength }, (_, i) => [i, counters.getCountAtIndex(i)]).filter(
    ([, count]) => count !== 0,
  );
};

const anyValues = fc.array(
  fc.integer({ min: 1, max: HIGHEST_VALUE }).map((v) => Math.ceil(v ** 0.7)),
  {
    maxLength: 200,
  },
);

/** Any buckets with counts of any size that a count can have. */
const anyHistogram = fc
  .uniqueArray(
    fc.tuple(fc.nat(LAST_BUCKET), fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 2 ** 52 - 1 }))),
    {
      selector: ([index]) => index,
      maxLength: 60,
    },
  )
  .map((pairs): Histogram => {
    const sorted = pairs.toSorted(([a], [b]) => a - b);
    return {
      indexes: Uint32Array.from(sorted, ([index]) => index),
      counts: Float64Array.from(sorted, ([, count]) => count),
    };
  });

/** A well-formed wrapping of any inner bytes. */
const wrap = (inner: Uint8Array): string => {
  const compressed = deflateSync(inner);
  const outer = Buffer.alloc(8);
  outer.writeUInt32BE(0x1c849314, 0);
  outer.writeUInt32BE(compressed.length, 4);
  return Buffer.concat([outer, compressed]).toString('base64');
};

const inner = (payload: readonly number[], change: (header: Buffer) => void = () => undefined): Buffer => {
  const header = Buffer.alloc(40);
  header.writeUInt32BE(0x1c849313, 0);
  header.writeUInt32BE(payload.length, 4);
  header.writeUInt32BE(3, 12);
  header.writeBigUInt64BE(1n, 16);
  header.writeBigUInt64BE(3_600_000_000n, 24);
  header.writeDoubleBE(1, 32);
  change(header);
  return Buffer.concat([header, Uint8Array.from(payload)]);
};

describe('the V2 compressed format', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(anyHistogram, (histogram) => {
        expect(decodeHistogram(encodeHistogram(histogram))).toEqual(histogram);
      }),
    );
    expect(decodeHistogram(encodeHistogram(EMPTY_HISTOGRAM))).toEqual(EMPTY_HISTOGRAM);
  });

  it('is read by hdr-histogram-js', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const theirs = decodeFromCompressedBase64(encodeHistogram(record(values)), 32, false);
        const expected = buildReference();
        for (const value of values) expected.recordValue(value);
        expect(theirs.totalCount).toBe(values.length);
        expect(bucketsOf(theirs)).toEqual(bucketsOf(expected));
      }),
      { numRuns: 30 },
    );
  });

  it('is read from hdr-histogram-js', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const theirs = buildReference();
        for (const value of values) theirs.recordValue(value);
        expect(decodeHistogram(encodeIntoCompressedBase64(theirs))).toEqual(record(values));
      }),
      { numRuns: 30 },
    );
  });

  it('has the bytes that the reference implementation writes', () => {
    // Bucket 0 and 1 empty (−2 → 3), bucket 2 three times (3 → 6), bucket 3 empty (0), bucket 4 once (1 → 2).
    const histogram = { indexes: Uint32Array.of(2, 4), counts: Float64Array.of(3, 1) };
    const bytes = inner([3, 6, 0, 2]);
    expect(decodeHistogram(wrap(bytes))).toEqual(histogram);
    expect(inflateSync(Buffer.from(encodeHistogram(histogram), 'base64').subarray(8))).toEqual(bytes);
  });
});

describe('bad input', () => {
  const runOfZeros = (count: number): number[] => {
    const bytes: number[] = [];
    let rest = 2 * count - 1;
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
    return [...bytes, rest];
  };
  const bomb = deflateSync(Buffer.alloc(50_000_000)).toString('base64');
  const rows: readonly (readonly [name: string, text: string, message: RegExp])[] = [
    ['empty text', '', /not base64/],
    ['text that is not base64', '{"a": 1}', /not base64/],
    ['base64 of something else', 'aGVsbG8gd29ybGQ=', /V2 compressed form/],
    ['the wrong cookie', wrap(inner([2])).replace('HIST', 'HISA'), /V2 compressed form/],
    ['a length beyond the end', 'HISTFAAAAP8AAAA=', /cut short/],
    ['bytes that do not inflate', 'HISTFAAAAAQAAAAA', /does not decompress/],
    ['no inner header', wrap(Buffer.from('short')), /no V2 header/],
    ['another inner cookie', wrap(inner([2], (h) => h.writeUInt32BE(7, 0))), /no V2 header/],
    ['a wrong payload length', wrap(inner([2], (h) => h.writeUInt32BE(9, 4))), /length/],
    ['another precision', wrap(inner([2], (h) => h.writeUInt32BE(2, 12))), /range or precision/],
    ['another range', wrap(inner([2], (h) => h.writeBigUInt64BE(10n, 24))), /range or precision/],
    ['a normalizing offset', wrap(inner([2], (h) => h.writeUInt32BE(2, 8))), /range or precision/],
    ['a number cut short', wrap(inner([0x80])), /cut short/],
    ['a number beyond 2⁵³', wrap(inner([255, 255, 255, 255, 255, 255, 255, 255, 255])), /impossibly large/],
    ['more buckets than the layout has', wrap(inner([...runOfZeros(BUCKET_COUNT), 2])), /too many buckets/],
    ['a run of zeros beyond the layout', wrap(inner(runOfZeros(BUCKET_COUNT + 1))), /too many buckets/],
    [
      'a zip bomb',
      Buffer.concat([
        Buffer.from('1c849314', 'hex'),
        Buffer.from('0000be00', 'hex'),
        Buffer.from(bomb, 'base64'),
      ]).toString('base64'),
      /does not decompress|cut short/,
    ],
    ['text beyond any histogram', 'A'.repeat(400_000), /too long/],
  ];
  it.each(rows)('%s is refused', (_name, text, message) => {
    const attempt = () => decodeHistogram(text);
    expect(attempt).toThrow(GateError);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ code: 'baseline-unreadable' }));
  });

  it('of any kind is refused with a GateError, or read as a histogram in order', () => {
    const bytes = fc.uint8Array({ maxLength: 60 });
    const garbage = fc.oneof(
      fc.string(),
      fc.base64String(),
      bytes.map(wrap),
      bytes.map((payload) => wrap(inner([...payload]))),
    );
    fc.assert(
      fc.property(garbage, (text) => {
        try {
          const { indexes, counts } = decodeHistogram(text);
          expect([...indexes]).toEqual([...new Set(indexes)].toSorted((a, b) => a - b));
          expect(counts.every((count) => Number.isSafeInteger(count) && count > 0)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(GateError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
