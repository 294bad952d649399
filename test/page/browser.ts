import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sparticuz, { inflate } from '@sparticuz/chromium';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** The package's own flags are for a serverless host: one process for all, which does not survive the end of a context. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'];

const require = createRequire(import.meta.url);

/** Starts the Chromium that npm brought; unpacking it into the temporary folder takes two seconds the first time. */
export const startBrowser = async (): Promise<Browser> => {
  const executablePath = await sparticuz.executablePath();
  // A machine without fonts gets those that the package has.
  const fonts = existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(tmpdir(), 'fonts') };
  const launch = (env: Readonly<Record<string, string>>): Promise<Browser> =>
    chromium.launch({ executablePath, args: FLAGS, env: { ...process.env, ...fonts, ...env } });
  try {
    return await launch({});
  } catch (error) {
    if (!String(error).includes('shared libraries')) throw error;
    // A system without NSS or expat: the package has them for the host that it is made for.
    const libraries = await inflate(join(dirname(require.resolve('@sparticuz/chromium')), '../bin/al2023.tar.br'));
    return launch({ LD_LIBRARY_PATH: join(libraries, 'lib') });
  }
};

/** A page, and what it did that it should not. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings of the console, exceptions, and every request but that for the file itself. */
  readonly complaints: readonly string[];
}

/** Opens a file in a context of its own, which remembers nothing. */
export const openFile = async (
  browser: Browser,
  path: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> => {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const url = pathToFileURL(path).href;
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, complaints };
};

const AXE = require.resolve('axe-core/axe.min.js');

/** What axe finds against WCAG 2.1 AA and its own best practices, a line each. Needs a context with `bypassCSP`. */
export const violationsOf = async (page: Page): Promise<readonly string[]> => {
  await page.addScriptTag({ path: AXE });
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 5).map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
  });
};
