import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readInputs } from '../../src/adapters/github/inputs.ts';
import type { Config } from '../../src/config/config.ts';
import { HEADER_NAME } from '../../src/config/read-headers.ts';
import { fromMillis, fromSeconds } from '../../src/model/units.ts';
import { planComparison } from '../../src/plan/plan-comparison.ts';
import { planRun } from '../../src/plan/plan-run.ts';
import { configFile } from '../../src/setup/config-file.ts';
import { generousLimit } from '../../src/setup/generous-limit.ts';
import { nextSteps } from '../../src/setup/next-steps.ts';
import type { Setup } from '../../src/setup/setup.ts';
import { baselineUrlOf, workflowFile } from '../../src/setup/workflow-file.ts';
import { workflowText, yamlText } from '../../src/setup/yaml-text.ts';
import { configOf } from '../config/load-config.ts';
import { lintWorkflow } from '../support/lint-workflow.ts';
import { ALL_SIGHTS, SETUPS, setup, sights } from './setups.ts';

const env = { GATEWAY_KEY: 'sk-key', X_API_KEY: 'sk-very-secret' };
const read = (made: Setup, more: Readonly<Record<string, string>> = {}): Config =>
  configOf(configFile(made), { env: { ...env, ...more } });
const cases = Object.entries(SETUPS);

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: {
    readonly gate: {
      readonly permissions: unknown;
      readonly steps: readonly {
        readonly uses?: string;
        readonly run?: string;
        readonly with?: Readonly<Record<string, string>>;
        readonly env?: Readonly<Record<string, string>>;
      }[];
    };
  };
}

const workflowOf = (made: Setup): Workflow => parse(workflowFile(made));
const gateStep = (made: Setup) => workflowOf(made).jobs.gate.steps.at(-1)!;

describe.each(cases)('the files of a gate: %s', (name, made) => {
  it('are as they were looked at', async () => {
    await expect(configFile(made)).toMatchFileSnapshot(`../fixtures/setup/${name}.config.yml.txt`);
    await expect(workflowFile(made)).toMatchFileSnapshot(`../fixtures/setup/${name}.workflow.yml.txt`);
  });

  it('hold a configuration whose run has room within its limits', () => {
    const config = read(made);
    const planned = planRun(config, { seed: 's' });
    expect(planned).toMatchObject({ ok: true });
    const other = baselineUrlOf(made);
    if (other === undefined || !planned.ok) return;
    const compared = planComparison(
      planned.plan,
      configOf(configFile(made), { env, overrides: { gatewayUrl: other } }),
    );
    expect(compared.ok && compared.warnings.filter((each) => each.includes('shortened'))).toEqual([]);
  });

  it('hold a workflow in which a linter finds nothing, whose inputs the action takes', async () => {
    expect(await lintWorkflow(workflowFile(made), '.github/workflows/gatemark.yml')).toEqual([]);
    const given = Object.entries(gateStep(made).with!).filter(([, value]) => !value.includes('${{'));
    const inputs = Object.fromEntries(given.map(([input, value]) => [`INPUT_${input.toUpperCase()}`, value]));
    expect(() => readInputs(inputs)).not.toThrow();
    const { inputs: known } = parse(readFileSync(join(import.meta.dirname, '../../action.yml'), 'utf8'));
    expect(Object.keys(gateStep(made).with!).filter((input) => !Object.hasOwn(known, input))).toEqual([]);
  });

  it('pin what they use as the examples do, keep no credentials, and run nothing with an expression', () => {
    const { steps } = workflowOf(made).jobs.gate;
    const example = readFileSync(join(import.meta.dirname, '../../examples/workflows/pull-request.yml'), 'utf8');
    for (const { uses } of steps) if (uses !== undefined) expect(example).toContain(`uses: ${uses}`);
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.map((step) => step.with?.['persist-credentials'])).toEqual(checkouts.map(() => false));
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
  });

  it('hold no secret', () => {
    expect(`${configFile(made)}${workflowFile(made)}${nextSteps(made, '.')}`).not.toContain('sk-very-secret');
  });
});

