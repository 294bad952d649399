import type { ProbeReading, ProbeRun, ProbeSight, ProbeValue } from '../model/probe.ts';
import { shareInterval } from '../stats/interval.ts';
import { examples, worstFirst } from './probe-sights.ts';
import { countValue, notMeasured, quantileValue } from './probe-value.ts';
import { type StreamFacts, streamFacts } from './stream-facts.ts';
import { counted, inWords, percent } from './wording.ts';

/** Of the intervals, two-sided. */
const CONFIDENCE = 0.95;

/** Providers that send tokens faster than this leave no room for a gap that is no burst, µs. */
const SHORTEST_INTERVAL = 7_000;

/** The generator sees two events together that came apart when its event loop is late by that much half of the time, µs. */
const LATE = 5_000;

/** A larger share of bursts is no stream any more. */
const MOSTLY = 0.5;

const NO_STREAM = 'no stream was answered with status 200; see why they fail';
const NOT_KNOWN = 'no simulated provider tells what it sent; name one under providers: behind the gateway';

/** What a stream probe found: whether streams come as they are made, and whole. */
export const readStream = (run: ProbeRun): ProbeReading => {
  const streams = streamFacts(run);
  const ok = streams.filter(({ call }) => call.outcome.kind === 'ok');
  const burst = burstShare(run, ok);
  return {
    values: {
      'stream.truncated': counting(streams, ({ isTruncated }) => isTruncated, NO_STREAM),
      'stream.altered': counting(ok, ({ isAltered }) => isAltered, NOT_KNOWN),
      'stream.usage_missing': counting(ok, ({ call }) => call.usage === undefined, NO_STREAM),
      'stream.burst_share': burst,
      'stream.buffered': counting(
        ok,
        ({ isBuffered }) => isBuffered,
        run.upstream === undefined
          ? NOT_KNOWN
          : 'the providers took most of the time until their first token; ask for longer answers',
      ),
      'stream.added_ttft.p95': quantileValue(addedOf(ok), 0.95, NOT_KNOWN),
    },
    times: {
      latency: ok.map(({ call }) => call.end - call.released),
      ttft: ok.flatMap(({ call }) => (call.firstContent === undefined ? [] : [call.firstContent - call.released])),
      itl: ok.flatMap(({ call }) => call.gaps),
    },
    sights: sightsOf(run, streams, burst),
    timeline: [],
  };
};

/** How many of those of which it can be told. */
const counting = (
  streams: readonly StreamFacts[],
  isSo: (stream: StreamFacts) => boolean | undefined,
  whyNone: string,
): ProbeValue => {
  const told = streams.map(isSo).filter((each) => each !== undefined);
  return told.length === 0 ? notMeasured(whyNone) : countValue(told.filter(Boolean).length, told.length);
};

const addedOf = (streams: readonly StreamFacts[]): readonly number[] =>
  streams.flatMap(({ addedTtft }) => addedTtft ?? []);

/** The gaps of one stream depend on each other: it is a block of its own. */
const burstShare = ({ lateness }: ProbeRun, streams: readonly StreamFacts[]): ProbeValue => {
  const blocks = streams.filter(({ gaps }) => gaps > 0).map(({ bursts, gaps }) => ({ part: bursts, whole: gaps }));
  const gaps = blocks.reduce((sum, { whole }) => sum + whole, 0);
  if (gaps === 0) return notMeasured('no stream had two events with content; ask for longer answers');
  const usual = median(streams.flatMap(({ interval }) => interval ?? []));
  if (usual < SHORTEST_INTERVAL)
    return notMeasured(
      `the providers sent their tokens ${inWords(usual, 'us')} apart, which looks like a burst by itself; use providers that take longer for a token`,
    );
  if ((lateness?.p50 ?? 0) > LATE)
    return notMeasured(
      `the generator's own event loop was late by ${inWords(lateness!.p50, 'us')} half of the time; use a quieter machine`,
    );
  return {
    kind: 'measured',
    value: blocks.reduce((sum, { part }) => sum + part, 0) / gaps,
    unit: 'ratio',
    samples: gaps,
    interval: shareInterval(blocks, CONFIDENCE),
  };
};

/** The upper one of two; infinite without any. */
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.POSITIVE_INFINITY;

const sightsOf = (run: ProbeRun, streams: readonly StreamFacts[], burst: ProbeValue): readonly ProbeSight[] => {
  const failed = run.calls.filter(({ status, outcome }) => status !== 200 && outcome.kind !== 'ok');
  const sights: readonly ProbeSight[] = [
    tally(streams, ({ isTruncated }) => isTruncated, 'broke off before their end'),
    tally(streams, ({ isAltered }) => isAltered, 'had another text than the provider sent'),
    tally(streams, ({ isBuffered }) => isBuffered, "were held back to their end, while the provider's flowed"),
    burstSight(burst),
    ...(failed.length === 0 ? [] : [plain(`${counted(failed.length, 'request')} got no stream`, examples(failed))]),
    ...slowest(streams),
  ].flatMap((each) => each ?? []);
  return worstFirst(sights);
};

const tally = (
  streams: readonly StreamFacts[],
  isSo: (stream: StreamFacts) => boolean | undefined,
  words: string,
): ProbeSight | undefined => {
  const told = streams.filter((each) => isSo(each) !== undefined);
  if (told.length === 0) return undefined;
  const found = told.filter((each) => isSo(each) === true);
  return {
    kind: found.length === 0 ? 'good' : 'bad',
    text: `${found.length} of ${counted(told.length, 'stream')} ${words}`,
    calls: examples(found.map(({ call }) => call)),
  };
};

const burstSight = (burst: ProbeValue): ProbeSight => {
  if (burst.kind === 'unmeasured')
    return { kind: 'unknown', text: `bursts were not counted: ${burst.reason}`, calls: [] };
  return {
    kind: burst.value > MOSTLY ? 'bad' : 'good',
    text: `${percent(burst.value)} of ${burst.samples} events came in a burst, less than 5 ms behind the one before`,
    calls: [],
  };
};

const slowest = (streams: readonly StreamFacts[]): readonly ProbeSight[] => {
  const added = addedOf(streams);
  return added.length === 0
    ? []
    : [plain(`the first token came at most ${inWords(Math.max(...added), 'us')} later than it left the provider`, [])];
};

const plain = (text: string, calls: readonly number[]): ProbeSight => ({ kind: 'plain', text, calls });
