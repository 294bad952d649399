/** Uniform on 0–1, and what is made of it. The same seed gives the same numbers. */
export interface Random {
  readonly uniform: () => number;
  /** Standard normal. */
  readonly normal: () => number;
  /** With mean 1. */
  readonly exponential: () => number;
}

/** sfc32 (Chris Doty-Humphrey, PractRand): four words of state, fast in JavaScript, no known fault in 2⁵⁰ numbers. */
export const createRandom = (seed: number): Random => {
  const next = sfc32(seed);
  let spare: number | undefined;
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    // Marsaglia's polar method: no sine, and both of its numbers are used.
    for (;;) {
      const [u, v] = [2 * next() - 1, 2 * next() - 1];
      const square = u * u + v * v;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = v * scale;
      return u * scale;
    }
  };
  return { uniform: next, normal, exponential: () => -Math.log(1 - next()) };
};

const sfc32 = (seed: number): (() => number) => {
  let [a, b, c, d] = [seed | 0, 0x9e3779b9, 0x243f6a88, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
};
