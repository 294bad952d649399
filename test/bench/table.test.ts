import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../bench/engine/section.ts';
import { median, putBetweenMarkers, renderSection } from '../../bench/engine/table.ts';

const row = (name: string, ...rates: readonly (number | undefined | 'noisy')[]): Row => ({
  name,
  measurements: rates.map((rate) =>
    rate === 'noisy' ? { values: { rate: 1 }, quiet: false } : { values: { rate }, quiet: true },
  ),
});

const section = {
  title: 'Speed',
  subject: 'tool',
  columns: [
    { key: 'rate', title: 'requests/s', digits: 0 },
    { key: 'ratio', title: '× peer', digits: 2, ratio: { of: 'rate', row: 'peer' } },
  ],
};

const lines = (...rows: readonly Row[]): string[] => renderSection(section, rows).trim().split('\n').slice(2);

describe('a table of the bench', () => {
  it('shows median and range of the quiet rounds', () => {
    expect(lines(row('ours', 30_000, 42_000, 'noisy', 41_000), row('peer', 20_500, 20_500))).toEqual([
      '| tool | requests/s | × peer | rounds |',
      '| --- | --: | --: | --: |',
      '| ours | 41,000 (30,000–42,000) | 2.00 | 3 of 4 |',
      '| peer | 20,500 | 1.00 | 2 of 2 |',
    ]);
  });

  it.each<[string, readonly Row[], string]>([
    ['no value', [row('ours', undefined)], '| ours | – | – | 1 of 1 |'],
    ['no measurement', [row('ours')], '| ours | – | – | 0 of 0 |'],
    ['no quiet round', [row('ours', 'noisy', 'noisy')], '| ours | 1 | – | 0 of 2, noisy |'],
    ['not a number', [row('ours', Number.NaN, 7)], '| ours | 7 | – | 2 of 2 |'],
  ])('says so where there is %s', (_, rows, expected) => expect(lines(...rows)[2]).toBe(expected));

  it('groups thousands, not decimals', () => {
    const columns = [{ key: 'rate', title: 'x', digits: 4 }];
    expect(renderSection({ ...section, columns }, [row('ours', 1_234_567.12345)])).toContain('| 1,234,567.1235 |');
  });
});

it.each<[number[], number | undefined]>([
  [[], undefined],
  [[3], 3],
  [[5, 1, 3], 3],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %s', (values, expected) => expect(median(values)).toBe(expected));

describe('the page', () => {
  const page = 'before\n<!-- bench:a -->\nold\n<!-- /bench:a -->\n<!-- bench:b -->\n<!-- /bench:b -->\nafter\n';

  it('keeps everything but what is between the markers', () => {
    const written = page.replace('\nold\n', '\n\nnew\n\n');
    expect(putBetweenMarkers(page, 'a', '\nnew\n')).toBe(written);
    expect(putBetweenMarkers(written, 'a', 'new')).toBe(written);
  });

  it.each([
    ['without the markers', page, 'c'],
    ['with its end before its start', '<!-- /bench:a --><!-- bench:a -->', 'a'],
  ])('is refused %s', (_, text, key) => {
    expect(() => putBetweenMarkers(text, key, 'new')).toThrow('the page has no <!-- bench:');
  });
});

it('docs/performance.md has a place for every part', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/performance.md'), 'utf8');
  for (const part of ['machine', 'throughput', 'accuracy', 'reported', 'omission', 'streams', 'cost'])
    expect(() => putBetweenMarkers(page, part, '')).not.toThrow();
});
