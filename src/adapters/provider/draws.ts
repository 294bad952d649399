import { hash } from 'node:crypto';
import { type Micros, micros } from '../../model/units.ts';

/** Two points of a lognormal distribution. `p95 >= p50 > 0`; equal points mean a constant, which may be 0. */
export interface LatencySpec {
  readonly p50: Micros;
  readonly p95: Micros;
}

/** Everything random about one answer. The same seed and identity give the same draws, in whatever order requests come. */
export interface Draws {
  /** Standard normal deviates. */
  readonly latency: number;
  readonly ttft: number;
  /** Uniform in [0, 1). */
  readonly length: number;
  readonly interval: number;
  readonly prose: number;
}

/** The 0.95 quantile of the standard normal distribution. */
const Z95 = 1.6448536269514722;

/** Draws everything about one answer from a SHA-256 of seed and identity: common random numbers for both sides of a comparison. */
export const drawAnswer = (seed: string, identity: string): Draws => {
  const digest = hash('sha256', `${seed}\0${identity}`, 'buffer');
  return {
    latency: normal(word(digest, 0), word(digest, 1)),
    ttft: normal(word(digest, 2), word(digest, 3)),
    length: word(digest, 4),
    interval: word(digest, 5),
    prose: word(digest, 6),
  };
};

/** Uniform in [0, 1), from seed, purpose and identity. Different purposes are independent of each other. */
export const drawShare = (seed: string, purpose: string, identity: string): number =>
  word(hash('sha256', `${seed}\0${purpose}\0${identity}`, 'buffer'), 0);

/** The lognormal value through p50 and p95 at `deviate` standard deviations: ln X = ln p50 + z·(ln p95 − ln p50)/1.645. */
export const lognormalAt = (spec: LatencySpec, deviate: number): Micros =>
  micros(spec.p50 === spec.p95 ? spec.p50 : spec.p50 * Math.exp((deviate * Math.log(spec.p95 / spec.p50)) / Z95));

const word = (digest: Buffer, index: number): number => digest.readUInt32BE(index * 4) / 2 ** 32;

/** Box–Muller. The first uniform is moved off zero, whose logarithm does not exist. */
const normal = (first: number, second: number): number =>
  Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second);
