import type { ProbeCall } from '../model/probe.ts';
import { isAnswered } from './cache-evidence.ts';
import type { CacheFacts, Finding } from './cache-facts.ts';
import { examples } from './probe-sights.ts';
import { countValue, notMeasured } from './probe-value.ts';
import { counted } from './wording.ts';

/** One crowd: how many of its requests were under way before the first was answered, and what they cost upstream. */
interface Crowd {
  readonly together: readonly ProbeCall[];
  /** Undefined where nobody can tell. */
  readonly upstream: number | undefined;
}

/** The largest number of upstream calls that a crowd of identical cold requests led to. */
export const readCrowds = (facts: CacheFacts): Finding => {
  const groups = [...new Set(facts.of('crowd').map(({ group }) => group))];
  const crowds = groups.map((group) =>
    readCrowd(
      facts.of('crowd').filter((call) => call.group === group),
      facts,
    ),
  );
  if (crowds.length === 0)
    return { value: notMeasured('no crowd was released; see why the probe ended before'), sights: [] };
  const real = crowds.filter(({ together }) => together.length > 1);
  if (real.length === 0)
    return {
      value: notMeasured(
        'the first request was answered before a second was under way; ask for longer answers, or raise crowd',
      ),
      sights: [],
    };
  const told = real.flatMap(({ together, upstream }) => (upstream === undefined ? [] : [{ together, upstream }]));
  const [worst] = told.toSorted((one, other) => other.upstream - one.upstream);
  if (worst === undefined) return { value: notMeasured(WHY_UNTOLD), sights: [] };
  const { together, upstream } = worst;
  const text = `${counted(together.length, 'identical cold request')} released together became ${counted(upstream, 'upstream call')}`;
  return {
    value: countValue(upstream, together.length),
    sights: [{ kind: upstream === 1 ? 'good' : upstream > 2 ? 'bad' : 'plain', text, calls: examples(together) }],
  };
};

const WHY_UNTOLD =
  'neither a status of the gateway nor the answers tell how many upstream calls a crowd led to, and no simulated provider saw them; name one under providers: behind the gateway';

const readCrowd = (calls: readonly ProbeCall[], { evidence }: CacheFacts): Crowd => {
  const answered = calls.filter(isAnswered);
  const firstEnd = Math.min(...answered.map(({ end }) => end));
  const together = answered.filter(({ written }) => written !== undefined && written < firstEnd);
  return { together, upstream: evidence.witness === 'upstream' ? seenUpstream(calls, evidence) : claimed(answered) };
};

/** Calls that a provider failed are not counted: what follows them is a retry, which the failover probe judges. */
const seenUpstream = (calls: readonly ProbeCall[], { upstreamOf }: CacheFacts['evidence']): number => {
  const seen = calls.flatMap(upstreamOf).filter(({ status }) => status === undefined || status < 400);
  return new Set(seen.map(({ provider, index }) => `${provider} ${index}`)).size;
};

/** By the gateway's status; where it has none, unlike answers show unlike calls, and like ones show nothing. */
const claimed = (answered: readonly ProbeCall[]): number | undefined => {
  if (answered.every(({ cache }) => cache !== undefined)) return answered.filter(({ cache }) => cache !== 'hit').length;
  const contents = new Set(answered.map(({ content }) => content)).size;
  return contents > 1 ? contents : undefined;
};
