import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { INPUT_DEFAULTS, readInputs } from '../../../src/adapters/github/inputs.ts';
import { writeOutputs } from '../../../src/adapters/github/outputs.ts';
import { ConfigError, type Problem } from '../../../src/model/errors.ts';

const withInputs = (inputs: Readonly<Record<string, string>>): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));

const problemsOf = (inputs: Readonly<Record<string, string>>): readonly Problem[] => {
  try {
    readInputs(withInputs(inputs));
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('inputs', () => {
  it('have defaults where they are absent or empty', () => {
    const defaults = {
      config: '.github/gatemark.yml',
      gatewayUrl: undefined,
      baselineUrl: undefined,
      profile: 'pr',
      mode: 'gate',
      shard: undefined,
      region: undefined,
      baselineName: 'gatemark-baseline',
      saveBaseline: 'auto',
      failOn: ['slo', 'regression'],
      comment: 'auto',
      commentKey: 'default',
      checkRun: false,
      overrideLabel: 'gatemark-override',
      allowedHosts: [],
      githubToken: undefined,
    };
    expect(readInputs({})).toEqual(defaults);
    const empty = Object.fromEntries(Object.keys(INPUT_DEFAULTS).map((name) => [name, ' ']));
    // Of all of them this one may be empty: no label overrides then.
    expect(readInputs(withInputs(empty))).toEqual({ ...defaults, overrideLabel: undefined });
  });

  it('are read, trimmed and split', () => {
    const inputs = readInputs(
      withInputs({
        config: ' gate.yml ',
        'gateway-url': 'https://preview.example.com/v1',
        profile: 'nightly',
        mode: 'shard',
        shard: '2/8',
        region: ' eu-west 1 ',
        'baseline-name': 'my baseline',
        'save-baseline': 'never',
        'fail-on': 'inconclusive\n  slo',
        comment: 'on-failure',
        'comment-key': 'eu-west.1',
        'check-run': 'true',
        'override-label': ' Perf: accepted ',
        'allowed-hosts': 'Preview.Example.com, *.internal:8443 [::1]:80',
        'github-token': 'ghs_x',
      }),
    );
    expect(inputs).toEqual({
      config: 'gate.yml',
      gatewayUrl: 'https://preview.example.com/v1',
      baselineUrl: undefined,
      profile: 'nightly',
      mode: 'shard',
      shard: { index: 2, count: 8 },
      region: 'eu-west 1',
      baselineName: 'my baseline',
      saveBaseline: 'never',
      failOn: ['slo', 'inconclusive'],
      comment: 'on-failure',
      commentKey: 'eu-west.1',
      checkRun: true,
      overrideLabel: 'Perf: accepted',
      allowedHosts: ['preview.example.com', '*.internal:8443', '[::1]:80'],
      githubToken: 'ghs_x',
    });
    expect(readInputs(withInputs({ 'fail-on': 'none' })).failOn).toEqual([]);
    expect(readInputs(withInputs({ 'baseline-url': 'http://127.0.0.1:8080' })).baselineUrl).toBe(
      'http://127.0.0.1:8080',
    );
  });

  it.each([
    ['mode', { mode: 'gates' }, 'gates', 'gate, shard, merge, report'],
    ['save-baseline', { 'save-baseline': 'yes' }, 'yes', 'auto, always, never'],
    ['comment', { comment: 'true' }, 'true', 'auto, always, on-failure, never'],
    ['override-label', { 'override-label': 'x'.repeat(51) }, 'x'.repeat(51), 'at most 50 characters'],
    ['check-run', { 'check-run': 'yes' }, 'yes', 'false, true'],
    ['fail-on', { 'fail-on': 'slo,latency' }, 'latency', 'slo, regression, inconclusive'],
    ['fail-on', { 'fail-on': 'none,slo' }, 'none', 'none alone'],
    ['shard', { mode: 'shard' }, '', 'such as 2/8'],
    ['shard', { mode: 'shard', shard: '0/8' }, '0/8', 'from 1 to the count'],
    ['shard', { mode: 'shard', shard: '9/8' }, '9/8', 'from 1 to the count'],
    ['shard', { mode: 'shard', shard: '1/257' }, '1/257', 'at most 256'],
    ['shard', { mode: 'shard', shard: '1 of 2' }, '1 of 2', 'INDEX/COUNT'],
    ['shard', { shard: '1/2' }, '1/2', 'unless mode is shard'],
    ['region', { region: 'eu' }, 'eu', 'unless mode is shard'],
    ['region', { mode: 'shard', shard: '1/2', region: '<eu>' }, '<eu>', 'at most 64 letters'],
    ['baseline-url', { mode: 'shard', shard: '1/2', 'baseline-url': 'http://a' }, 'http://a', 'unless mode is gate'],
    ['baseline-url', { mode: 'merge', 'baseline-url': 'http://a' }, 'http://a', 'unless mode is gate'],
    ['gateway-url', { 'gateway-url': 'preview.example.com' }, 'preview.example.com', 'absolute http'],
    ['gateway-url', { 'gateway-url': 'ftp://preview' }, 'ftp://preview', 'absolute http'],
    ['baseline-url', { 'baseline-url': 'https://' }, 'https://', 'absolute http'],
    ['profile', { profile: 'a b' }, 'a b', 'name of a profile'],
    ['baseline-name', { 'baseline-name': 'a/b' }, 'a/b', 'an artifact name'],
    ['comment-key', { 'comment-key': '--> x' }, '--> x', 'at most 64 letters'],
    ['allowed-hosts', { 'allowed-hosts': 'https://a.example' }, 'https://a.example', 'without scheme'],
    ['allowed-hosts', { 'allowed-hosts': 'a.*' }, 'a.*', 'HOST:PORT'],
  ])('refuse a bad %s', (path, inputs, received, allowed) => {
    const problems = problemsOf(inputs);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ file: 'action inputs', line: undefined, path, received });
    expect(problems[0]!.allowed).toContain(allowed);
  });

  it('report all problems together, and never a credential', () => {
    const problems = problemsOf({
      mode: 'x',
      comment: 'y',
      'gateway-url': 'tcp://user:hunter2@gateway',
      profile: `p ${'x'.repeat(500)}`,
      'github-token': 'ghs_secret',
    });
    expect(problems.map((each) => each.path).sort()).toEqual(['comment', 'gateway-url', 'mode', 'profile']);
    expect(JSON.stringify(problems)).not.toMatch(/hunter2|ghs_secret/);
    expect(problems.find((each) => each.path === 'profile')!.received!.length).toBeLessThan(110);
  });
});

