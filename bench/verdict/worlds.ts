import { createRandom, type Random } from './random.ts';
import type { Requests } from './requests.ts';

/** A gateway and what is around it, to be measured. */
export interface World {
  readonly name: string;
  readonly about: string;
  readonly isStream: boolean;
  /** One run, on one machine. */
  readonly begin: (random: Random) => Weather;
}

/** One run of a world, block after block in time, whichever gateway a block belongs to. */
export interface Weather {
  /** Before both blocks of a pair: what both are sent alike. */
  readonly nextPair: (count: number) => void;
  /** Fills in what happened to the requests of one block; service took `slower` times as long (1 = unchanged). */
  readonly send: (requests: Requests, slower: number) => void;
}

const MS = 1_000;

/** A world in which requests do not know of each other. */
const independent =
  (draw: (random: Random) => number): World['begin'] =>
  (random) => ({
    nextPair: () => {},
    send: ({ latency, failed }, slower) => {
      for (let i = 0; i < latency.length; i++) latency[i] = draw(random) * slower;
      failed.fill(0);
    },
  });

const lognormal =
  (medianMs: number, sigma: number) =>
  (random: Random): number =>
    medianMs * MS * Math.exp(sigma * random.normal());

const serviceTime = lognormal(300, 0.9);

/** Mean of a lognormal. */
const MEAN_SERVICE = 300 * MS * Math.exp(0.9 ** 2 / 2);

const cached = (random: Random): number =>
  random.uniform() < 0.6 ? lognormal(20, 0.5)(random) : lognormal(400, 0.6)(random);

/** One in 25 waits for a provider that has no bound to speak of: Pareto, shape 1.5, cut off at a timeout of 60 s. */
const heavyTailed = (random: Random): number =>
  random.uniform() < 0.04
    ? Math.min(60_000 * MS, 600 * MS * (1 - random.uniform()) ** (-1 / 1.5))
    : lognormal(250, 0.6)(random);

const SERVERS = 8;

/** M/G/8: Poisson arrivals, the same for both gateways of a pair; a block begins at rest, since gateways are drained. */
const queue =
  (load: number): World['begin'] =>
  (random) => {
    let arrivals = new Float64Array(0);
    const free = new Float64Array(SERVERS);
    return {
      nextPair: (count) => {
        if (arrivals.length !== count) arrivals = new Float64Array(count);
        const gap = MEAN_SERVICE / (SERVERS * load);
        let at = 0;
        for (let i = 0; i < count; i++) arrivals[i] = at += random.exponential() * gap;
      },
      send: ({ latency, failed }, slower) => {
        free.fill(0);
        for (let i = 0; i < latency.length; i++) {
          let first = 0;
          for (let server = 1; server < SERVERS; server++) if (free[server]! < free[first]!) first = server;
          const end = Math.max(free[first]!, arrivals[i]!) + serviceTime(random) * slower;
          free[first] = end;
          latency[i] = end - arrivals[i]!;
        }
        failed.fill(0);
      },
    };
  };

/** Slows a world down by a factor that moves on with every tenth of a block. */
const under =
  (inner: World['begin'], weatherOf: (random: Random) => () => number): World['begin'] =>
  (random) => {
    const calm = inner(random);
    const nextFactor = weatherOf(random);
    return {
      nextPair: calm.nextPair,
      send: (requests, slower) => {
        calm.send(requests, slower);
        const { latency, ttft } = requests;
        const step = Math.max(1, Math.ceil(latency.length / 10));
        for (let i = 0, factor = 1; i < latency.length; i++) {
          if (i % step === 0) factor = nextFactor();
          latency[i]! *= factor;
          ttft[i]! *= factor;
        }
      },
    };
  };

/** A first-order autoregressive logarithm: 25 % standard deviation, and a correlation of 0.7 from one block to the next. */
const slowSwings = (random: Random): (() => number) => {
  const keep = 0.7 ** (1 / 10);
  let level = 0.25 * random.normal();
  return () => {
    level = keep * level + 0.25 * Math.sqrt(1 - keep ** 2) * random.normal();
    return Math.exp(level);
  };
};

/** Something else on the machine: three times as slow, for a third of a block on average, one step in twenty. */
const neighbour = (random: Random): (() => number) => {
  let isBusy = false;
  return () => {
    isBusy = isBusy ? random.uniform() < 0.7 : random.uniform() < 0.016;
    return isBusy ? 3 : 1;
  };
};

/** From the first request to the last by 40 % faster, as where code warms up or a disk fills its cache. */
const warmingUp = (): (() => number) => {
  let steps = 0;
  return () => 1 + 0.4 * Math.exp(-steps++ / 250);
};

/** The same for a whole run: how much machines differ. */
const perRun =
  (spread: number) =>
  (random: Random): (() => number) => {
    const factor = Math.exp(spread * random.normal());
    return () => factor;
  };

