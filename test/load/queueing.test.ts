import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/config/random.ts';
import { Queueing } from '../../src/load/queueing.ts';

/** Requests to `servers` servers with exponential service times of mean 1, first come first served, busy to `load` (0–1). */
const simulate = (servers: number, load: number, seed: string, blocks = 40, perBlock = 200) => {
  const random = createRandom(seed);
  const exponential = (mean: number): number => -mean * Math.log(1 - random.next());
  const queueing = new Queueing();
  for (let block = 0; block < blocks; block++) {
    let now = 0;
    const free = Array<number>(servers).fill(0);
    let ends: number[] = [];
    for (let index = 0; index < perBlock; index++) {
      now += exponential(1 / (servers * load));
      ends = ends.filter((end) => end > now);
      const server = free.indexOf(Math.min(...free));
      const end = Math.max(now, free[server]!) + exponential(1);
      free[server] = end;
      queueing.add(block, ends.length, end - now);
      ends.push(end);
    }
  }
  return queueing.share();
};

describe('the share of waiting', () => {
  it.each<[number, number, number]>([
    [1, 0.2, 0.2],
    [1, 0.5, 0.5],
    // Less than it, as each block begins without a queue.
    [1, 0.75, 0.68],
    // 1 − (1 − load²) for two servers.
    [2, 0.5, 0.25],
    [16, 0.5, 0],
  ])('of %i servers busy to %f is %f', (servers, load, expected) => {
    const found = simulate(servers, load, `${servers} ${load}`)!;
    expect(Math.abs(found.share - expected)).toBeLessThan(0.08);
    expect(found.error).toBeGreaterThan(0);
    expect(found.error).toBeLessThan(0.08);
  });

  it('is not claimed where nothing waits: of 100 services without a queue, hardly one by more than two errors', () => {
    const claims = Array.from({ length: 100 }, (_, index) => simulate(1_000, 0.005, `seed ${index}`, 30, 40)!);
    expect(claims.filter(({ share, error }) => share - 2 * error > 0.1).length).toBeLessThanOrEqual(2);
  });

  it('is not known from little, or where there were always as many others', () => {
    expect(new Queueing().share()).toBeUndefined();
    const steady = new Queueing();
    for (let index = 0; index < 1_000; index++) steady.add(index % 20, 3, Math.sin(index) + 2);
    expect(steady.share()).toBeUndefined();
    const few = new Queueing();
    for (let index = 0; index < 100; index++) few.add(index % 20, index % 3, 1);
    expect(few.share()).toBeUndefined();
  });
});
