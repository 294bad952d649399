import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { lintWorkflow } from '../support/lint-workflow.ts';

const ROOT = join(import.meta.dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/pull-requests.md'), 'utf8');
const [workflow] = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text]) => text!);

describe('docs/pull-requests.md', () => {
  it('shows a workflow that a linter has nothing against', async () => {
    expect(await lintWorkflow(workflow!, '.github/workflows/gate-report.yml')).toEqual([]);
  });

  it('shows inputs that exist', () => {
    const { inputs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as { inputs: object };
    const { steps } = (parse(workflow!) as { jobs: { report: { steps: { uses?: string; with?: object }[] } } }).jobs
      .report;
    const own = steps.find((step) => step.uses?.startsWith('gatemark/'));
    expect(Object.keys(own!.with!).filter((name) => !(name in inputs))).toEqual([]);
  });
});
