import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PageModel } from '../../../src/report/page/page-model.ts';
import { renderReportPage } from '../../../src/report/page/report-page.ts';
import { pageReport } from '../../support/page-report.ts';
import { STATES } from '../states.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const VOID = new Set(['meta', 'link', 'input', 'br']);

/** Markup without what stands inside script and style. */
const markupOf = (page: string): string => page.replace(/(<(script|style)[^>]*>)[\s\S]*?<\/\2>/g, '$1</$2>');

const scriptsOf = (page: string) =>
  [...page.matchAll(/<(script|style)([^>]*)>([\s\S]*?)<\/\1>/g)].map(([, element, attributes, text]) => ({
    element: element!,
    attributes: attributes!,
    text: text!,
  }));

const modelOf = (page: string): PageModel =>
  JSON.parse(scriptsOf(page).find(({ attributes }) => attributes.includes('application/json'))!.text) as PageModel;

/** Names of elements that are not closed in the order in which they were opened. */
const unbalanced = (markup: string): string[] => {
  const open: string[] = [];
  for (const [, slash, name, rest] of markup.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^>"])*)>/gi)) {
    if (VOID.has(name!) || rest!.endsWith('/')) continue;
    if (slash === '') open.push(name!);
    else if (open.pop() !== name) return [`</${name}>`];
  }
  return open;
};

describe.each(Object.entries(STATES))('report.html: %s', (_, report) => {
  const page = renderReportPage(report);

  it('is whole and balanced markup, with the verdict on top', () => {
    expect(unbalanced(markupOf(page))).toEqual([]);
    const text = markupOf(page);
    expect(text.indexOf(`class="status ${report.verdict.status}"`)).toBeLessThan(text.indexOf('<h2'));
    expect(text.match(/<h1/g)).toHaveLength(1);
  });

  it('has a row for every SLO and every comparison', () => {
    const rows = markupOf(page).split(/<h2/);
    const count = (id: string): number =>
      rows.find((part) => part.startsWith(` id="${id}"`))?.match(/<tr><td/g)?.length ?? 0;
    expect(count('slos-title')).toBe(report.verdict.slos.length);
    expect(count('changes-title')).toBe(report.verdict.regressions.length);
  });

  it('is the same when it is rendered again', () => {
    expect(renderReportPage(report)).toBe(page);
  });
});

describe('what comes from outside', () => {
  const page = renderReportPage(STATES.hostile!);

  it('is text: no element, attribute, comment or script of its own', () => {
    const markup = markupOf(page);
    expect(['<img', '<!--'].filter((each) => markup.includes(each))).toEqual([]);
    const elements = new Set([...markup.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, name]) => name));
    const known = markupOf(renderReportPage(pageReport({ scenarios: 2, tenants: 2, blocks: 4, baselineRuns: 1 })));
    const ours = new Set([...known.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, name]) => name));
    expect([...elements].filter((name) => !ours.has(name))).toEqual([]);
    expect(['\u202e', '\u202c', '\u0007', '\u001b'].filter((each) => page.includes(each))).toEqual([]);
  });

  it('is masked in texts and in the numbers of the charts, and the script stays what its digest says', () => {
    const report = { ...STATES.pass!, warnings: ['key is function<&>'] };
    const masked = renderReportPage(report, (text) =>
      text.replaceAll('function<&>', '***').replaceAll('openai', '***'),
    );
    expect(masked).toContain('key is ***');
    expect(masked).not.toContain('openai');
    expect(scriptsOf(masked).at(-1)!.text).toBe(scriptsOf(renderReportPage(report)).at(-1)!.text);
  });
});

describe('the policy of the page', () => {
  const page = renderReportPage(STATES.fail!);
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!.replaceAll('&#39;', "'");

  it('lets in nothing but the script and the style that are in it', () => {
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    for (const { element, attributes, text } of scriptsOf(page)) {
      if (attributes.includes('application/json')) continue;
      const digest = createHash('sha256').update(text).digest('base64');
      expect(policy).toContain(`${element}-src 'sha256-${digest}'`);
    }
    expect(markupOf(page)).not.toMatch(/ style="| on\w+="/);
  });

  it('leaves nothing to load: no address but those of links', () => {
    const sources = [...markupOf(page).matchAll(/ (?:src|href|srcset|action)="([^"]*)"/g)].map(([, url]) => url!);
    expect(sources.filter((url) => !/^(#|data:image\/svg)/.test(url))).toEqual([STATES.fail!.detailsUrl]);
  });
});

describe('links that are no addresses of the web', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example'])('%s is not linked', (detailsUrl) => {
    expect(markupOf(renderReportPage({ ...STATES.pass!, detailsUrl }))).not.toContain('The workflow run');
  });
});

