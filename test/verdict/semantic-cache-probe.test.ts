import { describe, expect, it } from 'vitest';
import type { LabelledPrompt, ProbeCall } from '../../src/model/probe.ts';
import { micros } from '../../src/model/units.ts';
import { readSemanticCacheProbe } from '../../src/verdict/semantic-cache-probe.ts';
import { aCall, aProbeRun } from '../support/probe-builders.ts';

type Sent = Partial<ProbeCall> & { readonly step: string; readonly group: number };

const PAIRS: readonly LabelledPrompt[] = ['orders', 'travel', 'code'].map((topic, index) => ({
  topic,
  prompt: `prompt ${index}`,
  paraphrase: `paraphrase ${index}`,
  nearMiss: `near miss ${index}`,
}));

const readingOf = (sent: readonly Sent[]) => {
  const calls = sent.map((each, id) => aCall({ id, released: micros(id * 100_000), cache: 'miss', ...each }));
  const spec = { kind: 'semantic-cache' as const, pairs: PAIRS, settle: micros(1) };
  const { values, sights, times } = readSemanticCacheProbe(aProbeRun({ spec, calls }));
  const found = Object.entries(values).map(([name, value]) => [
    name.replace('semantic.', ''),
    value.kind === 'measured' ? Number(value.value.toFixed(4)) : value.reason,
  ]);
  return { values: Object.fromEntries(found), raw: values, sights, times };
};

/** All three calls of a pair. */
const pair = (group: number, near: Partial<ProbeCall> = {}, same: Partial<ProbeCall> = { cache: 'hit' }): Sent[] => [
  { step: 'prime', group },
  { step: 'near-miss', group, ...near },
  { step: 'paraphrase', group, ...same },
];
const HIT = { cache: 'hit' } as const;
const ERROR = { status: 500, outcome: { kind: 'error', errorClass: 'gateway', detail: '' } } as const;

describe('what a semantic-cache probe found', () => {
  it.each<[string, readonly Sent[], Readonly<Record<string, unknown>>]>([
    ['all well', [...pair(0), ...pair(1)], { recall: 1, false_hit_rate: 0, false_hits: 0, wrong_hits: 0 }],
    ['a near miss that hits', [...pair(0, HIT), ...pair(1)], { recall: 1, false_hit_rate: 0.5, false_hits: 1 }],
    ['a paraphrase that misses', [...pair(0, {}, {}), ...pair(1)], { recall: 0.5, false_hit_rate: 0 }],
    [
      'a hit with another answer',
      [...pair(0, {}, { ...HIT, content: 'other' }), ...pair(1)],
      { recall: 0.5, wrong_hits: 1 },
    ],
    [
      'a prompt that failed',
      [{ ...pair(0, HIT)[0]!, ...ERROR }, ...pair(0, HIT).slice(1), ...pair(1)],
      { recall: 1, false_hits: 0 },
    ],
    ['a near miss that failed', [...pair(0, { ...ERROR, ...HIT }), ...pair(1)], { recall: 1, false_hits: 0 }],
    [
      'a prompt that was known',
      [{ ...pair(0, HIT)[0]!, ...HIT }, ...pair(0, HIT).slice(1), ...pair(1)],
      { false_hits: 0 },
    ],
    [
      'nothing new',
      [{ ...pair(0)[0]!, ...HIT }, ...pair(0).slice(1)],
      {
        recall: expect.stringMatching(/new to the cache/),
        false_hit_bound: expect.any(String),
        wrong_hits: expect.any(String),
      },
    ],
    [
      'nobody to tell hits',
      pair(0, { cache: undefined }, { cache: undefined }).map((call) => ({ ...call, cache: undefined })),
      { recall: expect.stringMatching(/does not say/) },
    ],
    ['nothing', [], { recall: expect.any(String), false_hits: expect.any(String) }],
  ])('%s', (_, sent, expected) => {
    expect(readingOf(sent).values).toMatchObject(expected);
  });

  it('has exact intervals, and a bound that none of so few can get below', () => {
    const { raw, values } = readingOf([...pair(0), ...pair(1, HIT), ...pair(2)]);
    // Clopper–Pearson of 1 in 3, two-sided 95 %; the upper end of the two-sided 90 %.
    const rate = raw['semantic.false_hit_rate'];
    expect(rate?.kind === 'measured' && rate.interval?.map((end) => Number(end.toFixed(4)))).toEqual([0.0084, 0.9057]);
    expect(values.false_hit_bound).toBe(0.8646);
  });

  it('shows what was mistaken for what, and names the topics without a hit', () => {
    const { sights, times } = readingOf([...pair(0, HIT), ...pair(1, {}, {}), ...pair(2)]);
    expect(sights.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'bad: “near miss 0” got the answer to “prompt 0”',
      'bad: 1 of 3 near-miss prompts came from the cache: with 95 % confidence, fewer than 86.5 % do',
      'good: 2 of 3 paraphrases came from the cache; none on travel',
    ]);
    expect(times).toEqual({ miss: [50_000, 50_000, 50_000], hit: [50_000, 50_000] });
  });
});
