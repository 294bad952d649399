import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderReportPage } from '../../src/report/page/report-page.ts';
import { STATES } from '../report/states.ts';
import { pageReport } from '../support/page-report.ts';
import { openFile, startBrowser, violationsOf } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatemark-page-'));
const full = join(folder, 'report.html');
let browser: Browser;

beforeAll(async () => {
  writeFileSync(
    full,
    renderReportPage(pageReport({ scenarios: 2, tenants: 3, blocks: 20, baselineRuns: 2, nights: 90 })),
  );
  browser = await startBrowser();
}, 60_000);

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** Goes down the page until every chart has been in view. */
const seeAll = async (page: Page): Promise<void> => {
  for (const figure of await page.locator('figure.chart').all()) {
    await figure.scrollIntoViewIfNeeded();
    await figure.locator('canvas').first().waitFor({ state: 'attached' });
  }
};

const unfold = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });

/** For each canvas: its chart, and how many different colours are in it. */
const coloursOf = (page: Page): Promise<readonly { readonly chart: string; readonly colours: number }[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('canvas')].map((canvas) => {
      const pixels = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data;
      const seen = new Set<number>();
      for (let at = 0; at < pixels.length; at += 4)
        if (pixels[at + 3]! > 0) seen.add((pixels[at]! << 16) | (pixels[at + 1]! << 8) | pixels[at + 2]!);
      return { chart: canvas.closest('figure')!.dataset.chart!, colours: seen.size };
    }),
  );