/** Errors, one in 500, and `size` in a row in one of so many blocks. */
const failing =
  (inner: World['begin'], bursts: { readonly size: number; readonly oneIn: number }): World['begin'] =>
  (random) => {
    const calm = inner(random);
    return {
      nextPair: calm.nextPair,
      send: (requests, slower) => {
        calm.send(requests, slower);
        const { failed } = requests;
        for (let i = 0; i < failed.length; i++) failed[i] = random.uniform() < 0.002 ? 1 : 0;
        if (random.uniform() >= 1 / bursts.oneIn) return;
        const from = Math.floor(random.uniform() * failed.length);
        failed.fill(1, from, Math.min(failed.length, from + bursts.size));
      },
    };
  };

/** Answers of 120 tokens: lognormal time to the first, then a speed that differs from answer to answer. */
const streams: World['begin'] = (random) => ({
  nextPair: () => {},
  send: ({ latency, ttft, failed }, slower) => {
    for (let i = 0; i < latency.length; i++) {
      ttft[i] = lognormal(300, 0.5)(random) * slower;
      latency[i] = ttft[i]! + 120 * lognormal(12, 0.25)(random) * slower;
    }
    failed.fill(0);
  },
});

/** A simulated provider that draws its time from the request's identity: both sides of a pair meet the same times. */
const sameProvider: World['begin'] = (random) => {
  let provider = new Float64Array(0);
  const gateway = lognormal(8, 0.5);
  return {
    nextPair: (count) => {
      provider = new Float64Array(count);
      for (let i = 0; i < count; i++) provider[i] = serviceTime(random);
    },
    send: ({ latency, failed }, slower) => {
      for (let i = 0; i < latency.length; i++) latency[i] = provider[i]! * slower + gateway(random);
      failed.fill(0);
    },
  };
};

const world = (name: string, about: string, begin: World['begin'], isStream = false): World => ({
  name,
  about,
  isStream,
  begin,
});

/** Where two gateways are measured in one run. */
export const LIVE_WORLDS: readonly World[] = [
  world('lognormal', 'σ = 0.9, requests independent', independent(serviceTime)),
  world('cache', '60 % hits at 20 ms, misses at 400 ms', independent(cached)),
  world('heavy tail', 'one in 25 Pareto, shape 1.5', independent(heavyTailed)),
  world('queue, 25 % load', 'M/G/8, lognormal service', queue(0.25)),
  world('queue, 50 % load', 'M/G/8, lognormal service', queue(0.5)),
  world('queue, 75 % load', 'M/G/8, lognormal service', queue(0.75)),
  world('slow swings', 'shared AR(1), 25 %', under(independent(serviceTime), slowSwings)),
  world('noisy neighbour', 'three times as slow, now and then', under(independent(serviceTime), neighbour)),
  world('warming up', '40 % slower at first', under(independent(serviceTime), warmingUp)),
  world(
    'error bursts',
    '0.2 % errors, five in a row once a side',
    failing(independent(serviceTime), { size: 5, oneIn: 40 }),
  ),
  world(
    'error storms',
    '0.2 % errors, twenty in a row twice a side',
    failing(independent(serviceTime), { size: 20, oneIn: 20 }),
  ),
  world('token streams', 'three gating measures', streams, true),
  world('same provider', 'both sides meet the same provider times', sameProvider),
];

/** Where a run is compared with earlier ones. */
export const STORED_WORLDS: readonly World[] = [
  world('runs differ by 3 %', 'lognormal σ = 0.9', under(independent(serviceTime), perRun(0.03))),
  world('runs differ by 10 %', 'lognormal σ = 0.9', under(independent(serviceTime), perRun(0.1))),
  world('runs differ by 20 %', 'lognormal σ = 0.9', under(independent(serviceTime), perRun(0.2))),
  world('queue, 50 % load, 10 %', 'M/G/8, runs differ by 10 %', under(queue(0.5), perRun(0.1))),
  world(
    'error bursts, 10 %',
    '0.2 % errors, five in a row',
    failing(under(independent(serviceTime), perRun(0.1)), { size: 5, oneIn: 40 }),
  ),
];

const CALIBRATION = { requests: 100, blocks: 4_000, seed: 20_261_122 } as const;

/**
 * How many times as long service has to take for the true p95 of the responses to rise by that share. Where nobody waits for
 * anybody that is 1 + rise; in a queue it is less. By bisection over 400,000 requests, the same ones each time.
 */
export const slowdownFor = (world: World, rise: number): number => {
  if (rise === 0) return 1;
  const before = p95Of(world, 1);
  let [low, high] = [1, 1 + rise];
  if (p95Of(world, high) <= before * (1 + rise) * 1.001) return high;
  while (high - low > 0.000_5) {
    const middle = (low + high) / 2;
    if (p95Of(world, middle) > before * (1 + rise)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
};

const p95Of = (world: World, slower: number): number => {
  const { requests, blocks, seed } = CALIBRATION;
  const weather = world.begin(createRandom(seed));
  const all = new Float64Array(requests * blocks);
  const unused = new Float64Array(requests);
  const failed = new Uint8Array(requests);
  for (let block = 0; block < blocks; block++) {
    weather.nextPair(requests);
    weather.send({ latency: all.subarray(block * requests, (block + 1) * requests), ttft: unused, failed }, slower);
  }
  all.sort();
  return all[Math.floor(0.95 * all.length)]!;
};