describe('action.yml', () => {
  const action = parse(readFileSync(resolve(import.meta.dirname, '../../../action.yml'), 'utf8'));

  it('declares the inputs that are read, with the same defaults', () => {
    const declared = Object.entries<{ default: string }>(action.inputs).map(([name, input]) => [name, input.default]);
    expect(Object.fromEntries(declared)).toEqual({ ...INPUT_DEFAULTS, 'github-token': '${{ github.token }}' });
  });

  it('declares the outputs that are written', () => {
    const written: string[] = [];
    const ignore = () => undefined;
    writeOutputs(
      {
        verdict: 'pass',
        reportPath: undefined,
        runArtifactId: undefined,
        commentUrl: undefined,
        baselineRunId: undefined,
        overriddenBy: undefined,
        summary: {
          verdict: 'pass',
          reasons: [],
          slos: { pass: 0, fail: 0, inconclusive: 0, invalid: 0 },
          regressions: { pass: 0, fail: 0, inconclusive: 0, invalid: 0 },
          baseline: 'none',
        },
      },
      { error: ignore, warning: ignore, notice: ignore, setSecret: ignore, setOutput: (name) => written.push(name) },
    );
    expect(Object.keys(action.outputs)).toEqual(written);
  });

  it('describes everything and runs the bundle on Node 24', () => {
    for (const part of [
      ...Object.values<{ description: string }>(action.inputs),
      ...Object.values<{ description: string }>(action.outputs),
    ])
      expect(part.description).toMatch(/\.$/);
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action/index.js' });
  });
});
