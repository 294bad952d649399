import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Arrival } from '../../../src/model/arrival.ts';
import { aLoad, anArrival, someUsers } from '../../support/plan-builders.ts';

const MODULE = new URL('../../../src/adapters/load-thread/engine-flags.ts', import.meta.url);

/** The output of a process that runs `during` as the work of a plan, then `after`. */
const runWithFlags = (
  arrivals: readonly Arrival[],
  { prelude = '', during = '', after = '' },
  nodeFlags: readonly string[] = [],
): string => {
  const plan = { loads: arrivals.map((arrival) => aLoad({ arrival })) };
  const script = `import { withEngineFlags } from ${JSON.stringify(MODULE.href)};
${prelude}
await withEngineFlags(${JSON.stringify(plan)}, async () => { ${during} });
${after}`;
  const args = [...nodeFlags, '--input-type=module', '--eval', script];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
};

describe('the last compiler', () => {
  // Functions of many lengths: V8 counts calls against a budget that grows with the length, and must not run over.
  const prelude = `
const hot = Array.from({ length: 40 }, (_, length) =>
  new Function('return function hot(x) { let y = x;' + 'y = (y * 31 + x) | 0;'.repeat(length) + 'return y; }')());
const heat = async () => {
  for (let round = 0; round < 100; round++) {
    for (const each of hot) for (let call = 0; call < 300; call++) each(call);
    await new Promise((resolve) => setImmediate(resolve));
  }
};`;
  const optimized = (output: string): number =>
    output.split('\n').filter((line) => /completed optimizing .*<JSFunction hot .*TURBOFAN/.test(line)).length;
  const optimizedBy = (arrivals: readonly Arrival[], parts: { during?: string; after?: string }): number =>
    optimized(runWithFlags(arrivals, { prelude, ...parts }, ['--trace-opt']));

  it.each([
    ['arrivals', [anArrival()]],
    ['users who think', [someUsers(5, [0, 1])]],
    ['a plan of probes', []],
  ])('leaves %s alone, whatever their code', (_, arrivals) => {
    expect(optimizedBy(arrivals, { during: 'await heat();' })).toBe(0);
  });

  it('is there for users without a pause', () => {
    expect(optimizedBy([someUsers(5)], { during: 'await heat();' })).toBeGreaterThan(0);
    expect(optimizedBy([anArrival(), someUsers(5)], { during: 'await heat();' })).toBeGreaterThan(0);
  });

  it('is back when the plan is through, or has failed', () => {
    expect(optimizedBy([anArrival()], { after: 'await heat();' })).toBeGreaterThan(0);
    const failing = `const failed = withEngineFlags({ loads: [] }, async () => { throw new Error('no'); });
await failed.catch(() => {}); await heat();`;
    expect(optimizedBy([anArrival()], { after: failing })).toBeGreaterThan(0);
  });
});

describe('the old generation', () => {
  // A thread that fills it, and says how often all of its memory was collected.
  const prelude = `
import { Worker } from 'node:worker_threads';
const fill = \`
const { PerformanceObserver } = require('node:perf_hooks');
let collections = 0;
new PerformanceObserver((list) => {
  for (const { detail } of list.getEntries()) if (detail.kind === 4) collections += 1;
}).observe({ entryTypes: ['gc'] });
const kept = [];
const step = () => {
  for (let index = 0; index < 2000; index++) kept.push(Array.from({ length: 10 }, (_, each) => ({ each })));
  if (kept.length < 40000) setImmediate(step);
  else setTimeout(() => console.log(collections), 50);
};
step();\`;
const inThread = () => new Promise((resolve) => new Worker(fill, { eval: true, execArgv: [] }).on('exit', resolve));`;

  it('of a thread for a paced load grows before it is collected', () => {
    expect(Number(runWithFlags([anArrival()], { prelude, during: 'await inThread();' }))).toBe(0);
  });

  it('of a thread for users without a pause, or behind a plan, does not', () => {
    expect(Number(runWithFlags([someUsers(5)], { prelude, during: 'await inThread();' }))).toBeGreaterThan(0);
    expect(Number(runWithFlags([anArrival()], { prelude, after: 'await inThread();' }))).toBeGreaterThan(0);
  });
});
