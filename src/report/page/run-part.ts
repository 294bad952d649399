import { LONGEST } from '../clean-text.ts';
import { DASH, formatCount, formatMicros, formatShare, formatSpan, formatTally } from '../number-text.ts';
import type { ReportView } from '../report-view.ts';
import type { Quantiles } from '../slice-view.ts';
import { figure } from './figure.ts';
import { type Html, html, line, NOTHING } from './html.ts';
import type { PageModel } from './page-model.ts';
import { table } from './table.ts';

type Fact = readonly [term: string, value: Html];

const factList = (facts: readonly Fact[]): Html =>
  html`<dl class="list">${facts.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;

const spread = (quantiles: Quantiles | undefined): string =>
  quantiles === undefined
    ? DASH
    : (['p50', 'p99', 'max'] as const).map((key) => `${key} ${formatMicros(quantiles[key])}`).join(', ');

/** Whether the generator itself kept up, over the whole burst. */
export const generatorPart = ({ generator }: ReportView, model: PageModel): Html => {
  const { lag, loopDelay, gc, cpu, steal, floor, problems } = generator;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Requests released late by', spread(lag)],
    ['Event loop late by', spread(loopDelay)],
    ['CPU', cpu === undefined ? undefined : `${formatShare(cpu)} of a core`],
    ['Garbage collection', gc && `${formatTally(gc.count, 'pause')}, ${spread(gc)}`],
    ['CPU time stolen by the host', steal === undefined ? undefined : formatShare(steal)],
    ["This machine's own floor", floor?.latency && `${spread(floor.latency)} for an instant answer on loopback`],
  ];
  const shown = facts.flatMap(([term, value]): Fact[] => (value === undefined ? [] : [[term, html`${value}`]]));
  return html`
<section id="generator" aria-labelledby="generator-title"><h2 id="generator-title">Load generator</h2>
<p>${problems.length === 0 ? 'It kept up: its own delays are no part of these numbers.' : 'It did not keep up, so that its own delays are part of these numbers.'}</p>
${problems.length === 0 ? NOTHING : html`<ul class="notes">${problems.map((problem) => html`<li>${line(problem, LONGEST.sentence)}</li>`)}</ul>`}
${model.generator === undefined ? NOTHING : figure({ kind: 'generator', title: 'Generator over time', hint: 'How late requests and the event loop were, p99, with its CPU.', label: `Delays of the load generator over time: requests ${spread(lag)}; event loop ${spread(loopDelay)}` })}
${factList(shown)}</section>`;
};

/** What the run used of what it was allowed. */
const boundsTable = ({ report: { run } }: ReportView): Html => {
  const { bounds, used } = run;
  const share = (part: number, whole: number | undefined): string =>
    whole === undefined || whole === 0 ? DASH : formatShare(part / whole, 2);
  const rows = [
    ['Requests', formatCount(used.requests), formatCount(bounds.requests), share(used.requests, bounds.requests)],
    ['Duration', formatSpan(used.duration), formatSpan(bounds.duration), share(used.duration, bounds.duration)],
    [
      'In flight at once',
      formatCount(used.concurrency),
      formatCount(bounds.concurrency),
      share(used.concurrency, bounds.concurrency),
    ],
    [
      'Tokens',
      formatCount(used.tokens),
      bounds.tokens === undefined ? 'unbounded' : formatCount(bounds.tokens),
      share(used.tokens, bounds.tokens),
    ],
  ] as const;
  return table<(typeof rows)[number]>(
    'Bounds used',
    [
      { head: 'Bound', names: true, cell: (row) => row[0] },
      { head: 'Used', numeric: true, cell: (row) => row[1] },
      { head: 'Allowed', numeric: true, cell: (row) => row[2] },
      { head: 'Share', numeric: true, cell: (row) => row[3] },
    ],
    rows,
  );
};

const code = (text: string): Html => html`<code>${line(text)}</code>`;

const environmentFacts = ({ report }: ReportView): readonly Fact[] => {
  const { run, configPath, profile } = report;
  const { environment: machine, origin } = run;
  const memory = `${(machine.memoryBytes / 2 ** 30).toFixed(1)} GiB`;
  const where = [
    machine.cpuModel,
    `${machine.cores} cores`,
    memory,
    `${machine.os} ${machine.arch}`,
    machine.image ?? '',
  ];
  const optional = (term: string, value: string | undefined): Fact[] =>
    value === undefined ? [] : [[term, code(value)]];
  return [
    ['Gateway', html`${code(run.gateway)}, dialect ${line(run.dialect)}`],
    ['Machine', html`${line(where.filter((part) => part !== '').join(', '))}`],
    ['Versions', html`${line(`Gatemark ${run.toolVersion}, Node ${machine.node}`)}`],
    ['Configuration', html`${code(configPath)}, digest ${code(run.configDigest.slice(0, 12))}`],
    ...optional('Profile', profile),
    ['Seed', code(run.seed)],
    ['Run', html`${code(run.id)} of ${code(run.createdAt)}`],
    ...optional('Repository', origin.repository),
    ...optional('Commit', origin.commit?.slice(0, 12)),
    ...optional('Ref', origin.ref),
  ];
};

/** Which machine, versions, seed and configuration made these numbers, within which bounds, and how to repeat them. */
export const runPart = (view: ReportView): Html => html`
<section id="run" aria-labelledby="run-title"><h2 id="run-title">This run</h2>
<h3>Bounds used</h3>${boundsTable(view)}
<h3>Environment</h3>${factList(environmentFacts(view))}
<h3>Reproduce this run locally</h3><pre tabindex="0"><code>${line(view.report.reproduce, 2_000)}</code></pre></section>`;
