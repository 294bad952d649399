import { describe, expect, it } from 'vitest';
import { fromSeconds } from '../../src/model/units.ts';
import { probeNeeds } from '../../src/plan/probe-needs.ts';
import { type ProbeWorld, probeWorld } from '../support/probe-world.ts';

/** For a gateway that knows words and not what they mean: a paraphrase has the same in another order. */
const PAIRS = [
  ['account', 'How do I reset my password?', 'My password, how do I reset?', 'How do I reset my router?'],
  ['orders', 'When does my parcel arrive?', 'My parcel, when does arrive?', 'When does my train arrive?'],
  ['travel', 'Is breakfast in the price?', 'In the price, is breakfast?', 'Is parking in the price?'],
  ['health', 'May I drink with this drug?', 'With this drug, may I drink?', 'May I drive with this drug?'],
  ['code', 'How do I sort a long list?', 'A long list, how do I sort?', 'How do I print a long list?'],
].map(([topic, prompt, paraphrase, near_miss]) => ({ topic, prompt, paraphrase, near_miss }));

const SLOS = ['semantic.recall >= 80%', 'semantic.false_hit_rate <= 5%', 'semantic.wrong_hits == 0'];

const probed = (world: ProbeWorld = {}, keys = `pairs: ${JSON.stringify(PAIRS)}`, request = CHAT) =>
  probeWorld(`scenarios: {alike: {probe: semantic-cache, ${keys}, ${request}, slo: [${SLOS.join(', ')}]}}`, {
    gateway: { cache: { enabled: true, ttl: fromSeconds(60), threshold: 0.9 } },
    ...world,
  });
const CHAT =
  'endpoint: chat, body: {model: small, messages: [{role: system, content: "Help. ${nonce}"}, {role: user, content: "${prompt}"}]}';

const broken = (verdicts: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(verdicts).flatMap(([text, status]) => (status === 'pass' ? [] : [`${status} ${text}`]));

describe.concurrent('the semantic-cache probe', () => {
  it.each([true, false])('passes a careful cache; with instruments: %s', async (instrumented) => {
    const { values, verdicts, run, sights } = await probed({ instrumented });
    expect(broken(verdicts)).toEqual([]);
    expect(values).toMatchObject({ 'semantic.recall': 1, 'semantic.false_hits': 0 });
    // 1 − 0.05^(1/5): none of five says no more.
    expect(values['semantic.false_hit_bound']).toBeCloseTo(0.4507, 4);
    expect(run.calls.length).toBeLessThanOrEqual(probeNeeds(run.spec).requests);
    expect(sights).toEqual([
      'good: 0 of 5 near-miss prompts came from the cache: with 95 % confidence, fewer than 45.1 % do',
      'good: 5 of 5 paraphrases came from the cache',
    ]);
  });

  it('finds a threshold that is too low, and shows what it did', async () => {
    const { values, verdicts, sights } = await probed({ fault: 'semantic-loose' });
    expect(broken(verdicts)).toEqual(['fail semantic.false_hit_rate <= 5%']);
    expect(values).toMatchObject({ 'semantic.recall': 1, 'semantic.false_hit_rate': 1 });
    expect(sights).toContain('bad: “How do I reset my router?” got the answer to “How do I reset my password?”');
  });

  it('finds an exact cache that is none', async () => {
    const { values } = await probed({ fault: 'semantic-loose', gateway: {} });
    expect(values).toMatchObject({ 'semantic.false_hit_rate': 1 });
  });

  it('works with nothing configured', async () => {
    const careful = await probed({}, 'settle: 2s');
    // From Paris to Lyon or back, a string to an integer or back, up or down: words alone do not tell.
    expect(careful.values).toMatchObject({ 'semantic.false_hits': 3, 'semantic.recall': 0 });
    expect(careful.run.calls.filter(({ step }) => step === 'prime')).toHaveLength(20);
    const loose = await probed({ fault: 'semantic-loose' }, 'settle: 2s');
    expect(loose.values['semantic.false_hit_rate']).toBeGreaterThan(0.5);
  });

  it('finds that a gateway has no such cache', async () => {
    const { values, sights } = await probed({ gateway: {} });
    expect(values).toMatchObject({ 'semantic.recall': 0, 'semantic.false_hits': 0 });
    expect(sights).toContain('plain: 0 of 5 paraphrases came from the cache');
  });

  it('puts its prompts wherever the body has a place for them', async () => {
    const request =
      'endpoint: responses, body: {model: small, input: [{role: user, content: ["${nonce}", "<${prompt}>"]}]}';
    const { run, values } = await probed({}, `pairs: ${JSON.stringify(PAIRS.slice(0, 1))}`, request);
    const steps = run.calls.filter(({ step }) => step !== 'settle');
    expect(new Set(steps.map(({ request: number }) => number)).size).toBe(1);
    expect(new Set(run.upstream?.map(({ bodyHash }) => bodyHash)).size).toBe(4);
    expect(values).toMatchObject({ 'semantic.recall': 0 });
  });
});
