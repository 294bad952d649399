import { compareWithTruth, type ErrorStatistics, spreadOf, stalledTruth } from './error-statistics.ts';
import { type Bench, type EngineRun, runEngine } from './measure.ts';
import type { PeerResult } from './peer-output.ts';
import type { Peer, PeerLoad } from './peers.ts';
import type { Case, Observation, Section } from './section.ts';
import { runShipped } from './shipped.ts';
import { answeredRate, type TrueRequest } from './truth-log.ts';

/** How long and how much. Durations in seconds. */
export interface Extent {
  readonly warmup: number;
  readonly duration: number;
  readonly rates: readonly number[];
  /** Rate at which the tools are compared. */
  readonly peerRate: number;
  readonly omission: { readonly duration: number; readonly stallMs: number };
  readonly streams: readonly number[];
  readonly streamTokens: number;
  readonly slowStreams: { readonly count: number; readonly tokens: number; readonly intervalMs: number };
  /** Measured phases of growing length in which the cost of a request is to stay the same. */
  readonly costDurations: readonly number[];
}

const OURS = 'Gatemark';
const US = 1_000_000;
const USERS = 50;
/** The server's latency where it has one, µs. */
const DELAY = 20_000;
const OMISSION_RATE = 100;

/** Requests in flight that a rate may need, with room for a stall. */
const roomFor = (rate: number): number => Math.min(5_000, Math.max(200, Math.ceil(rate / 2)));

const ms = (micros: number | undefined): number | undefined => (micros === undefined ? undefined : micros / 1_000);

const percent = (share: number | undefined): number | undefined => (share === undefined ? undefined : share * 100);

export const throughputSection = (bench: Bench, extent: Extent, peers: readonly Peer[]): Section => ({
  key: 'throughput',
  title: `Throughput: closed loop, ${USERS} connections, no latency`,
  subject: 'tool',
  columns: [
    { key: 'rate', title: 'requests/s', digits: 0 },
    { key: 'ratio', title: '× autocannon', digits: 2, ratio: { of: 'rate', row: 'autocannon' } },
    { key: 'cpu', title: 'CPU a request, µs', digits: 1 },
  ],
  cases: [
    ...(['product', 'undici'] as const).map((thread) =>
      ours(thread === 'undici' ? `${OURS} on undici` : OURS, async () => {
        await bench.server.prepare({ delay: 0 });
        const load = { ...plain(extent), arrival: { users: USERS }, concurrency: USERS };
        const run = await runEngine(bench, load, thread);
        return observed(run, { rate: rateOf(await bench.server.log(), extent), cpu: cpuPerRequest(run) });
      }),
    ),
    ...peers.map((peer) =>
      theirs(peer.name, async () => {
        await bench.server.prepare({ delay: 0 });
        const duration = extent.warmup + extent.duration;
        const run = await peer.run(
          { url: bench.server.url, connections: USERS, duration, rate: undefined },
          bench.folder,
        );
        const log = await bench.server.log();
        return { values: { rate: rateOf(log, extent), cpu: (run.cpu * US) / log.length }, cpu: run.cpu };
      }),
    ),
  ],
});

/** One rule for every tool: by the server's log, from the end of the warm-up. */
const rateOf = (log: readonly TrueRequest[], { warmup, duration }: Extent): number | undefined =>
  answeredRate(log, warmup * US, duration * US);

/** Of the load thread in the measured phase, µs. */
const cpuPerRequest = ({ report }: EngineRun): number | undefined =>
  report.cpu === undefined ? undefined : (report.cpu * report.duration) / (report.ok + report.errors);

export const accuracySection = (bench: Bench, extent: Extent): Section => ({
  key: 'accuracy',
  title: "Accuracy: open loop, each request's error against the server's log, ms",
  subject: 'rate',
  columns: [
    { key: 'p50', title: 'error p50', digits: 2 },
    { key: 'p95', title: 'p95', digits: 2 },
    { key: 'p99', title: 'p99', digits: 2 },
    { key: 'service', title: 'of service time, p99', digits: 2 },
    { key: 'lag', title: 'release lag p99', digits: 2 },
    { key: 'cpu', title: 'CPU, % of a core', digits: 0 },
    { key: 'sent', title: 'arrivals sent, %', digits: 2 },
  ],
  cases: extent.rates.map((rate) =>
    ours(`${rate}/s`, async () => {
      await bench.server.prepare({ delay: DELAY });
      const planned = rate * extent.duration;
      const run = await runEngine(
        bench,
        { ...plain(extent), arrival: { rate }, concurrency: roomFor(rate) },
        { requests: planned + 1 },
      );
      const { response, service, lag, ...rest } = compareWithTruth(run.measured, await bench.server.log());
      const values = {
        p50: ms(response?.p50),
        p95: ms(response?.p95),
        p99: ms(response?.p99),
        service: ms(service?.p99),
        lag: ms(lag?.p99),
        cpu: percent(run.report.cpu),
        sent: (run.measured.length * 100) / planned,
      };
      return observed(run, values, rest);
    }),
  ),
});