describe('the numbers of the charts', () => {
  it('have the baseline beside the run, where something was compared', () => {
    const [{ curves, tenants, cache, providers, timeline }] = modelOf(
      renderReportPage(pageReport({ scenarios: 1, tenants: 2, blocks: 8, baselineRuns: 2 })),
    ).scenarios as [PageModel['scenarios'][number]];
    expect(curves.map(({ title }) => title)).toEqual([
      'Response',
      'First token',
      'Between tokens',
      'Cache hit',
      'Cache miss',
    ]);
    // Twice the runs have twice the samples: their curve reaches further.
    expect(curves[0]!.before!.us.length).toBeGreaterThan(curves[0]!.now.us.length);
    expect(tenants.map(({ tenant, before }) => [tenant, before !== undefined])).toEqual([
      ['tenant-1', true],
      ['tenant-2', true],
    ]);
    expect(cache!.hit.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 1);
    expect(providers!.names).toEqual(['anthropic', 'openai', 'bedrock']);
    expect(timeline!.start).toHaveLength(8);
  });

  it('have no baseline where there was none', () => {
    const model = modelOf(renderReportPage(STATES['first-run']!));
    expect(model.baseline).toBeUndefined();
    expect(model.scenarios[0]!.curves[0]!.before).toBeUndefined();
  });
});

describe('the trend', () => {
  const trended = (nights: number) =>
    renderReportPage(pageReport({ scenarios: 3, tenants: 0, blocks: 4, baselineRuns: 1, nights }));

  it('is not there without a history', () => {
    expect(markupOf(trended(0))).not.toContain('id="trend"');
    expect(modelOf(trended(0))).toMatchObject({ scenarios: [{ trend: [] }, { trend: [] }, { trend: [] }] });
  });

  it('has every run, this one at the end, and what changed first', () => {
    const { trend, scenarios } = modelOf(trended(60));
    expect(trend?.day).toHaveLength(61);
    expect(trend?.now).toBe(true);
    expect(trend?.alike.filter((alike) => alike === 0)).toHaveLength(6);
    expect(scenarios.map((each) => each.trend[0]?.title)).toEqual(['p95', 'p50', 'p95']);
    const [first] = scenarios[0]!.trend;
    expect(first?.value).toHaveLength(61);
    const [mark] = first?.marks ?? [];
    expect(mark).toMatchObject({ worse: true, text: expect.stringMatching(/^\+1\d %$/) });
    expect(Math.abs((mark?.at ?? 0) - 40)).toBeLessThanOrEqual(2);
  });

  it('folds the scenarios in which nothing changed, and has a row for each change', () => {
    const part = markupOf(trended(60)).split('id="trend"')[1]!.split('</section>')[0]!;
    const [open, folded] = part.split('<details><summary>1 scenario without a change');
    expect(open?.match(/data-chart="trend"/g)).toHaveLength(2);
    expect(folded?.match(/data-chart="trend"/g)).toHaveLength(1);
    expect(part).toContain('60 earlier runs are remembered');
    expect(part).toMatch(/<th scope="row">p95<\/th><td class="num"><span class="change worse">\+1\d %/);
    expect(part.match(/, this run</g)).toHaveLength(3);
  });
});

describe('60 scenarios of 20 tenants', () => {
  it('stay under 5 MB', () => {
    const page = renderReportPage(pageReport({ scenarios: 60, tenants: 20, blocks: 20, baselineRuns: 1, nights: 100 }));
    expect(Buffer.byteLength(page)).toBeLessThan(5_000_000);
    expect(unbalanced(markupOf(page))).toEqual([]);
    expect(markupOf(page).match(/data-chart="tenant"/g)).toHaveLength(1_200);
  }, 120_000);
});

describe("the page's script and style", () => {
  let built = '';

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'gatemark-page-'));
    execFileSync(process.execPath, ['scripts/build-page.mjs', join(folder, 'assets.json')], { cwd: ROOT });
    built = readFileSync(join(folder, 'assets.json'), 'utf8');
    rmSync(folder, { recursive: true });
  });

  it('are what the sources build (npm run page)', () => {
    expect(readFileSync(join(ROOT, 'src/report/page/page-assets.generated.json'), 'utf8') === built).toBe(true);
  });

  it('carry the licence of the library', () => {
    const { script } = JSON.parse(built) as { script: string };
    expect(script).toContain('Copyright (c) 2022 Leon Sorokin');
    expect(script).toContain('The above copyright notice and this permission notice shall be included');
  });
});
