/** A stream of seeded random numbers. The same seed gives the same stream on every machine. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** A uniform whole number, both ends included. Both are safe integers and span fewer than 2^53 values. */
  int(min: number, max: number): number;
}

type Words = readonly [number, number, number, number];

const rotateLeft = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/**
 * xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021): 128 bits of state, period
 * 2^128 − 1, passes BigCrush. Not for secrets.
 */
class Xoshiro128 implements Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor([a, b, c, d]: Words) {
    this.#a = a;
    this.#b = b;
    this.#c = c;
    // The one state from which the generator never leaves is all zeros.
    this.#d = (a | b | c | d) === 0 ? 1 : d;
  }

  /** The next 32 bits, as an unsigned number. */
  word(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotateLeft(this.#d, 11);
    return result;
  }

  next(): number {
    const high = this.word() >>> 5;
    const low = this.word() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }
}

/** MurmurHash3's 32-bit finalizer (Appleby, public domain): a bijection of 32-bit words in which every bit depends on every bit. */
export const mixBits = (word: number): number => {
  let mixed = word ^ (word >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};

/** MurmurHash3 x86_32 (Appleby, public domain) of the text's UTF-8 bytes, as an unsigned number. */
export function hashText(text: string, seed: number): number {
  const bytes = new TextEncoder().encode(text);
  const body = bytes.length - (bytes.length % 4);
  let hash = seed;
  for (let at = 0; at < body; at += 4) {
    hash = rotateLeft(hash ^ scramble(littleEndian(bytes, at, 4)), 13);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  if (body < bytes.length) hash ^= scramble(littleEndian(bytes, body, bytes.length - body));
  return mixBits(hash ^ bytes.length);
}

const scramble = (word: number): number => Math.imul(rotateLeft(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);

function littleEndian(bytes: Uint8Array, at: number, count: number): number {
  let word = 0;
  for (let byte = 0; byte < count; byte += 1) word |= bytes[at + byte]! << (8 * byte);
  return word;
}

/** 128 bits of a text: its hash under four unlike seeds. */
const hashWords = (text: string): Words => [
  hashText(text, 0x9e3779b9),
  hashText(text, 0x243f6a88),
  hashText(text, 0xb7e15162),
  hashText(text, 0x6a09e667),
];

/** One name of two parts that no other two parts have. */
export const seedOf = (seed: string, part: string): string => `${seed}\u0000${part}`;

/** The stream of a seed. Any text is a seed, the empty one as well. */
export const createRandom = (seed: string): Random => new Xoshiro128(hashWords(seed));

/**
 * The streams of a scenario's requests, by request index (a whole number below 2^32). A request's stream does not depend on
 * any other request's, so that two gateways, or two shards, are sent the same request i. Hashes the names once: a stream
 * costs four word mixes, not four hashes of text.
 */
export function createRequestRandoms(seed: string, scenario: string): (index: number) => Random {
  const [a, b, c, d] = hashWords(seedOf(seed, scenario));
  return (index) => {
    const mixed = mixBits(index ^ a);
    return new Xoshiro128([mixed, mixBits(mixed ^ b), mixBits((mixed + c) | 0), mixBits(index ^ d)]);
  };
}

/** The stream of one request; see `createRequestRandoms`, which is cheaper for many. */
export const requestRandom = (seed: string, scenario: string, index: number): Random =>
  createRequestRandoms(seed, scenario)(index);

/** The generator itself from a given state, for comparison with its published sequence. */
export const generatorFrom = (state: Words): { word(): number } => new Xoshiro128(state);
