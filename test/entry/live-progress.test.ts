import { describe, expect, it } from 'vitest';
import { liveProgress } from '../../src/entry/live-progress.ts';
import type { Progress } from '../../src/model/progress.ts';
import { fromSeconds, micros } from '../../src/model/units.ts';

const at = (seconds: number): Progress => ({
  elapsed: fromSeconds(seconds),
  expected: fromSeconds(20),
  sent: 10,
  inFlight: 2,
  ok: 7,
  throttled: 1,
  errors: 0,
  dropped: 0,
  rate: 5,
  p95: micros(1_000),
  loads: ['chat'],
  warmup: false,
});

const stream = (isTTY: boolean) => {
  const written: string[] = [];
  const write = (text: string): boolean => written.push(text) > 0;
  return { written, stream: { isTTY, columns: 100, write } as unknown as NodeJS.WriteStream };
};

describe('liveProgress', () => {
  it('writes one line every 5 s into a log, however often it is told', () => {
    const { written, stream: log } = stream(false);
    const live = liveProgress(log, false);
    for (let quarter = 0; quarter <= 50; quarter += 1) live.show(at(quarter / 4));
    live.done();
    expect(written.map((line) => line.slice(0, 12))).toEqual(['5 s of 20 s:', '10 s of 20 s']);
    expect(written.every((line) => line.endsWith('\n'))).toBe(true);
  });

  it('does not catch up with lines that a pause swallowed', () => {
    const { written, stream: log } = stream(false);
    const live = liveProgress(log, false);
    for (const seconds of [1, 17, 17.25, 19, 20]) live.show(at(seconds));
    expect(written).toHaveLength(2);
  });

  it('writes one line when a probe begins, and goes on with the clock of that probe', () => {
    const { written, stream: log } = stream(false);
    const live = liveProgress(log, false);
    const during = (name: string, seconds: number): Progress => ({
      ...at(seconds),
      loads: [],
      probe: { name, kind: 'cache', place: 1, of: 2 },
    });
    live.show(at(12));
    for (const seconds of [0, 1, 6]) live.show(during('faq', seconds));
    live.show(during('other', 0.2));
    expect(written.map((line) => line.slice(0, 33))).toEqual([
      '12 s of 20 s: sent 10 (5/s), in f',
      'probe 1 of 2: faq (cache)  0 s of',
      'probe 1 of 2: faq (cache)  6 s of',
      'probe 1 of 2: other (cache)  0 s ',
    ]);
  });

  it('keeps one live line on a terminal, and clears it at the end', () => {
    const { written, stream: terminal } = stream(true);
    const live = liveProgress(terminal, false);
    live.show(at(1));
    live.show(at(2));
    live.done();
    expect(written.slice(0, 2).every((line) => line.startsWith('\r') && line.endsWith('\x1b[K'))).toBe(true);
    expect(written[2]).toBe('\r\x1b[K');
  });
});
