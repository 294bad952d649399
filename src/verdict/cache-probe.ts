import type { ProbeReading, ProbeRun } from '../model/probe.ts';
import { readCrowds } from './cache-crowds.ts';
import { NO_WITNESS } from './cache-evidence.ts';
import { type CacheFacts, cacheFacts, type Finding, readingOf, timeOf } from './cache-facts.ts';
import { readFalseHits } from './cache-false-hits.ts';
import { readCachedErrors, readStaleHits } from './cache-leftovers.ts';
import { examples } from './probe-sights.ts';
import { countValue, NO_HIT, NO_PROVIDER, notMeasured, shareValue } from './probe-value.ts';
import { counted } from './wording.ts';

/** What a cache probe found, by its SLO subjects, and the times of its hits and misses. */
export const readCacheProbe = (run: ProbeRun): ProbeReading => {
  const facts = cacheFacts(run);
  const findings: Readonly<Record<string, Finding>> = {
    'cache.hit_rate': readHitRate(facts),
    'cache.false_hits': readFalseHits(facts),
    'cache.changed_hits': readChangedHits(facts),
    'cache.stale_hits': readStaleHits(facts),
    'cache.cached_errors': readCachedErrors(facts),
    'cache.amplification': readCrowds(facts),
    'cache.wrong_status': readWrongStatus(facts),
  };
  return {
    ...readingOf(findings),
    times: { miss: timesOf(facts, 'prime', false), hit: timesOf(facts, 'repeat', true) },
    timeline: run.marks.map(({ at, text }) => ({ at, text, call: undefined })),
  };
};

const timesOf = ({ of, evidence }: CacheFacts, step: string, isHit: boolean): readonly number[] =>
  of(step)
    .filter((call) => call.outcome.kind === 'ok' && evidence.isHit(call) === isHit)
    .map(timeOf);

/** Of repeats whose first request was answered as expected. */
const readHitRate = ({ of, evidence, primes, held }: CacheFacts): Finding => {
  const { witness } = evidence;
  if (witness === 'nobody')
    return { value: notMeasured(NO_WITNESS), sights: [{ kind: 'unknown', text: NO_WITNESS, calls: [] }] };
  const due = of('repeat').filter(
    (call) => primes.get(call.group)?.outcome.kind === 'ok' && evidence.isHit(call) !== undefined,
  );
  const missed = due.filter(({ group }) => !held.has(group));
  const hits = due.length - missed.length;
  const value = shareValue(hits, due.length, 'no prompt was answered twice; see why requests fail');
  const text = `${hits} of ${counted(due.length, 'repeat')} came from the cache, by ${WITNESSES[witness]}`;
  const kind = hits === 0 ? 'bad' : missed.length === 0 ? 'good' : 'plain';
  return { value, sights: due.length === 0 ? [] : [{ kind, text, calls: examples(missed) }] };
};

const WITNESSES = { upstream: "the providers' count of calls", gateway: "the gateway's own status" } as const;

/** Hits that are not what was answered the first time. */
const readChangedHits = ({ of, primes, held }: CacheFacts): Finding => {
  const compared = of('repeat').filter(
    ({ group, content }) => held.has(group) && content !== undefined && primes.get(group)?.content !== undefined,
  );
  if (compared.length === 0) return { value: notMeasured(NO_HIT), sights: [] };
  const changed = compared.filter(({ group, content }) => primes.get(group)?.content !== content);
  const text =
    changed.length === 0
      ? 'every hit is what was answered the first time'
      : `${counted(changed.length, 'hit')} of ${compared.length} differ from what was answered the first time`;
  return {
    value: countValue(changed.length, compared.length),
    sights: [{ kind: changed.length === 0 ? 'good' : 'bad', text, calls: examples(changed) }],
  };
};

/** Answers of which the gateway says that they came from the cache, and the providers that they did not, or the other way round. */
const readWrongStatus = ({ of, evidence }: CacheFacts): Finding => {
  if (evidence.witness !== 'upstream') return { value: notMeasured(NO_PROVIDER), sights: [] };
  const told = ['prime', 'repeat', 'change']
    .flatMap(of)
    .filter((call) => call.cache !== undefined && evidence.isHit(call) !== undefined);
  if (told.length === 0)
    return {
      value: notMeasured('the gateway says nothing about its cache; set gateway.dialect to say where it does'),
      sights: [],
    };
  const wrong = told.filter((call) => (call.cache === 'hit') !== evidence.isHit(call));
  const text = `${counted(wrong.length, 'answer')} of ${told.length} say of the cache what the providers' count of calls refutes`;
  return {
    value: countValue(wrong.length, told.length),
    sights: wrong.length === 0 ? [] : [{ kind: 'bad', text, calls: examples(wrong) }],
  };
};
