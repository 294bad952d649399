import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderComment } from '../../src/report/comment.ts';
import { STATES } from '../report/states.ts';
import { startBrowser } from './browser.ts';
import { commentHtml, githubPage, MERMAID } from './github-page.ts';

const comments = Object.entries(STATES).map(([name, state]) => [name, renderComment(state)] as const);
const PHONE = { width: 420, height: 900 };
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await startBrowser();
  page = await browser.newPage({ viewport: PHONE });
  await page.setContent(githubPage(''));
  await page.addScriptTag({ path: MERMAID });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => complaints.push(`request: ${request.url()}`));
}, 60_000);

afterAll(() => browser.close());

/** The few calls of Mermaid that the tests make. */
interface Mermaid {
  initialize(options: object): void;
  parse(source: string): Promise<unknown>;
  run(options: object): Promise<void>;
}

/** A comment on a phone, everything unfolded and drawn; what went wrong on the way; and what was asked of the network. */
const draw = async (markdown: string) => {
  complaints.length = 0;
  const seen = await page.evaluate(async (html) => {
    document.querySelector('.comment')!.innerHTML = html;
    for (const details of document.querySelectorAll('details')) details.open = true;
    const { mermaid } = globalThis as unknown as { mermaid: Mermaid };
    mermaid.initialize({ startOnLoad: false });
    const charts = [...document.querySelectorAll('.mermaid')];
    const elements = [...new Set([...document.querySelectorAll('.comment *')].map((each) => each.localName))];
    const attributes = [...document.querySelectorAll('.comment *')].flatMap((each) => each.getAttributeNames());
    const links = [...document.querySelectorAll<HTMLAnchorElement>('.comment a')].map((each) => each.textContent);
    const errors: string[] = [];
    for (const chart of charts) await mermaid.parse(chart.textContent).catch((error) => errors.push(String(error)));
    await mermaid.run({ querySelector: '.mermaid' }).catch((error) => errors.push(String(error)));
    return {
      errors,
      elements,
      links,
      attributes: [...new Set(attributes)],
      charts: charts.length,
      drawn: charts.filter((chart) => chart.querySelector('svg path, svg rect')).length,
      titles: charts.map((chart) => chart.querySelector('svg .chart-title')?.textContent),
      width: document.documentElement.scrollWidth,
    };
  }, commentHtml(markdown));
  return { ...seen, complaints: [...complaints] };
};

/** The mean of `rgb(…)`, from 0 to 255. */
const lightness = (colour: string): number => {
  const parts = colour.match(/\d+/g)!.slice(0, 3).map(Number);
  return parts.reduce((sum, part) => sum + part, 0) / parts.length;
};

/** What a comment is made of. GitHub allows more; whatever else is there came in with a name. */
const ELEMENTS = new Set(
  'a blockquote br code details div em h3 li p pre strong sub summary table tbody td th thead tr ul'.split(' '),
);

describe('the comment as GitHub shows it on a phone', () => {
  it.each(comments)(
    '%s: charts are drawn, the page does not scroll sideways, and no name comes to life',
    async (_, markdown) => {
      const seen = await draw(markdown);
      expect([seen.errors, seen.complaints]).toEqual([[], []]);
      expect(seen.drawn).toBe(seen.charts);
      expect(seen.width).toBeLessThanOrEqual(PHONE.width);
      expect(seen.elements.filter((name) => !ELEMENTS.has(name))).toEqual([]);
      expect(seen.attributes.filter((name) => !['class', 'open', 'align', 'href'].includes(name))).toEqual([]);
      expect(seen.links.filter((text) => text !== 'Full report')).toEqual([]);
    },
  );

  it('says in the chart which is which, and shows a hostile name without its markup', async () => {
    expect((await draw(renderComment(STATES.fail!))).titles).toEqual([
      'chat: response time (line: now, bars: baseline)',
    ]);
    const [title] = (await draw(renderComment(STATES.hostile!))).titles;
    expect(title).toMatch(/^octocat 1 GH-2 img src x oner…: /);
  });

  it('breaks no number from its unit, and begins no line with a dot', async () => {
    const broken = await page.evaluate(
      (html) => {
        document.querySelector('.comment')!.innerHTML = html;
        return [...document.querySelectorAll('.comment > p, .comment > ul > li')].flatMap((block) => {
          // A rectangle for each piece of a line; one that is cut in two began on the line before.
          const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
          const found: string[] = [];
          while (walker.nextNode())
            for (const { 0: match, index } of walker.currentNode.textContent!.matchAll(/\d\s(?:ms|s|%)|\S\s·/g)) {
              const range = document.createRange();
              range.setStart(walker.currentNode, index);
              range.setEnd(walker.currentNode, index + match.length);
              if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) found.push(match);
            }
          return found;
        });
      },
      commentHtml(renderComment(STATES.fail!)),
    );
    expect(broken).toEqual([]);
  });

  it('has charts whose texts can be read in the dark as well', async () => {
    const dark = await browser.newPage({ viewport: PHONE, colorScheme: 'dark' });
    await dark.setContent(githubPage(renderComment(STATES.fail!)));
    await dark.addScriptTag({ path: MERMAID });
    const colours = await dark.evaluate(async () => {
      for (const details of document.querySelectorAll('details')) details.open = true;
      const { mermaid } = globalThis as unknown as { mermaid: Mermaid };
      mermaid.initialize({ startOnLoad: false, theme: 'dark' });
      await mermaid.run({ querySelector: '.mermaid' });
      const texts = [...document.querySelectorAll('.mermaid svg text')];
      return [...new Set(texts.map((text) => getComputedStyle(text).fill))];
    });
    await dark.close();
    expect(colours.length).toBeGreaterThan(0);
    expect(colours.filter((colour) => lightness(colour) < 150)).toEqual([]);
  });

  it('can tell: markup and a broken chart are found', async () => {
    const { errors, elements } = await draw('<img src=x>\n\n```mermaid\nxychart-beta\ntitle "a" b"\n```');
    expect(elements).toContain('img');
    expect(errors).not.toEqual([]);
  });
});
