import type { Block, Counts } from '../model/measurement.ts';
import type { Subject } from '../model/slo.ts';
import type { ShareBlock } from '../stats/interval.ts';
import { droppedOf, endedOf, errorsOf, numberAt, requestsOf, total } from '../stats/measurement.ts';

type Count = (counts: Counts) => number;

/** What is counted, and among what. */
export interface ShareCounts {
  readonly part: Count;
  readonly whole: Count;
}

/** The subjects that are shares of something counted. */
export type ShareSubject = Extract<Subject, { kind: 'rate' | 'tally' | 'share' }>;

/** Requests that ended ok among those that ended. */
export const SUCCESS: ShareCounts = { part: (counts) => counts.ok, whole: endedOf };

const RATES: Readonly<Record<Extract<Subject, { kind: 'rate' }>['of'], ShareCounts>> = {
  error: { part: errorsOf, whole: endedOf },
  throttled: { part: (counts) => counts.throttled, whole: endedOf },
  dropped: { part: droppedOf, whole: requestsOf },
  hit: { part: ({ cache }) => cache.hit ?? 0, whole: ({ cache }) => (cache.hit ?? 0) + (cache.miss ?? 0) },
};

/** What a share is made of. Counts of a class or status are shares of the requests that ended. */
export const shareCounts = (subject: ShareSubject): ShareCounts => {
  switch (subject.kind) {
    case 'rate':
      return RATES[subject.of];
    case 'tally': {
      const { of } = subject;
      const part: Count =
        'status' in of
          ? (counts) => numberAt(counts.status, String(of.status))
          : (counts) => counts.errors[of.errorClass] ?? 0;
      return { part, whole: endedOf };
    }
    case 'share': {
      const names: (counts: Counts) => Counts['providers'] =
        subject.of === 'provider' ? (counts) => counts.providers : (counts) => counts.models;
      return { part: (counts) => numberAt(names(counts), subject.name), whole: (counts) => total(names(counts)) };
    }
  }
};

/** One block's part of a share. */
export const shareOf = ({ counts }: Block, { part, whole }: ShareCounts): ShareBlock => ({
  part: part(counts),
  whole: whole(counts),
});

export type PerSecond = Extract<Subject, { kind: 'per-second' }>['of'];

const PER_SECOND: Readonly<Record<PerSecond, Count>> = {
  throughput: (counts) => counts.ok,
  goodput: (counts) => counts.good,
  tokens: (counts) => counts.tokens.completion,
};

/** What is counted for a rate a second. */
export const countPerSecond = (of: PerSecond): Count => PER_SECOND[of];