describe('the configuration of a gate', () => {
  it('streams where streaming works, and promises three times what was seen', () => {
    const [chat] = read(setup()).scenarios;
    expect(configFile(setup())).toContain('p95 < 1.5s');
    expect(chat).toMatchObject({ name: 'chat', stream: true });
    expect(read(SETUPS['no-stream']!).scenarios[0]).toMatchObject({ stream: false });
    expect(read(SETUPS['not-asked']!).scenarios[0]).toMatchObject({ stream: false });
  });

  it.each<readonly [what: string, made: Setup, names: readonly string[]]>([
    ['nothing but chats', setup(), ['chat']],
    ['its models', setup({ sights: sights({ models: fromMillis(9) }) }), ['chat', 'models']],
    ['a cache', setup({ sights: sights({ caches: true }) }), ['chat', 'cache']],
    ['everything', setup({ sights: ALL_SIGHTS }), ['chat', 'models', 'embeddings', 'cache', 'quota']],
    ['a cache, and a limit too small to probe it', SETUPS['small-limit']!, ['chat', 'models', 'quota']],
    ['a limit whose window it does not say', SETUPS['limit-without-window']!, ['chat']],
    [
      'a limit that is too large to be tried',
      setup({ sights: sights({ limit: { requests: 501, window: fromSeconds(60) } }) }),
      ['chat'],
    ],
  ])('has the scenarios of a gateway that shows %s', (_, made, names) => {
    expect(read(made).scenarios.map(({ name }) => name)).toEqual(names);
  });

  it('has probes in comments that are sound when they are let in', () => {
    for (const made of [setup(), SETUPS['limit-without-window']!]) {
      const text = configFile(made).replace(/^ {2}# ( *(?:\w+:|- |[a-z]+: ).*)$/gm, '  $1');
      const open = text.replace(/^ {2}(?=(?:Does|The gateway) .*$)/gm, '  # ');
      expect(configOf(open, { env }).scenarios.map(({ name }) => name)).toEqual(['chat', 'cache', 'quota']);
    }
  });

  it('sends at most half of a limit that was stated with its window', () => {
    const made = SETUPS['small-limit']!;
    const rates = [...configFile(made).matchAll(/rate: ([\d.]+)\/(\w)/g)].map(
      ([, rate, unit]) => Number(rate) / { s: 1, m: 60, h: 3_600 }[unit!]!,
    );
    expect(rates).toHaveLength(2);
    expect(configFile(setup({ sights: sights({ limit: { requests: 1, window: fromSeconds(86_400) } }) }))).toContain(
      'rate: 1/m,',
    );
    expect(rates.reduce((sum, rate) => sum + rate, 0)).toBeLessThanOrEqual(20 / 60 / 2);
  });
});

describe('the workflow of a gate', () => {
  it.each<readonly [name: string, on: readonly string[], permissions: readonly string[]]>([
    ['default', ['pull_request', 'push'], ['contents', 'actions', 'pull-requests']],
    ['live', ['pull_request'], ['contents', 'pull-requests']],
    ['none', ['pull_request', 'push'], ['contents', 'actions', 'pull-requests']],
  ])('%s runs when, and may do what, it has to', (name, on, permissions) => {
    const workflow = workflowOf(SETUPS[name]!);
    expect(Object.keys(workflow.on)).toEqual(on);
    expect(workflow.permissions).toEqual({});
    expect(Object.keys(workflow.jobs.gate.permissions as object)).toEqual(permissions);
  });

  it('sends load to the gateways alone, wherever they are', () => {
    expect(gateStep(SETUPS.default!).with).toMatchObject({ 'allowed-hosts': '127.0.0.1:8080' });
    expect(gateStep(SETUPS.live!).with).toMatchObject({
      'baseline-url': 'http://127.0.0.1:8081',
      'allowed-hosts': '127.0.0.1:8080, 127.0.0.1:8081',
    });
    expect(gateStep(SETUPS['live-elsewhere']!).with).toMatchObject({
      'baseline-url': 'https://main.gateway.example/v1',
      'allowed-hosts': 'pr.gateway.example:443, main.gateway.example:443',
    });
  });

  it('gives the steps the secrets that the configuration reads', () => {
    const secrets = { GATEWAY_KEY: '${{ secrets.GATEWAY_KEY }}', X_API_KEY: '${{ secrets.X_API_KEY }}' };
    const { steps } = workflowOf(SETUPS.everything!).jobs.gate;
    expect(steps.map((step) => step.env)).toEqual([undefined, secrets, secrets]);
  });
});

const HOSTILE = [
  '"; rm -rf / #',
  "it's",
  'line\nbreak\r\n  evil: true',
  '${env.HOME} ${nonce} $${x}',
  '${{ secrets.TOKEN }}',
  '- *anchor &x !tag %d @ `',
  'a: b # c',
  'true',
  'null',
  '1e3',
  '~',
  '[x, {y}]',
  ' blank ',
  'tab\tand\u0000nul\u0085\u2028\u2029\ufeff',
  'emoji 🎉 \ud800',
  '*/ -->',
];

describe('an answer stays data', () => {
  const modelOf = (made: Setup, scenario: string) =>
    planned(made).scenarios.find(({ name }) => name === scenario)!.body;
  const planned = (made: Setup) => {
    const result = planRun(read(made), { seed: 's' });
    if (!result.ok) throw new Error('no plan');
    return result.plan;
  };

  it.each(HOSTILE)('as a model: %j', (model) => {
    const made = setup({ model, sights: { ...ALL_SIGHTS, embeddings: { model, took: fromMillis(1) } } });
    expect(Object.keys(parse(configFile(made)).scenarios)).toEqual(['chat', 'models', 'embeddings', 'cache', 'quota']);
    for (const name of ['chat', 'embeddings'])
      expect(JSON.stringify(modelOf(made, name))).toContain(JSON.stringify({ template: [model] }));
    // In comments, too.
    expect(Object.keys(parse(configFile(setup({ model }))).scenarios)).toEqual(['chat']);
  });

  it('as the value of a header', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\x21-\x7e](?:[\x20-\x7e]{0,12}[\x21-\x7e])?$/), (value) => {
        const { headers } = read(setup({ headers: [['x-a', value]] }), { X_A: value }).gateway;
        expect(headers).toMatchObject([{ name: 'x-a', value: [value] }]);
      }),
    );
  });

  it('as the name of a header', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!#$%&'*+.^_`|~0-9a-z-]{1,8}$/), (name) => {
        expect(HEADER_NAME.test(name)).toBe(true);
        expect(Object.keys(parse(configFile(setup({ headers: [[name, 'v']] }))).gateway.headers)).toEqual([name]);
      }),
    );
  });

  it('as any text of YAML', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parse(`[{a: ${yamlText(text)}}] # b`)).toEqual([{ a: text }]);
        expect(yamlText(text)).not.toMatch(/[\n\r\u0085\u2028\u2029]/);
      }),
    );
  });

  it('as a value of a workflow, where an expression would be run', async () => {
    const text = workflowFile(setup({ baseline: 'none' })).replace(
      '127.0.0.1:8080"',
      `127.0.0.1:8080"\n          comment-key: ${workflowText('a ${{ secrets.X }} "b"')}`,
    );
    expect(await lintWorkflow(text, '.github/workflows/gatemark.yml')).toEqual([]);
    expect(workflowText('${{ x }}')).toBe('"${{ \'${{\' }} x }}"');
  });
});

