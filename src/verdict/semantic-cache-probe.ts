import type { LabelledPrompt, ProbeCall, ProbeReading, ProbeRun, ProbeSight, ProbeValue } from '../model/probe.ts';
import { shareInterval } from '../stats/interval.ts';
import { type CacheEvidence, cacheEvidence, NO_WITNESS } from './cache-evidence.ts';
import { timeOf } from './cache-facts.ts';
import { countValue, notMeasured, shareValue } from './probe-value.ts';
import { counted, percent } from './wording.ts';

/** Examples of a kind that are shown. */
const MAX_EXAMPLES = 5;

/** Two-sided, so that its upper end is passed with a probability of 5 % only. */
const BOUND_CONFIDENCE = 0.9;

/** What a semantic-cache probe found, by its SLO subjects, and the times of its hits and misses. */
export const readSemanticCacheProbe = (run: ProbeRun): ProbeReading => {
  const evidence = cacheEvidence(run, ({ step }) => step === 'prime');
  const facts = factsOf(run, evidence);
  const { nearMisses, falseHits, paraphrases, hits, wrong } = facts;
  const why =
    evidence.witness === 'nobody'
      ? NO_WITNESS
      : 'no prompt of the set was answered and new to the cache; empty the cache, and see why requests fail';
  const count = (found: readonly ProbeCall[], all: readonly ProbeCall[]): ProbeValue =>
    all.length === 0 ? notMeasured(why) : countValue(found.length, all.length);
  return {
    values: {
      'semantic.recall': shareValue(hits.length - wrong.length, paraphrases.length, why),
      'semantic.false_hit_rate': shareValue(falseHits.length, nearMisses.length, why),
      'semantic.false_hit_bound': boundOf(falseHits.length, nearMisses.length, why),
      'semantic.false_hits': count(falseHits, nearMisses),
      'semantic.wrong_hits': count(wrong, paraphrases),
    },
    times: { miss: facts.primes.map(timeOf), hit: hits.filter(({ outcome }) => outcome.kind === 'ok').map(timeOf) },
    sights: sightsOf(facts, why),
    timeline: [],
  };
};

/** The calls whose prompt was answered and was not in the cache before. */
interface Facts {
  readonly pairs: readonly LabelledPrompt[];
  readonly primes: readonly ProbeCall[];
  /** Prompts that were in the cache already. */
  readonly known: readonly ProbeCall[];
  readonly nearMisses: readonly ProbeCall[];
  readonly falseHits: readonly ProbeCall[];
  readonly paraphrases: readonly ProbeCall[];
  readonly hits: readonly ProbeCall[];
  /** Hits that brought another answer than that of their prompt. */
  readonly wrong: readonly ProbeCall[];
}

const factsOf = ({ spec, calls }: ProbeRun, { isHit }: CacheEvidence): Facts => {
  const firsts = calls.filter(({ step }) => step === 'prime');
  const primes = firsts.filter((call) => call.outcome.kind === 'ok' && isHit(call) === false);
  const contents = new Map(primes.map(({ group, content }) => [group, content]));
  const told = (step: string): readonly ProbeCall[] =>
    calls.filter((call) => call.step === step && contents.has(call.group) && isHit(call) !== undefined);
  const hits = told('paraphrase').filter((call) => isHit(call) === true);
  return {
    pairs: spec.kind === 'semantic-cache' ? spec.pairs : [],
    primes,
    known: firsts.filter((call) => isHit(call) === true),
    nearMisses: told('near-miss'),
    falseHits: told('near-miss').filter((call) => isHit(call) === true),
    paraphrases: told('paraphrase'),
    hits,
    wrong: hits.filter(({ group, content }) => content !== undefined && contents.get(group) !== content),
  };
};

/** The rate that the false hits stay below with 95 % confidence, by the exact binomial interval. */
const boundOf = (part: number, whole: number, why: string): ProbeValue => {
  const interval = shareInterval([{ part, whole }], BOUND_CONFIDENCE);
  return interval === undefined
    ? notMeasured(why)
    : { kind: 'measured', value: interval[1], unit: 'ratio', samples: whole, interval: undefined };
};

const sightsOf = (facts: Facts, why: string): readonly ProbeSight[] => {
  const { pairs, known, nearMisses, falseHits, paraphrases, hits, wrong } = facts;
  const pairOf = ({ group }: ProbeCall): LabelledPrompt | undefined => pairs[group];
  const bound = boundOf(falseHits.length, nearMisses.length, why);
  const most = bound.kind === 'measured' ? percent(bound.value) : '';
  const sights: readonly (ProbeSight | undefined)[] = [
    ...falseHits
      .slice(0, MAX_EXAMPLES)
      .map((call) => bad(`“${pairOf(call)?.nearMiss}” got the answer to “${pairOf(call)?.prompt}”`, call)),
    ...wrong
      .slice(0, MAX_EXAMPLES)
      .map((call) =>
        bad(`“${pairOf(call)?.paraphrase}” got an answer that is not that to “${pairOf(call)?.prompt}”`, call),
      ),
    nearMisses.length + paraphrases.length > 0 ? undefined : sight('unknown', why),
    known.length === 0
      ? undefined
      : sight('unknown', `${counted(known.length, 'prompt')} were in the cache before they were sent`),
    nearMisses.length === 0
      ? undefined
      : sight(
          falseHits.length === 0 ? 'good' : 'bad',
          `${falseHits.length} of ${counted(nearMisses.length, 'near-miss prompt')} came from the cache: with 95 % confidence, fewer than ${most} do`,
        ),
    paraphrases.length === 0
      ? undefined
      : sight(
          hits.length === 0 ? 'plain' : 'good',
          `${hits.length - wrong.length} of ${counted(paraphrases.length, 'paraphrase')} came from the cache${topicsOf(facts)}`,
        ),
  ];
  return sights.filter((each) => each !== undefined);
};

/** The topics without a hit, where others have some. */
const topicsOf = ({ pairs, paraphrases, hits }: Facts): string => {
  const topics = (calls: readonly ProbeCall[]): ReadonlySet<string> =>
    new Set(calls.flatMap(({ group }) => pairs[group]?.topic ?? []));
  const found = topics(hits);
  const without = [...topics(paraphrases)].filter((topic) => !found.has(topic));
  return hits.length === 0 || without.length === 0 ? '' : `; none on ${without.join(', ')}`;
};

const sight = (kind: ProbeSight['kind'], text: string): ProbeSight => ({ kind, text, calls: [] });

const bad = (text: string, { id }: ProbeCall): ProbeSight => ({ kind: 'bad', text, calls: [id] });
