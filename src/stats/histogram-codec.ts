import { Buffer } from 'node:buffer';
import { deflateSync, inflateSync } from 'node:zlib';
import { GateError } from '../model/errors.ts';
import type { Histogram } from '../model/histogram.ts';
import { BUCKET_COUNT, HIGHEST_VALUE, LOWEST_VALUE, SIGNIFICANT_DIGITS } from './bucket-layout.ts';

/**
 * The interchange format of HdrHistogram, version 2, compressed, as base64: what the HDR libraries of all languages call
 * `encodeIntoCompressedByteBuffer`. Layout (big endian), from the reference implementation's `AbstractHistogram`:
 *
 *   outer: cookie, length, zlib( inner )
 *   inner: cookie, payload length, normalizing offset, significant digits (4 bytes each),
 *          lowest value, highest value (8 bytes each), conversion ratio (double), payload
 *   payload: one ZigZag LEB128-64b9B number a bucket; −n stands for n empty buckets
 */
const INNER_COOKIE = 0x1c849313;
const OUTER_COOKIE = 0x1c849314;
const HEADER_BYTES = 40;
/** A payload number takes at most 9 bytes, so no honest histogram of this layout inflates to more. */
const MAX_INFLATED_BYTES = HEADER_BYTES + 9 * BUCKET_COUNT;
/** Deflate can make incompressible input a little larger; base64 makes 4 characters of 3 bytes. */
const MAX_TEXT_CHARS = Math.ceil((MAX_INFLATED_BYTES + 1_024) / 3) * 4;

/** Encodes a histogram as V2 compressed base64. Values are not changed: decoding gives the same buckets and counts. */
export const encodeHistogram = (histogram: Histogram): string => {
  const payload = encodePayload(histogram);
  const inner = Buffer.alloc(HEADER_BYTES + payload.length);
  inner.writeUInt32BE(INNER_COOKIE, 0);
  inner.writeUInt32BE(payload.length, 4);
  inner.writeUInt32BE(SIGNIFICANT_DIGITS, 12);
  inner.writeBigUInt64BE(BigInt(LOWEST_VALUE), 16);
  inner.writeBigUInt64BE(BigInt(HIGHEST_VALUE), 24);
  inner.writeDoubleBE(1, 32);
  inner.set(payload, HEADER_BYTES);
  const compressed = deflateSync(inner);
  const outer = Buffer.alloc(8);
  outer.writeUInt32BE(OUTER_COOKIE, 0);
  outer.writeUInt32BE(compressed.length, 4);
  return Buffer.concat([outer, compressed]).toString('base64');
};

/**
 * Decodes V2 compressed base64 from anywhere. Only this program's layout (1 µs to 1 h, 3 digits) is taken. Memory is
 * bounded by the layout whatever the input says. Throws `GateError` `baseline-unreadable`.
 */
export const decodeHistogram = (text: string): Histogram => {
  if (text.length > MAX_TEXT_CHARS) throw unreadable('it is too long');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) throw unreadable('it is not base64');
  const outer = Buffer.from(text, 'base64');
  if (outer.length < 8 || outer.readUInt32BE(0) !== OUTER_COOKIE)
    throw unreadable('it is not in the V2 compressed form');
  const length = outer.readUInt32BE(4);
  if (length > outer.length - 8) throw unreadable('it is cut short');
  // Bytes behind the stated length are allowed: hdr-histogram-js pads its buffer with zeros.
  const inner = inflate(outer.subarray(8, 8 + length));
  checkHeader(inner);
  return decodePayload(inner.subarray(HEADER_BYTES, HEADER_BYTES + inner.readUInt32BE(4)));
};

const unreadable = (why: string, cause?: unknown): GateError =>
  new GateError('baseline-unreadable', `a histogram cannot be read: ${why}`, { cause });

const inflate = (compressed: Buffer): Buffer => {
  try {
    return inflateSync(compressed, { maxOutputLength: MAX_INFLATED_BYTES });
  } catch (error) {
    throw unreadable('it does not decompress to a histogram', error);
  }
};

/**
 * hdr-histogram-js writes 1 as the normalizing offset, means nothing by it, and ignores it when reading; all others
 * write 0. The conversion ratio is not looked at: the Java library writes a double there and the JavaScript one an integer.
 */
const checkHeader = (inner: Buffer): void => {
  if (inner.length < HEADER_BYTES || inner.readUInt32BE(0) !== INNER_COOKIE) throw unreadable('it has no V2 header');
  if (inner.readUInt32BE(4) !== inner.length - HEADER_BYTES) throw unreadable('its length is not what it says');
  const sameLayout =
    inner.readUInt32BE(8) <= 1 &&
    inner.readUInt32BE(12) === SIGNIFICANT_DIGITS &&
    inner.readBigUInt64BE(16) === BigInt(LOWEST_VALUE) &&
    inner.readBigUInt64BE(24) === BigInt(HIGHEST_VALUE);
  if (!sameLayout) throw unreadable('its range or precision is not 1 µs to 1 h with 3 digits');
};

const encodePayload = ({ indexes, counts }: Histogram): Uint8Array => {
  const bytes: number[] = [];
  let next = 0;
  for (let i = 0; i < indexes.length; i++) {
    const gap = indexes[i]! - next;
    // The reference writes a single empty bucket as the count 0 and only longer gaps as a negative number.
    if (gap > 0) pushNumber(bytes, gap === 1 ? 0 : 2 * gap - 1);
    pushNumber(bytes, counts[i]! * 2);
    next = indexes[i]! + 1;
  }
  return Uint8Array.from(bytes);
};

/** Appends an already zigzagged number in LEB128. By arithmetic, since bit operators end at 2³²; exact up to 2⁵³. */
const pushNumber = (bytes: number[], zigzag: number): void => {
  let rest = zigzag;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
};

const decodePayload = (payload: Uint8Array): Histogram => {
  const indexes: number[] = [];
  const counts: number[] = [];
  let bucket = 0;
  let position = 0;
  while (position < payload.length) {
    const { zigzag, end } = readNumber(payload, position);
    position = end;
    if (zigzag % 2 === 1) bucket += (zigzag + 1) / 2;
    else {
      if (bucket >= BUCKET_COUNT) throw unreadable('it has too many buckets');
      if (zigzag > 0) {
        indexes.push(bucket);
        counts.push(zigzag / 2);
      }
      bucket += 1;
    }
  }
  if (bucket > BUCKET_COUNT) throw unreadable('it has too many buckets');
  return { indexes: Uint32Array.from(indexes), counts: Float64Array.from(counts) };
};

const readNumber = (payload: Uint8Array, start: number): { zigzag: number; end: number } => {
  let zigzag = 0;
  for (let i = 0; i < 8; i++) {
    const byte = payload[start + i];
    if (byte === undefined) throw unreadable('it is cut short');
    zigzag += (byte & 0x7f) * 2 ** (7 * i);
    if (zigzag > Number.MAX_SAFE_INTEGER) break;
    if (byte < 0x80) return { zigzag, end: start + i + 1 };
  }
  throw unreadable('a count is impossibly large');
};
