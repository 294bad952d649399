import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/model/progress.ts';
import { fromMillis, fromSeconds } from '../../src/model/units.ts';
import { renderProgressLine, renderProgressLog } from '../../src/report/progress.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { cutToWidth, displayWidth, padToWidth } from '../../src/report/terminal-style.ts';
import { STATES } from './states.ts';

describe('the result on a console', () => {
  it.each(['pass', 'fail', 'inconclusive', 'invalid', 'nothing', 'knee', 'overhead', 'only-probes', 'hostile'])(
    'of %s is as it was looked at',
    async (name) => {
      const text = renderTerminal(STATES[name]!, { color: false, width: 100 });
      await expect(text).toMatchFileSnapshot(`../fixtures/report/terminal-${name}.txt`);
    },
  );

  it.each(Object.entries(STATES))(
    'of %s holds nothing that a terminal obeys, and says the same in colour',
    (_, state) => {
      const plain = renderTerminal(state, { color: false, width: 100 });
      expect(plain.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(stripVTControlCharacters(renderTerminal(state, { color: true, width: 100 }))).toBe(plain);
      expect(plain).not.toMatch(/undefined|NaN|\[object/);
    },
  );

  it.each([40, 60, 80, 120, 200])('has tables no wider than %s columns', (width) => {
    const lines = renderTerminal(STATES.fail!, { color: false, width }).split('\n');
    const at = (title: string): number => lines.indexOf(title);
    const tables = lines.slice(at('SLOs'), at('Failures'));
    expect(Math.max(...tables.map(displayWidth))).toBeLessThanOrEqual(width);
    expect(tables.join('\n')).toContain('P95');
  });
});

describe('columns', () => {
  it.each([
    ['chat', 4],
    ['漢字', 4],
    ['e\u0301', 1],
    ['🚀', 2],
    ['', 0],
  ])('%s takes %i', (text, width) => expect(displayWidth(text)).toBe(width));

  it('cuts and fills to a width', () => {
    expect(cutToWidth('漢字漢字', 5)).toBe('漢字…');
    expect(cutToWidth('chat', 4)).toBe('chat');
    expect(padToWidth('chat', 6, 'right')).toBe('  chat');
    expect(padToWidth('chatter', 5)).toBe('chat…');
  });
});

const progress = (overrides: Partial<Progress> = {}): Progress => ({
  elapsed: fromMillis(12_340),
  expected: fromSeconds(35),
  sent: 240,
  inFlight: 4,
  ok: 236,
  throttled: 0,
  errors: 0,
  dropped: 0,
  rate: 20.06,
  p95: fromMillis(812),
  loads: ['chat'],
  warmup: false,
  ...overrides,
});

describe('progress', () => {
  it.each<[string, Partial<Progress>, string]>([
    ['a quiet burst', {}, '━━━━━━━───────────── 12 s of 35 s  20.1/s · 4 in flight · p95 812 ms'],
    [
      'warming up',
      { warmup: true, p95: undefined, elapsed: fromSeconds(0) },
      '──────────────────── 0 s of 35 s warming up  20.1/s · 4 in flight',
    ],
    [
      'trouble',
      { errors: 3, throttled: 2, dropped: 1 },
      '━━━━━━━───────────── 12 s of 35 s  20.1/s · 4 in flight · p95 812 ms · 3 errors · 2 throttled · 1 dropped',
    ],
    [
      'past its time',
      { elapsed: fromSeconds(40) },
      '━━━━━━━━━━━━━━━━━━━━ 40 s of 35 s  20.1/s · 4 in flight · p95 812 ms',
    ],
    [
      'a probe',
      { probe: { name: 'quota', kind: 'rate-limit', place: 2, of: 3 }, loads: [], p95: undefined, rate: 0, errors: 2 },
      '━━━━━━━───────────── probe 2 of 3: quota (rate-limit)  12 s of about 35 s  240 requests · 4 in flight · 2 errors',
    ],
  ])('%s in one line', (_, overrides, line) => {
    expect(renderProgressLine(progress(overrides), { color: false, width: 120 })).toBe(line);
    expect(stripVTControlCharacters(renderProgressLine(progress(overrides), { color: true, width: 120 }))).toBe(line);
  });

  it.each([10, 30, 60, 79])('never wraps at %i columns', (width) => {
    const line = renderProgressLine(progress({ errors: 1_234 }), { color: true, width });
    expect(displayWidth(stripVTControlCharacters(line))).toBeLessThanOrEqual(width);
  });

  it('as a line of a log counts everything', () => {
    expect(renderProgressLog(progress({ errors: 3, loads: ['chat', 'a\u001b[31m'] }))).toBe(
      '12 s of 35 s: sent 240 (20.1/s), in flight 4, ok 236, throttled 0, errors 3, dropped 0, p95 812 ms [chat, a [31m]',
    );
    expect(renderProgressLog(progress({ p95: undefined, loads: [], warmup: true }))).toContain('warming up: sent 240');
    const probe = { name: 'quota\u001b[31m', kind: 'rate-limit', place: 2, of: 3 } as const;
    expect(renderProgressLog(progress({ probe, p95: undefined, expected: fromSeconds(0) }))).toBe(
      'probe 2 of 3: quota [31m (rate-limit)  12 s: 240 requests, 4 in flight',
    );
  });
});
