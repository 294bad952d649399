import { createHash } from 'node:crypto';
import type { Report } from '../../model/report.ts';
import { viewReport } from '../report-view.ts';
import { buildPageModel } from './build-model.ts';
import { comparisonPart } from './comparison-part.ts';
import { fleetPart } from './fleet-part.ts';
import { type Html, html, line, NOTHING, writeHtml, writeJson } from './html.ts';
import assets from './page-assets.generated.json' with { type: 'json' };
import { probesPart } from './probes-part.ts';
import { generatorPart, runPart } from './run-part.ts';
import { scenariosPart } from './scenario-part.ts';
import { slosPart } from './slo-part.ts';
import { trendPart } from './trend-part.ts';
import { verdictPart } from './verdict-part.ts';

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing but what is in the file: no request leaves it, and no script or style but ours runs in it. */
const POLICY = [
  "default-src 'none'",
  `script-src ${sha256(assets.script)}`,
  `style-src ${sha256(assets.style)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** A disc, so that no browser asks for an icon. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='7' fill='%236d5ae6'/%3E%3C/svg%3E";

const LINKS = [
  ['slos', 'SLOs'],
  ['changes', 'Changes'],
  ['trend', 'Trend'],
  ['probes', 'Behaviour'],
  ['scenarios', 'Scenarios'],
  ['fleet', 'Fleet'],
  ['generator', 'Generator'],
  ['run', 'This run'],
] as const;

const THEMES = [
  ['auto', 'Auto'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

/**
 * `report.html`: the whole report as one file that needs nothing else. Its tables are markup and are there without a script; the
 * script draws charts from the JSON at its end. Total: every report has a page. The same report gives the same bytes.
 *
 * @param mask replaces secrets in a text; it sees each before it is escaped, and never our own markup and script
 */
export const renderReportPage = (report: Report, mask: (text: string) => string = (text) => text): string => {
  const view = viewReport(report);
  const model = buildPageModel(view);
  const parts = [
    verdictPart(view),
    slosPart(view),
    comparisonPart(view),
    trendPart(view, model),
    probesPart(view, model),
    scenariosPart(view, model),
    fleetPart(view),
    generatorPart(view, model),
    runPart(view),
  ];
  const has = (id: string): boolean => parts.some((part) => part.parts[0]?.toString().includes(`id="${id}"`));
  return [
    writeHtml(head(`${view.title}: ${view.statusText}`), mask),
    `<style>${assets.style}</style>\n`,
    writeHtml(
      body(
        parts,
        LINKS.filter(([id]) => has(id)),
        report.detailsUrl,
      ),
      mask,
    ),
    `<script type="application/json" id="model">${writeJson(model, mask)}</script>\n`,
    `<script type="module">${assets.script}</script>\n</body>\n</html>\n`,
  ].join('');
};

const head = (title: string): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="${ICON}">
<title>${line(title)}</title>
`;

const body = (
  parts: readonly Html[],
  links: readonly (readonly [id: string, title: string])[],
  detailsUrl: string | undefined,
): Html => html`</head>
<body>
<a class="skip" href="#verdict">Skip to the verdict</a>
<header class="top"><a class="brand" href="#verdict">Gatemark</a>
<nav aria-label="Sections">${links.map(([id, title]) => html`<a href="#${id}">${title}</a>`)}</nav>
<fieldset class="theme"><legend class="hidden">Colours</legend>${THEMES.map(
  ([value, title]) =>
    html`<label><input type="radio" name="theme" value="${value}"${value === 'auto' ? html` checked` : NOTHING}><span>${title}</span></label>`,
)}</fieldset></header>
<main>
<noscript><p class="notes">The charts need JavaScript. Every number is in the tables.</p></noscript>${parts}
</main>
<footer>${detailsUrl !== undefined && /^https?:\/\//i.test(detailsUrl) ? html`<a href="${line(detailsUrl, 2_000)}" rel="noreferrer">The workflow run</a> · ` : NOTHING}Made by Gatemark. This file is complete: it loads nothing and sends nothing. Charts by uPlot, © Leon Sorokin, MIT licence.</footer>
`;
