import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { lintWorkflow } from '../support/lint-workflow.ts';

const ROOT = join(import.meta.dirname, '../..');

const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `${folder}/${name}`);

const OURS = filesIn('.github/workflows');
const FILES = [...OURS, ...filesIn('examples/workflows')];

const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

describe('workflows', () => {
  it('are there', () => expect(FILES.length).toBeGreaterThanOrEqual(7));

  it.each(FILES)('%s has nothing that a linter finds', async (file) => {
    expect(await lintWorkflow(textOf(file), file)).toEqual([]);
  });

  it('the linter finds what is wrong', async () => {
    const broken = textOf('.github/workflows/ci.yml').replace('runs-on:', 'run-on:').replace('${{ steps.', '${{ step.');
    expect((await lintWorkflow(broken, '.github/workflows/ci.yml')).join('\n')).toMatch(
      /unexpected key "run-on"[\s\S]*undefined variable "step"/,
    );
  });
});

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  }[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

describe.each(OURS)('our own workflow %s', (file) => {
  const { on, permissions, concurrency, jobs } = parse(textOf(file)) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it('gives no permission that a job does not name', () => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) expect(job.permissions).toBeDefined();
  });

  it('ends, and does not pile up', () => {
    expect(concurrency).toMatchObject({ group: expect.any(String) });
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
  });

  it('pins every action by commit, with the version beside it', () => {
    const used = textOf(file).match(/uses: .*/g) ?? [];
    expect(used.filter((line) => !/^uses: (\.\/|[\w./-]+@[0-9a-f]{40} # v[\d.]+)$/.test(line))).toEqual([]);
  });

  it('keeps no credentials of the checkout', () => {
    const checkouts = steps.filter((step) => step.uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(0);
    for (const step of checkouts) expect(step.with?.['persist-credentials']).toBe(false);
  });

  it('puts no expression into a script, and never runs on pull_request_target', () => {
    expect(steps.filter((step) => step.run?.includes('${{'))).toEqual([]);
    expect(Object.keys(on)).not.toContain('pull_request_target');
  });
});
