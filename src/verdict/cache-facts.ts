import type { ProbeCall, ProbeReading, ProbeRun, ProbeSight, ProbeValue } from '../model/probe.ts';
import { type CacheEvidence, cacheEvidence } from './cache-evidence.ts';
import { worstFirst } from './probe-sights.ts';

/** One number of a probe, and what was seen of it. */
export interface Finding {
  readonly value: ProbeValue;
  readonly sights: readonly ProbeSight[];
}

/** The numbers by their subjects, and all that was seen. */
export const readingOf = (findings: Readonly<Record<string, Finding>>): Pick<ProbeReading, 'values' | 'sights'> => ({
  values: Object.fromEntries(Object.entries(findings).map(([subject, { value }]) => [subject, value])),
  sights: worstFirst(Object.values(findings).flatMap(({ sights }) => sights)),
});

/** The calls of a cache probe, and what is known of them. */
export interface CacheFacts {
  readonly run: ProbeRun;
  readonly evidence: CacheEvidence;
  readonly of: (step: string) => readonly ProbeCall[];
  /** The first call of each prompt that is repeated, by group. */
  readonly primes: ReadonlyMap<number, ProbeCall>;
  /** Groups whose repeat came from the cache: there a changed repeat could do so as well. */
  readonly held: ReadonlySet<number>;
}

/** Steps whose calls bring prompts that are new. */
const NEW: readonly string[] = ['kept', 'prime', 'healed'];

export const cacheFacts = (run: ProbeRun): CacheFacts => {
  const evidence = cacheEvidence(run, ({ step }) => NEW.includes(step));
  const of = (step: string): readonly ProbeCall[] => run.calls.filter((call) => call.step === step);
  const hits = of('repeat').filter((call) => evidence.isHit(call) === true);
  return {
    run,
    evidence,
    of,
    primes: new Map(of('prime').map((call) => [call.group, call])),
    held: new Set(hits.map(({ group }) => group)),
  };
};

/** Release to end, µs. */
export const timeOf = ({ released, end }: ProbeCall): number => end - released;