describe('report.html in a browser', () => {
  it('draws every chart, without a complaint and without a request', async () => {
    const { page, complaints } = await openFile(browser, full);
    await seeAll(page);
    const drawn = await coloursOf(page);
    const count = (kind: string): number => drawn.filter(({ chart }) => chart === kind).length;
    expect(['curve', 'timeline', 'providers', 'cache', 'tenant', 'probe', 'generator', 'trend'].map(count)).toEqual([
      2, 6, 2, 2, 6, 1, 1, 2,
    ]);
    // An axis alone has the grays of its text and its grid.
    expect(drawn.filter(({ colours }) => colours < 12)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('draws what comes into view, not what is far below or folded', async () => {
    const { page } = await openFile(browser, full);
    const early = await page.locator('canvas').count();
    expect(early).toBeLessThan(20);
    await seeAll(page);
    expect(await page.locator('canvas').count()).toBe(22);
  });

  it.each(['light', 'dark'] as const)('is accessible, %s', async (colorScheme) => {
    const { page } = await openFile(browser, full, { colorScheme, bypassCSP: true });
    await seeAll(page);
    await unfold(page);
    expect(await violationsOf(page)).toEqual([]);
  });

  it('changes its colours by the switch, charts included, and keeps the choice', async () => {
    const { page } = await openFile(browser, full, { colorScheme: 'light' });
    const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const chart = page.locator('#scenario-0 figure.curve');
    await chart.scrollIntoViewIfNeeded();
    const picture = (): Promise<string> =>
      chart.locator('canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    await chart.locator('canvas').waitFor();
    const [lightPage, lightChart] = [await background(), await picture()];
    await page.getByRole('radio', { name: 'Dark' }).check();
    expect(await background()).not.toBe(lightPage);
    expect(await picture()).not.toBe(lightChart);
    await page.reload();
    expect(await background()).not.toBe(lightPage);
    expect(await page.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true);
  });

  it('can be read by keyboard alone', async () => {
    const { page } = await openFile(browser, full);
    await page.keyboard.press('Tab');
    await expect(page.locator(':focus').textContent()).resolves.toBe('Skip to the verdict');
    const reached = new Set<string>();
    for (let step = 0; step < 60; step++) {
      await page.keyboard.press('Tab');
      reached.add(
        await page.evaluate(() => {
          const focused = document.activeElement!;
          return (
            focused.closest('figure')?.dataset.chart ?? focused.getAttribute('name') ?? focused.tagName.toLowerCase()
          );
        }),
      );
    }
    for (const part of ['a', 'theme', 'div', 'summary', 'curve', 'timeline', 'providers', 'cache'])
      expect(reached).toContain(part);
  });

  it('says by arrow keys what is in a chart', async () => {
    const { page } = await openFile(browser, full);
    const chart = page.locator('#scenario-0 figure.curve');
    await chart.locator('.plot').focus();
    await chart.locator('canvas').waitFor();
    await page.keyboard.press('Home');
    const first = await chart.locator('output').textContent();
    expect(first).toMatch(/^p\d+: [\d.]+ m?s, baseline [\d.]+ m?s$/);
    await page.keyboard.press('ArrowRight');
    expect(await chart.locator('output').textContent()).not.toBe(first);
    await chart.getByRole('radio', { name: 'First token' }).check();
    await chart.locator('.plot').focus();
    await page.keyboard.press('Home');
    expect(await chart.locator('output').textContent()).not.toBe(first);
  });

  it('draws what became of a measure over many runs, and says by arrow keys when it changed', async () => {
    const { page } = await openFile(browser, full);
    const trend = page.locator('#trend figure.trend').first();
    await trend.locator('.plot').focus();
    await trend.locator('canvas').waitFor();
    await page.keyboard.press('End');
    expect(await trend.locator('output').textContent()).toMatch(/^\d{4}-\d\d-\d\d, commit \w+, this run: p95 [\d.]+ s/);
    let said = '';
    for (let step = 0; step < 90 && !said.includes('changed for good'); step++) {
      await page.keyboard.press('ArrowLeft');
      said = (await trend.locator('output').textContent()) ?? '';
    }
    expect(said).toMatch(/, changed for good: \+1\d %$/);
    expect(await page.locator('#trend table').first().locator('tbody tr').count()).toBeGreaterThanOrEqual(3);
    expect(await trend.locator('.legend').textContent()).toContain('got worse for good');
    await trend.getByRole('radio', { name: 'throughput' }).check();
    await trend.locator('.plot').focus();
    await page.keyboard.press('Home');
    expect(await trend.locator('output').textContent()).toMatch(/throughput [\d.]+\/s/);
  });

  it('has all of its numbers without a script, and says what is missing', async () => {
    const { page } = await openFile(browser, full, { javaScriptEnabled: false });
    expect(await page.locator('noscript').textContent()).toContain('The charts need JavaScript');
    expect(await page.locator('figure.chart').first().isVisible()).toBe(false);
    expect(await page.locator('#slos tbody tr').count()).toBe(5);
  });

  it.each([
    ['report', 1280],
    ['report', 820],
    ['report', 420],
    ['hostile', 420],
  ] as const)('%s is never wider than a window of %i pixels', async (state, width) => {
    const path = state === 'report' ? full : join(folder, 'hostile-names.html');
    if (state === 'hostile') writeFileSync(path, renderReportPage(STATES.hostile!));
    const { page } = await openFile(browser, path, { viewport: { width, height: 900 } });
    await unfold(page);
    await seeAll(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  it('prints everything, in light colours, and is as before afterwards', async () => {
    const { page, complaints } = await openFile(browser, full, { colorScheme: 'dark' });
    await page.evaluate(() => {
      addEventListener('afterprint', () => {
        document.title = 'printed';
      });
      addEventListener('beforeprint', () => {
        const state = {
          charts: document.querySelectorAll('canvas').length,
          folded: document.querySelectorAll('details:not([open])').length,
        };
        document.body.dataset.printed = JSON.stringify(state);
      });
    });
    const folded = await page.locator('details:not([open])').count();
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(JSON.parse((await page.getAttribute('body', 'data-printed'))!)).toEqual({ charts: 22, folded: 0 });
    expect(await page.title()).toBe('printed');
    expect(await page.locator('details:not([open])').count()).toBe(folded);
    expect(await page.evaluate(() => document.documentElement.className)).toBe('js');
    expect(complaints).toEqual([]);
  });

  it.each(['fleet', 'hostile', 'hostile-trend', 'nothing', 'knee', 'aborted', 'no-slos'])(
    'shows the state "%s" without a complaint',
    async (state) => {
      const path = join(folder, `${state}.html`);
      writeFileSync(path, renderReportPage(STATES[state]!));
      const { page, complaints } = await openFile(browser, path);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      await seeAll(page);
      expect(await page.locator('h1').isVisible()).toBe(true);
      expect(complaints).toEqual([]);
    },
  );
});
