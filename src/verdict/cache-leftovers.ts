import { NO_WITNESS } from './cache-evidence.ts';
import type { CacheFacts, Finding } from './cache-facts.ts';
import { examples } from './probe-sights.ts';
import { countValue, NO_HIT, NO_PROVIDER, notMeasured } from './probe-value.ts';
import { counted } from './wording.ts';

/** Errors that were answered again although the providers were healed, without asking one of them. */
export const readCachedErrors = ({ of, run, evidence }: CacheFacts): Finding => {
  const why = whyNoErrors({ of, run });
  if (why !== undefined) return { value: notMeasured(why), sights: [] };
  const failed = new Set(of('fail').flatMap(({ outcome, group }) => (outcome.kind === 'error' ? [group] : [])));
  const again = of('again').filter(({ group }) => failed.has(group));
  const cached = again.filter((call) => call.outcome.kind === 'error' && evidence.upstreamOf(call).length === 0);
  const text =
    cached.length === 0
      ? `${counted(again.length, 'failed request')} reached a provider when repeated`
      : `${counted(cached.length, 'error')} of ${again.length} came again after the providers were healed, without a call to one`;
  return {
    value: countValue(cached.length, again.length),
    sights: [{ kind: cached.length === 0 ? 'good' : 'bad', text, calls: examples(cached) }],
  };
};

const whyNoErrors = ({ of, run }: Pick<CacheFacts, 'of' | 'run'>): string | undefined => {
  if (run.upstream === undefined) return NO_PROVIDER;
  if (of('again').length === 0) return 'no failed request was repeated; see what the probe left out';
  if (!of('fail').some(({ outcome }) => outcome.kind === 'error'))
    return 'the gateway answered although every simulated provider failed; take other upstreams out of it';
  return of('healed').some(({ outcome }) => outcome.kind === 'ok')
    ? undefined
    : 'the gateway did not use the providers again after they were healed; shorten its cooldown';
};

/** Hits of answers that are older than the time to live. */
export const readStaleHits = ({ of, run, evidence, held }: CacheFacts): Finding => {
  const { spec } = run;
  if (spec.kind !== 'cache' || spec.ttl === undefined)
    return { value: notMeasured('the probe has no ttl; set it to how long the cache keeps an answer'), sights: [] };
  if (evidence.witness === 'nobody') return { value: notMeasured(NO_WITNESS), sights: [] };
  const told = of('expired').filter((call) => evidence.isHit(call) !== undefined);
  if (told.length === 0)
    return { value: notMeasured('no expired prompt was answered; see why requests fail'), sights: [] };
  if (held.size === 0) return { value: notMeasured(NO_HIT), sights: [] };
  const stale = told.filter((call) => evidence.isHit(call) === true);
  const text = `${stale.length} of ${counted(told.length, 'repeat')} after the time to live came from the cache`;
  return {
    value: countValue(stale.length, told.length),
    sights: [{ kind: stale.length === 0 ? 'good' : 'bad', text, calls: examples(stale) }],
  };
};
