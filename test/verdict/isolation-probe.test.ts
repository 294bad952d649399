import { describe, expect, it } from 'vitest';
import type { ProbeCall, ProbeRun } from '../../src/model/probe.ts';
import { micros } from '../../src/model/units.ts';
import { readIsolationProbe } from '../../src/verdict/isolation-probe.ts';
import { aCall, anUpstreamCall, aProbeRun } from '../support/probe-builders.ts';

type Sent = Partial<ProbeCall> & { readonly step: string; readonly group: number };

const nonceOf = (group: number): string => `0${String(group).padStart(17, '0')}`;

/** Calls of a group have its nonce; 100 ms apart, but for those that are sent together. */
const callsOf = (sent: readonly Sent[]): readonly ProbeCall[] =>
  sent.map((each, id) =>
    aCall({
      id,
      nonce: nonceOf(each.group),
      echoes: [nonceOf(each.group)],
      tenant: 'a',
      cache: 'miss',
      ...(each.step === 'together' ? {} : { released: micros(1_000_000 + id * 100_000) }),
      ...each,
    }),
  );

const readingOf = (sent: readonly Sent[], overrides: Partial<ProbeRun> = {}) => {
  const { values, sights } = readIsolationProbe(aProbeRun({ calls: callsOf(sent), ...overrides }));
  const found = Object.entries(values).map(([name, value]) => [
    name.replace('isolation.', ''),
    value.kind === 'measured' ? value.value : value.reason,
  ]);
  return { values: Object.fromEntries(found), sights };
};

const PRIME: Sent = { step: 'prime', group: 1 };
const OWN: Sent = { step: 'own', group: 1, cache: 'hit' };
const other = (more: Partial<ProbeCall> = {}): Sent => ({ step: 'other', group: 1, tenant: 'b', ...more });
const mix = (group: number, more: Partial<ProbeCall> = {}): Sent => ({ step: 'mix', group, ...more });
const together = (tenant: string, more: Partial<ProbeCall> = {}): Sent => ({
  step: 'together',
  group: 5,
  tenant,
  ...more,
});
const DENIED = { status: 403, outcome: { kind: 'error', errorClass: 'auth', detail: '' }, echoes: [] } as const;

describe('what an isolation probe found', () => {
  it.each<[string, readonly Sent[], Readonly<Record<string, unknown>>]>([
    [
      'tenants apart',
      [PRIME, other(), OWN, mix(2), mix(3, { tenant: 'b' })],
      { cross_hits: 0, leaks: 0, auth_errors: 0 },
    ],
    ['an answer shared from the cache', [PRIME, other({ cache: 'hit' }), OWN], { cross_hits: 1, leaks: 1 }],
    [
      'a hit with an answer of its own',
      [PRIME, other({ cache: 'hit', content: 'another' }), OWN],
      { cross_hits: 1, leaks: 0 },
    ],
    [
      'a hit that is an error page',
      [PRIME, other({ cache: 'hit', ...DENIED }), OWN],
      { cross_hits: 0, leaks: 0, auth_errors: 1 },
    ],
    ['like answers that are no hits', [PRIME, other({ content: aCall().content }), OWN], { cross_hits: 0, leaks: 0 }],
    ['an answer shared under way', [PRIME, OWN, together('a'), together('b', { cache: 'hit' })], { cross_hits: 1 }],
    [
      'the nonce of another tenant',
      [PRIME, other(), OWN, mix(2), mix(3, { tenant: 'b', echoes: [nonceOf(2)] })],
      { leaks: 1 },
    ],
    [
      'the nonce of another prompt of the same tenant',
      [PRIME, OWN, mix(2), mix(3, { echoes: [nonceOf(2)] })],
      { leaks: 0 },
    ],
    [
      'the nonce of a prompt that both tenants sent',
      [PRIME, other(), OWN, mix(3, { tenant: 'b', echoes: [nonceOf(1)] })],
      { leaks: 0 },
    ],
    [
      'answers without nonces',
      [{ ...PRIME, echoes: [] }, other({ echoes: [] })],
      { leaks: expect.stringMatching(/^no answer holds/) },
    ],
    [
      'nothing in the cache',
      [PRIME, other(), { ...OWN, cache: 'miss' }],
      { cross_hits: expect.stringMatching(/nothing to share/) },
    ],
    [
      'nobody to tell hits',
      [{ ...PRIME, cache: undefined }, other({ cache: undefined })],
      { cross_hits: expect.stringMatching(/does not say/), leaks: 0 },
    ],
    [
      'nothing sent',
      [],
      {
        cross_hits: expect.any(String),
        leaks: expect.any(String),
        auth_errors: 'nothing was sent; see why the probe ended before',
      },
    ],
  ])('%s', (_, sent, expected) => {
    const { values, sights } = readingOf(sent);
    expect(values).toMatchObject(expected);
    expect(sights.some(({ kind }) => kind === 'bad')).toBe(Object.values(expected).some((value) => Number(value) > 0));
  });

  it('believes the providers: one call for two tenants is a call too few', () => {
    const sent = [PRIME, other(), OWN, together('a'), together('b')];
    const calls = callsOf(sent);
    const upstream = [0, 1, 3].map((id, index) => anUpstreamCall(calls[id]!, { index }));
    expect(readingOf(sent, { upstream }).values).toMatchObject({ cross_hits: 1 });
    const all = [0, 1, 3, 4].map((id, index) => anUpstreamCall(calls[id]!, { index }));
    expect(readingOf(sent, { upstream: all }).values).toMatchObject({ cross_hits: 0 });
  });

  it('names the pair, the direction and the calls', () => {
    const { sights } = readingOf([PRIME, other(), other({ cache: 'hit' }), OWN]);
    expect(sights[0]).toEqual({
      kind: 'bad',
      text: 'b got from the cache what a had asked for, 1 of 2 times',
      calls: [2],
    });
  });
});