describe('generousLimit', () => {
  it.each([
    [0, '1s'],
    [fromMillis(333), '1s'],
    [fromMillis(334), '1.5s'],
    [fromMillis(700), '3s'],
    [fromSeconds(2), '7.5s'],
    [fromSeconds(3), '10s'],
    [fromSeconds(4), '15s'],
    [fromSeconds(40), '2m30s'],
  ])('%d µs → %s', (seen, limit) => expect(generousLimit(seen as never)).toBe(limit));
});

describe('nextSteps', () => {
  it('names what is left to do, in words a shell takes', () => {
    expect(nextSteps(SETUPS.everything!, "my repo's")).toBe(`Next:
  1. Try it (with GATEWAY_KEY and X_API_KEY in the environment): gatemark run --config 'my repo'\\''s/.github/gatemark.yml'
  2. Set the secret GATEWAY_KEY of the repository: gh secret set GATEWAY_KEY
  3. Set the secret X_API_KEY of the repository: gh secret set X_API_KEY
  4. Have the workflow start your gateway: replace the step in 'my repo'\\''s/.github/workflows/gatemark.yml'
  5. Commit both: git -C 'my repo'\\''s' add .github/gatemark.yml .github/workflows/gatemark.yml
`);
    expect(nextSteps(SETUPS.none!, '.')).toBe(`Next:
  1. Try it: gatemark run --config .github/gatemark.yml
  2. Commit both: git add .github/gatemark.yml .github/workflows/gatemark.yml
`);
  });
});
