import type { ProbeCall, ProbeReading, ProbeRun, ProbeSight } from '../model/probe.ts';
import { type CacheEvidence, cacheEvidence, isAnswered, NO_WITNESS } from './cache-evidence.ts';
import { type Finding, readingOf } from './cache-facts.ts';
import { examples } from './probe-sights.ts';
import { countValue, notMeasured } from './probe-value.ts';
import { counted } from './wording.ts';

/** What an isolation probe found, by its SLO subjects. */
export const readIsolationProbe = (run: ProbeRun): ProbeReading => {
  const evidence = cacheEvidence(run, ({ step }) => step === 'prime' || step === 'mix');
  const facts: Facts = { run, evidence, of: (step) => run.calls.filter((call) => call.step === step) };
  const findings: Readonly<Record<string, Finding>> = {
    'isolation.leaks': readLeaks(facts),
    'isolation.cross_hits': readCrossHits(facts),
    'isolation.auth_errors': readAuthErrors(facts),
  };
  return {
    ...readingOf(findings),
    times: {},
    timeline: [],
  };
};

interface Facts {
  readonly run: ProbeRun;
  readonly evidence: CacheEvidence;
  readonly of: (step: string) => readonly ProbeCall[];
}

/** Answers that came from a cache, or from a call under way, that only another tenant had a right to. */
const readCrossHits = ({ evidence, of }: Facts): Finding => {
  if (evidence.witness === 'nobody') return unknown(NO_WITNESS);
  const told = of('other').filter((call) => evidence.isHit(call) !== undefined);
  const hits = told.filter((call) => evidence.isHit(call) === true);
  const shared = sharedCalls({ evidence, of });
  const count = hits.length + shared.length;
  const tries = told.length + of('together').filter(isAnswered).length;
  if (count === 0 && !of('own').some((call) => evidence.isHit(call) === true))
    return unknown("no tenant's own repeat came from the cache, so that there was nothing to share");
  return {
    value: countValue(count, tries),
    sights: [
      ...byPair(hits, told, of),
      ...(shared.length === 0 ? [] : [bad(`${counted(shared.length, 'request')} ${SHARED}`, shared)]),
      ...(count === 0
        ? [good(`none of ${counted(tries, 'request')} was answered with what another tenant had asked for`)]
        : []),
    ],
  };
};

const SHARED = "shared the call to the provider with another tenant's, sent at the same moment";

/** Of tenants that sent the same at once: those for whom no upstream call is left. */
const sharedCalls = ({ evidence, of }: Pick<Facts, 'evidence' | 'of'>): readonly ProbeCall[] => {
  const groups = Map.groupBy(of('together').filter(isAnswered), ({ group }) => group);
  return [...groups.values()].flatMap((calls) => {
    if (evidence.witness !== 'upstream') return calls.filter((call) => evidence.isHit(call) === true);
    const seen = new Set(calls.flatMap(evidence.upstreamOf).map(({ provider, index }) => `${provider} ${index}`));
    return calls.slice(Math.min(calls.length, seen.size));
  });
};

/** Answers that hold what only another tenant had sent, or that are another tenant's answer itself. */
const readLeaks = ({ run, evidence, of }: Facts): Finding => {
  const owners = new Map<string, Set<string | undefined>>();
  for (const { nonce, tenant } of run.calls) owners.set(nonce, (owners.get(nonce) ?? new Set()).add(tenant));
  const foreign = run.calls.filter(({ echoes, tenant }) =>
    echoes.some((nonce) => owners.get(nonce)?.has(tenant) === false),
  );
  const firsts = new Map(of('prime').map((call) => [call.group, call]));
  const given = of('other').filter(
    (call) =>
      evidence.isHit(call) === true && call.content !== undefined && call.content === firsts.get(call.group)?.content,
  );
  const count = new Set([...foreign, ...given].map(({ id }) => id)).size;
  const echoed = run.calls.filter(({ echoes }) => echoes.length > 0);
  if (count === 0 && echoed.length === 0)
    return unknown(
      'no answer holds the nonce of its prompt, so that it cannot be told whose it is; put ${nonce} into the prompt, and use a provider that echoes it',
    );
  const text = `none of ${counted(echoed.length, 'answer')} that name their prompt names one of another tenant`;
  return {
    value: countValue(count, Math.max(count, echoed.length)),
    sights: [
      ...(foreign.length === 0
        ? []
        : [bad(`${counted(foreign.length, 'answer')} hold what only another tenant had sent`, foreign)]),
      ...(count === 0 ? [good(text)] : []),
    ],
  };
};

/** 401 and 403: every key of the configuration is a valid one. */
const readAuthErrors = ({ run }: Facts): Finding => {
  const refused = run.calls.filter(({ outcome }) => outcome.kind === 'error' && outcome.errorClass === 'auth');
  const tenants = [...new Set(refused.flatMap(({ tenant }) => tenant ?? []))].join(', ');
  return {
    value:
      run.calls.length === 0
        ? notMeasured('nothing was sent; see why the probe ended before')
        : countValue(refused.length, run.calls.length),
    sights:
      refused.length === 0
        ? []
        : [bad(`${counted(refused.length, 'request')} of ${tenants} were refused as unauthorized`, refused)],
  };
};

/** One sight for each pair of tenants: how many of its tries were hits. */
const byPair = (hits: readonly ProbeCall[], tries: readonly ProbeCall[], of: Facts['of']): readonly ProbeSight[] => {
  const owners = new Map(of('prime').map(({ group, tenant }) => [group, tenant]));
  const pairOf = (call: ProbeCall): string =>
    `${call.tenant} got from the cache what ${owners.get(call.group)} had asked for`;
  return [...Map.groupBy(hits, pairOf)].map(([pair, found]) => {
    const all = tries.filter((call) => pairOf(call) === pair).length;
    return bad(`${pair}, ${found.length} of ${counted(all, 'time')}`, found);
  });
};

const bad = (text: string, calls: readonly ProbeCall[]): ProbeSight => ({ kind: 'bad', text, calls: examples(calls) });

const good = (text: string): ProbeSight => ({ kind: 'good', text, calls: [] });

const unknown = (reason: string): Finding => ({
  value: notMeasured(reason),
  sights: [{ kind: 'unknown', text: reason, calls: [] }],
});
