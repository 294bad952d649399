import { describe, expect, it } from 'vitest';
import { createMask, maskRun } from '../../src/app/mask-secrets.ts';
import type { FailureGroup } from '../../src/model/run.ts';
import { aCall, anUpstreamCall, aProbeRun } from '../support/probe-builders.ts';
import { run } from '../support/report-builders.ts';

const SECRET = 'sk-live/0123456789"abcdef';

const detailAfter = (detail: string, secrets: readonly string[] = [SECRET]): string => {
  const plain = run();
  const failure: FailureGroup = { errorClass: 'auth', status: 401, detail, count: 1, requestId: undefined };
  const scenarios = plain.scenarios.slice(0, 1).map((scenario) => ({ ...scenario, failures: [failure] }));
  return maskRun({ ...plain, scenarios }, secrets).scenarios[0]!.failures[0]!.detail;
};

describe('a text', () => {
  it.each([
    ['as it is', `key ${SECRET} is wrong`, 'key *** is wrong'],
    ['in a URL', `?key=${encodeURIComponent(SECRET)}&x`, '?key=***&x'],
    ['in JSON', JSON.stringify({ key: SECRET }), '{"key":"***"}'],
    ['twice', `${SECRET} ${SECRET}`, '*** ***'],
    ['not at all', 'sk-live', 'sk-live'],
  ])('with a secret %s', (_, text, masked) => {
    expect(createMask([SECRET])(text)).toBe(masked);
  });

  it('with a secret within another one leaves no rest', () => {
    expect(createMask(['abcd', 'abcdefgh'])('abcdefgh')).toBe('***');
  });

  it('with a secret of several lines that were joined hides each line', () => {
    expect(createMask(['-----BEGIN\nfirst line\r\nsecond line\n'])('-----BEGIN first line second line')).toBe(
      '*** *** ***',
    );
  });

  it('keeps what is too short to be a secret', () => {
    expect(createMask(['1', ''])('100 of 101')).toBe('100 of 101');
  });
});

describe('a detail that was cut within a secret', () => {
  it.each([
    ['at its end', `bad key ${SECRET.slice(0, 12)}…`, 'bad key ***…'],
    ['in its middle', `got "${SECRET.slice(0, 12)}…, expected ok`, 'got "***…, expected ok'],
    ['of which only a little is left', `bad key ${SECRET.slice(0, 3)}…`, `bad key ${SECRET.slice(0, 3)}…`],
    ['not cut in a secret', 'bad key, and more…', 'bad key, and more…'],
  ])('%s', (_, detail, masked) => {
    expect(detailAfter(detail)).toBe(masked);
  });
});

describe('a probe', () => {
  it('keeps nothing of a secret that the gateway or a provider gave back', () => {
    const call = aCall({
      outcome: { kind: 'error', errorClass: 'auth', detail: `bad key ${SECRET}` },
      provider: SECRET,
      model: SECRET,
      requestId: `r-${SECRET}`,
      finishReason: SECRET,
      headers: { 'x-ratelimit-key': SECRET, 'x-route': `cut ${SECRET.slice(0, 12)}…` },
    });
    const probe = aProbeRun({
      calls: [call],
      upstream: [anUpstreamCall(call, { path: `/v1/${SECRET}`, identity: SECRET, model: SECRET })],
      marks: [{ at: call.end, text: `saw ${SECRET}` }],
      skipped: [{ part: 'x', reason: SECRET }],
      incomplete: SECRET,
    });
    const masked = maskRun({ ...run(), probes: [probe] }, [SECRET]).probes[0]!;
    expect(JSON.stringify(masked)).not.toContain(SECRET.slice(0, 8));
    expect(masked.calls[0]).toMatchObject({
      outcome: { detail: 'bad key ***' },
      requestId: 'r-***',
      headers: { 'x-ratelimit-key': '***', 'x-route': 'cut ***…' },
      nonce: call.nonce,
    });
    expect(masked.upstream![0]).toMatchObject({ path: '/v1/***', nonces: [call.nonce] });
  });
});
