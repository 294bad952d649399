import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readInputs } from '../../src/adapters/github/inputs.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'examples/workflows');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly needs?: string;
  readonly if?: string;
  readonly strategy?: { readonly 'fail-fast'?: boolean; readonly matrix: unknown };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const read = (file: string): Workflow => parse(readFileSync(join(FOLDER, file), 'utf8'));

/** Reads the configuration, finds the baseline, comments. */
const GATE = { contents: 'read', actions: 'read', 'pull-requests': 'write' };

/** What each job of each file may do: no more than its steps need. */
const PERMISSIONS: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  'check-run.yml': { gate: { ...GATE, checks: 'write' } },
  'fleet.yml': { shard: { contents: 'read' }, merge: { contents: 'read', actions: 'read' } },
  'fork-report.yml': { report: { ...GATE, checks: 'write' } },
  'gateway-envoy-ai-gateway.yml': { gate: GATE },
  'gateway-kong.yml': { gate: GATE },
  'gateway-litellm.yml': { gate: GATE },
  'gateway-nginx.yml': { gate: GATE },
  'gateway-portkey.yml': { gate: GATE },
  'merge-queue.yml': { gate: GATE },
  'nightly.yml': { gate: { contents: 'read', actions: 'read' } },
  'preview-deployment.yml': { gate: { contents: 'read', 'pull-requests': 'write' } },
  'preview-url.yml': { deploy: {}, gate: GATE },
  'pull-request.yml': { gate: GATE },
  'release.yml': { gate: { contents: 'read', actions: 'read' }, release: {} },
  'side-by-side.yml': { gate: { contents: 'read', 'pull-requests': 'write' } },
};

const FILES = Object.keys(PERMISSIONS);
const OURS = 'gatemark/gatemark@v0';

const action: { readonly inputs: Readonly<Record<string, unknown>> } = parse(
  readFileSync(join(ROOT, 'action.yml'), 'utf8'),
);

const stepsOf = (file: string): readonly Step[] => Object.values(read(file).jobs).flatMap((job) => job.steps);
const gatesOf = (file: string): readonly Step[] => stepsOf(file).filter((step) => step.uses === OURS);

it('are all looked at', () => expect(readdirSync(FOLDER).sort()).toEqual(FILES));

describe.each(FILES)('the example workflow %s', (file) => {
  it('has no permission but what each job needs', () => {
    const { permissions, jobs } = read(file);
    expect(permissions).toEqual({});
    expect(Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.permissions]))).toEqual(
      PERMISSIONS[file],
    );
  });

  it('ends, and does not run beside itself', () => {
    const { concurrency, jobs } = read(file);
    expect(concurrency).toMatchObject({ group: expect.any(String) });
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(40);
  });

  it('pins every action by commit, but for the placeholder', () => {
    const used = stepsOf(file).flatMap((step) => step.uses ?? []);
    expect(used).toContain(OURS);
    expect(used.filter((each) => each !== OURS && !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(each))).toEqual([]);
  });

  it('keeps no credentials of the checkout', () => {
    const checkouts = stepsOf(file).filter((step) => step.uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(0);
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
  });

  it('puts no expression into a script', () => {
    expect(stepsOf(file).filter((step) => step.run?.includes('${{'))).toEqual([]);
  });

  it('never runs on pull_request_target', () =>
    expect(Object.keys(read(file).on)).not.toContain('pull_request_target'));

  it('gives the action inputs that it has', () => {
    const given = gatesOf(file).flatMap((step) => Object.keys(step.with ?? {}));
    expect(given.filter((name) => !Object.hasOwn(action.inputs, name))).toEqual([]);
  });

  it('sends load to named hosts only', () => {
    const sending = gatesOf(file).filter((step) => !['merge', 'report'].includes(String(step.with?.mode)));
    expect(sending.filter((step) => step.with?.['allowed-hosts'] === undefined)).toEqual([]);
  });

  it('gives them values that it takes, whichever side of an expression', () => {
    for (const { with: given = {} } of gatesOf(file))
      for (const side of ['one', 'other'] as const) {
        const values = Object.entries(given).map(([name, value]) => [
          `INPUT_${name.toUpperCase()}`,
          chosen(String(value), side),
        ]);
        expect(() => readInputs(Object.fromEntries(values))).not.toThrow();
      }
  });
});

/** A value as it stands, or one of the two that `… && 'a' || 'b'` chooses from; some URL, and a number of the matrix. */
const chosen = (value: string, side: 'one' | 'other'): string => {
  const [, one, other] = /^\$\{\{.*&& '([^']+)' \|\| '([^']+)' \}\}$/.exec(value) ?? [];
  if (one !== undefined && other !== undefined) return side === 'one' ? one : other;
  if (/^\$\{\{ \S*url \}\}$/.test(value)) return 'https://preview.example.com';
  return value.replace('${{ matrix.shard }}', '1');
};

it('the gate on pull requests also runs where its baseline is made', () => {
  const { on } = read('pull-request.yml');
  expect(on).toEqual({ pull_request: null, push: { branches: ['main'] } });
});

it('histories of one gateway do not mix', () => {
  const one = FILES.filter((file) => !file.startsWith('gateway-'));
  const stored = one
    .flatMap(gatesOf)
    .filter(
      ({ with: given }) => given?.['baseline-url'] === undefined && !['shard', 'report'].includes(String(given?.mode)),
    );
  const names = stored.map((step) => step.with?.['baseline-name'] ?? 'gatemark-baseline');
  expect(new Set(names).size).toBe(stored.length);
});

it('the report for forks is of the gate on pull requests, by the same baseline', () => {
  const [measuring, reporting] = [read('pull-request.yml'), read('fork-report.yml')];
  expect(reporting.on).toEqual({ workflow_run: { workflows: [measuring.name], types: ['completed'] } });
  const [measure] = gatesOf('pull-request.yml').map((step) => step.with!);
  const [report] = gatesOf('fork-report.yml').map((step) => step.with!);
  for (const same of ['baseline-name', 'comment-key', 'comment', 'profile']) expect(report![same]).toBe(measure![same]);
});

it('the fleet has as many jobs as shares of one load, and all are added up, whatever became of them', () => {
  const { shard, merge } = read('fleet.yml').jobs;
  const { matrix, 'fail-fast': failFast } = shard!.strategy!;
  expect(matrix).toEqual({ shard: [1, 2, 3, 4, 5, 6, 7, 8] });
  const [made, added] = gatesOf('fleet.yml').map((step) => step.with!);
  expect([made!.mode, made!.shard, failFast]).toEqual(['shard', '${{ matrix.shard }}/8', false]);
  expect([merge!.needs, merge!.if, added!.mode]).toEqual(['shard', '${{ !cancelled() }}', 'merge']);
  for (const same of ['config', 'profile', 'comment-key']) expect(added![same]).toBe(made![same]);
});