export const reportedSection = (bench: Bench, extent: Extent, peers: readonly Peer[]): Section => ({
  key: 'reported',
  title: `What each tool says at ${extent.peerRate}/s, beside the server's log of the same requests, ms`,
  subject: 'tool',
  columns: [
    ...(['p50', 'p95', 'p99'] as const).flatMap((key) => [
      { key, title: key, digits: 1 },
      { key: `true-${key}`, title: `true ${key}`, digits: 1 },
    ]),
    { key: 'rate', title: 'requests/s', digits: 0 },
    { key: 'cpu', title: 'CPU a request, µs', digits: 0 },
  ],
  cases: [
    ours(OURS, async () => {
      await bench.server.prepare({ delay: DELAY });
      const arrival = { rate: extent.peerRate };
      const run = await runEngine(bench, { ...plain(extent), arrival, concurrency: roomFor(extent.peerRate) });
      return observed(run, {
        ...said(
          { p50: ms(run.report.p50), p95: ms(run.report.p95), p99: ms(run.report.p99) },
          await bench.server.log(),
        ),
        rate: rateOf(await bench.server.log(), extent),
        cpu: cpuPerRequest(run),
      });
    }),
    ...peers
      .filter((peer) => peer.holdsRate)
      .map((peer) =>
        theirs(peer.name, async () => {
          await bench.server.prepare({ delay: DELAY });
          const run = await peer.run(pacedLoad(bench, extent, extent.peerRate, 100), bench.folder);
          const log = await bench.server.log();
          const values = { ...said(run, log), rate: rateOf(log, extent), cpu: (run.cpu * US) / log.length };
          return { values, cpu: run.cpu };
        }),
      ),
  ],
});

const pacedLoad = ({ server }: Bench, extent: Extent, rate: number, connections: number): PeerLoad => ({
  url: server.url,
  connections,
  duration: extent.warmup + extent.duration,
  rate,
});

const said = ({ p50, p95, p99 }: PeerResult, log: readonly TrueRequest[]) => {
  const truth = spreadOf(log.map(({ received, last }) => last - received));
  return { p50, p95, p99, 'true-p50': ms(truth?.p50), 'true-p95': ms(truth?.p95), 'true-p99': ms(truth?.p99) };
};

/** Connections of the tools that pace themselves, and of those that cannot: two answers of 20 ms a time are 100 a second. */
const PACED_CONNECTIONS = 5;
const UNPACED_CONNECTIONS = 2;

export const omissionSection = (bench: Bench, extent: Extent, peers: readonly Peer[]): Section => {
  const { duration, stallMs } = extent.omission;
  const count = OMISSION_RATE * duration;
  const before = Math.round(count / 5);
  const stall = { at: (before * US) / OMISSION_RATE, length: stallMs * 1_000 };
  const truth = stalledTruth({ rate: OMISSION_RATE, count, delay: DELAY, stall });
  const row = (p99: number | undefined) => {
    const expected = ms(truth?.p99);
    const off = p99 === undefined || expected === undefined ? undefined : ((p99 - expected) * 100) / expected;
    return { p99, true: expected, off };
  };
  return {
    key: 'omission',
    title: `Omission: ${OMISSION_RATE} requests/s for ${duration} s, in which the server lets nothing out for ${stallMs} ms once`,
    subject: 'tool',
    columns: [
      { key: 'p99', title: 'p99 it says, ms', digits: 0 },
      { key: 'true', title: 'true p99, ms', digits: 0 },
      { key: 'off', title: 'off by, %', digits: 1 },
    ],
    cases: [
      ours(OURS, async () => {
        await bench.server.prepare({ delay: DELAY });
        await bench.server.stall(stall.length, before + OMISSION_RATE * extent.warmup);
        const load = { ...plain(extent), duration, arrival: { rate: OMISSION_RATE }, concurrency: 500 };
        const run = await runEngine(bench, load);
        return observed(run, row(ms(run.report.p99)));
      }),
      ...peers.map((peer) =>
        theirs(peer.name, async () => {
          await bench.server.prepare({ delay: DELAY });
          await bench.server.stall(stall.length, before);
          const connections = peer.holdsRate ? PACED_CONNECTIONS : UNPACED_CONNECTIONS;
          const run = await peer.run(
            { url: bench.server.url, connections, duration, rate: OMISSION_RATE },
            bench.folder,
          );
          return { values: row(run.p99), cpu: run.cpu };
        }),
      ),
    ],
  };
};

