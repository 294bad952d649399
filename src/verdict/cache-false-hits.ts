import type { ProbeCall, ProbeSight } from '../model/probe.ts';
import { isForeign, NO_WITNESS } from './cache-evidence.ts';
import type { CacheFacts, Finding } from './cache-facts.ts';
import { examples } from './probe-sights.ts';
import { countValue, NO_HIT, notMeasured } from './probe-value.ts';
import { counted } from './wording.ts';

/**
 * Hits that must not be: of new prompts, of repeats with something changed, and answers of any call that speak of another
 * prompt. Changed repeats count only where the cache was shown to hold the prompt.
 */
export const readFalseHits = (facts: CacheFacts): Finding => {
  const { of, evidence, held, run } = facts;
  const isHit = (call: ProbeCall): boolean => evidence.isHit(call) === true;
  const fresh = ['kept', 'prime', 'healed'].flatMap(of);
  const changed = of('change').filter((call) => held.has(call.group));
  const kinds: readonly FalseKind[] = [
    { calls: fresh.filter(isHit), text: (count) => `${counted(count, 'new prompt')} came from the cache` },
    ...byVariant(changed.filter(isHit)),
    { calls: run.calls.filter(isForeign), text: (count) => `${counted(count, 'answer')} speak of another prompt` },
  ];
  const bad = kinds.flatMap(({ calls, text }): ProbeSight[] =>
    calls.length === 0 ? [] : [{ kind: 'bad', text: text(calls.length), calls: examples(calls) }],
  );
  const found = new Set(kinds.flatMap(({ calls }) => calls.map(({ id }) => id))).size;
  const told = [...fresh, ...changed].filter((call) => evidence.isHit(call) !== undefined);
  if (found > 0) return { value: countValue(found, Math.max(found, told.length)), sights: [...bad, ...untold(facts)] };
  if (evidence.witness === 'nobody') return { value: notMeasured(NO_WITNESS), sights: [] };
  if (held.size === 0) return { value: notMeasured(NO_HIT), sights: [] };
  const text = `none of ${counted(told.length, 'request')} that must not come from the cache did`;
  return { value: countValue(0, told.length), sights: [...untold(facts), { kind: 'good', text, calls: [] }] };
};

interface FalseKind {
  readonly calls: readonly ProbeCall[];
  readonly text: (count: number) => string;
}

const byVariant = (calls: readonly ProbeCall[]): readonly FalseKind[] =>
  variantsOf(calls).map((variant) => ({
    calls: calls.filter((call) => call.variant === variant),
    text: (count) => `${counted(count, 'repeat')} with a ${variant} came from the cache`,
  }));

const variantsOf = (calls: readonly ProbeCall[]): readonly string[] => [
  ...new Set(calls.flatMap(({ variant }) => variant ?? [])),
];

/** Changes of which no try was answered, so that nothing is known of them. */
const untold = ({ of, evidence, held }: CacheFacts): readonly ProbeSight[] =>
  variantsOf(of('change')).flatMap((variant): ProbeSight[] => {
    const tries = of('change').filter((call) => call.variant === variant);
    if (tries.some((call) => held.has(call.group) && evidence.isHit(call) !== undefined)) return [];
    const refused = tries.find(({ status }) => status !== undefined && status >= 300);
    const why = refused === undefined ? 'no repeat of its prompts came from the cache' : `status ${refused.status}`;
    return [{ kind: 'unknown', text: `nothing is known of a ${variant}: ${why}`, calls: examples(tries) }];
  });
