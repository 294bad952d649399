import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { INPUT_DEFAULTS } from '../../src/adapters/github/inputs.ts';
import { lintWorkflow } from '../support/lint-workflow.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/fleet.md'), 'utf8');
const workflow = /^```yml\n([\s\S]*?)^```$/m.exec(page)![1]!;

describe('docs/fleet.md', () => {
  it('has a workflow without a fault', async () => {
    expect(await lintWorkflow(workflow, '.github/workflows/fleet.yml')).toEqual([]);
  });

  it('names no input that there is not, and every shard once', () => {
    const { jobs } = parse(workflow);
    const inputs = Object.values<{ steps: { uses: string; with: object }[] }>(jobs)
      .flatMap(({ steps }) => steps.filter(({ uses }) => uses.startsWith('gatemark/')))
      .flatMap((step) => Object.keys(step.with));
    expect(inputs.filter((name) => !(name in INPUT_DEFAULTS))).toEqual([]);
    expect(jobs.shard.strategy.matrix.shard).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((number) => `${number}/8`));
  });

  it('has a table that adds up', () => {
    const rows = page.split('\n').flatMap((line) => {
      const cells = /^\| +(\d+) \| +([\d,]+)\/s \| +([\d,]+)\/s \| +([\d,]+)\/s \|.*\| +\$([\d.]+) \|$/.exec(line);
      return cells === null ? [] : [cells.slice(1).map((cell) => Number(cell.replaceAll(',', '')))];
    });
    expect(rows).toHaveLength(7);
    for (const [runners, slow, middle, fast, dollars] of rows as [number, number, number, number, number][]) {
      expect([slow, middle, fast]).toEqual([1_000 * runners, 2_000 * runners, 5_000 * runners]);
      // Three minutes at $0.006.
      expect(Math.abs(dollars - 0.018 * runners)).toBeLessThan(0.006);
    }
  });
});