const TOKEN_INTERVAL_MS = 10;

export const streamSection = (bench: Bench, extent: Extent): Section => ({
  key: 'streams',
  title: `Streams: ${extent.streamTokens} tokens each, one every ${TOKEN_INTERVAL_MS} ms; last row: slow ones, all open at once`,
  subject: 'streams at once',
  columns: [
    { key: 'ttft', title: 'TTFT error p99, ms', digits: 2 },
    { key: 'gap', title: 'token gap error p99, ms', digits: 2 },
    { key: 'lag', title: 'release lag p99, ms', digits: 2 },
    { key: 'events', title: 'tokens counted, %', digits: 2 },
    { key: 'failed', title: 'streams failed', digits: 0 },
    { key: 'cpu', title: 'CPU, % of a core', digits: 0 },
  ],
  cases: [
    ...extent.streams.map((count) => {
      const length = (DELAY / 1_000 + extent.streamTokens * TOKEN_INTERVAL_MS) / 1_000;
      // A multiple of four, so that no arrival is split between warm-up and measured phase.
      const rate = Math.round(count / length / 4) * 4;
      return ours(`${count}`, () =>
        measureStreams(bench, {
          load: { ...plain(extent), arrival: { rate }, concurrency: count * 3, tokens: extent.streamTokens },
          intervalMs: TOKEN_INTERVAL_MS,
          planned: rate * extent.duration,
        }),
      );
    }),
    slowStreams(bench, extent.slowStreams),
  ],
});

/** All are opened within half of the time that one lasts. */
const slowStreams = (bench: Bench, { count, tokens, intervalMs }: Extent['slowStreams']): Case => {
  const duration = Math.ceil((tokens * intervalMs) / 2_000);
  const arrival = { rate: count / duration };
  return ours(`${count} slow`, () =>
    measureStreams(bench, {
      load: { warmup: 0, duration, arrival, concurrency: count + 100, tokens },
      intervalMs,
      planned: count,
    }),
  );
};

const measureStreams = async (
  bench: Bench,
  { load, intervalMs, planned }: { load: Parameters<typeof runEngine>[1]; intervalMs: number; planned: number },
) => {
  await bench.server.prepare({ delay: DELAY, interval: intervalMs * 1_000 });
  const run = await runEngine(bench, load, { requests: planned + 10 });
  const { ttft, gap, lag, tokens, ...rest } = compareWithTruth(run.measured, await bench.server.log());
  const values = {
    ttft: ms(ttft?.p99),
    gap: ms(gap?.p99),
    lag: ms(lag?.p99),
    events: (tokens * 100) / (planned * load.tokens!),
    failed: planned - run.report.ok,
    cpu: percent(run.report.cpu),
  };
  return observed(run, values, rest);
};

export const costSection = (bench: Bench, extent: Extent): Section => ({
  key: 'cost',
  title: `Flat cost: the shipped command, ${USERS} users without a pause, measured for longer and longer`,
  subject: 'measured for',
  columns: [
    { key: 'requests', title: 'requests', digits: 0 },
    { key: 'cpu', title: 'CPU a request, µs', digits: 1 },
    { key: 'loadRss', title: 'highest RSS of the load, MB', digits: 0 },
    { key: 'rss', title: 'with the report, MB', digits: 0 },
  ],
  cases: extent.costDurations.map((duration) =>
    ours(`${duration} s`, async () => {
      await bench.server.prepare({ delay: 0 });
      const load = { ...plain(extent), duration, arrival: { users: USERS }, concurrency: USERS };
      const { ok, cpuPerRequest, loadRss, rss, cpu, problems } = await runShipped(bench, load);
      return { values: { requests: ok, cpu: cpuPerRequest, loadRss, rss }, cpu, problems };
    }),
  ),
});

const plain = ({ warmup, duration }: Extent) => ({ warmup, duration, tokens: undefined });

const ours = (name: string, measure: () => Promise<Observation>): Case => ({ name, measure });

const theirs = (name: string, measure: () => Promise<Omit<Observation, 'problems'>>): Case => ({
  name,
  measure: async () => ({ ...(await measure()), problems: [] }),
});

/** Adds what the comparison with the server's log found. */
const observed = (
  run: EngineRun,
  values: Observation['values'],
  against?: Pick<ErrorStatistics, 'unmatched' | 'miscounted'>,
): Observation => ({
  values,
  cpu: run.cpu,
  problems: [
    ...run.problems,
    ...(against === undefined || against.unmatched === 0
      ? []
      : [`${against.unmatched} requests are not in the server's log`]),
    ...(against === undefined || against.miscounted === 0
      ? []
      : [`${against.miscounted} streams with another number of tokens than the server wrote`]),
  ],
});
