import { cacheBody, failuresBody, percentilesBody, sharesBody, tenantsBody, tokensBody } from './detail-sections.ts';
import { fleetBody } from './fleet-section.ts';
import { holdTogether } from './hold-together.ts';
import { markdownLink } from './markdown-escape.ts';
import { folded } from './markdown-table.ts';
import { curvesBody } from './percentile-curve.ts';
import { probesSection } from './probe-sections.ts';
import type { ReportView } from './report-view.ts';
import { boundsBody, environmentBody, generatorBody, reproduceBody } from './run-sections.ts';
import { scenariosSection, stepsBody } from './scenario-sections.ts';
import type { Room, Section } from './section.ts';
import { fitSections } from './section.ts';
import { trendBody } from './trend-section.ts';
import { changesSection, comparisonBody, headSection, slosSection } from './verdict-sections.ts';

/** One folded part: the title that is clicked, how soon it gives way, and its text. */
interface Detail {
  readonly title: string;
  readonly rank: number;
  body(view: ReportView): string;
}

/** In the order of the page. Those that explain a failure or repeat it stay longest. */
const DETAILS: readonly Detail[] = [
  { title: 'Failures', rank: 4, body: failuresBody },
  { title: 'Every comparison', rank: 8, body: comparisonBody },
  { title: 'Trend', rank: 13, body: trendBody },
  { title: 'Steps', rank: 9, body: stepsBody },
  { title: 'Percentile curve', rank: 17, body: curvesBody },
  { title: 'Percentiles', rank: 10, body: percentilesBody },
  { title: 'Tenants', rank: 13, body: tenantsBody },
  { title: 'Fleet', rank: 13, body: fleetBody },
  { title: 'Cache', rank: 11, body: cacheBody },
  { title: 'Status codes, providers and models', rank: 12, body: sharesBody },
  { title: 'Tokens', rank: 16, body: tokensBody },
  { title: 'Bounds used', rank: 14, body: boundsBody },
  { title: 'Generator health', rank: 7, body: generatorBody },
  { title: 'Environment', rank: 15, body: environmentBody },
  { title: 'Reproduce this run locally', rank: 6, body: reproduceBody },
];

const detailSection = ({ title, rank, body }: Detail, view: ReportView, open: ReadonlySet<string>): Section => {
  const text = body(view);
  return { title: title.toLowerCase(), rank, variants: text === '' ? [] : [folded(title, text, open.has(title))] };
};

const footer = ({ report }: ReportView): Section => {
  const link = markdownLink('Full report', report.detailsUrl);
  return { title: 'link', rank: 1, variants: link === undefined ? [] : [link] };
};

/** Where a section that did not fit can be found. */
const elsewhere = ({ report }: ReportView): string =>
  report.detailsUrl === undefined ? 'They are in report.json.' : 'They are in report.json and behind the link.';

const held = (section: Section): Section => ({ ...section, variants: section.variants.map(holdTogether) });

/** The whole report as markdown within `limits.max`; `open` names the details that stand open. */
export const renderMarkdown = (
  view: ReportView,
  { open, ...limits }: Pick<Room, 'max' | 'measure'> & { readonly open: ReadonlySet<string> },
): string =>
  fitSections(
    [
      headSection(view),
      changesSection(view),
      slosSection(view),
      probesSection(view),
      scenariosSection(view),
      ...DETAILS.map((detail) => detailSection(detail, view, open)),
      footer(view),
    ].map(held),
    { ...limits, elsewhere: elsewhere(view) },
  );
