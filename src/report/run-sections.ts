import { fromSeconds } from '../model/units.ts';
import type { GeneratorView } from './generator-view.ts';
import { codeBlock, codeSpan, escapeMarkdown, escapeName } from './markdown-escape.ts';
import { markdownTable } from './markdown-table.ts';
import { DASH, formatCount, formatMicros, formatRate, formatShare, formatSpan, formatTally } from './number-text.ts';
import type { ReportView } from './report-view.ts';
import type { Quantiles } from './slice-view.ts';

type Fact = readonly [name: string, value: string];

const factTable = (heads: readonly [string, string], facts: readonly Fact[]): string =>
  markdownTable<Fact>(
    [
      { head: heads[0], cell: ([name]) => name },
      { head: heads[1], cell: ([, value]) => value },
    ],
    facts,
  );

/** What the run used of what it was allowed. */
export const boundsBody = ({ report: { run } }: ReportView): string => {
  const { bounds, used } = run;
  return markdownTable<readonly [name: string, used: string, allowed: string]>(
    [
      { head: 'Bound', cell: (row) => row[0] },
      { head: 'Used', align: 'right', cell: (row) => row[1] },
      { head: 'Allowed', align: 'right', cell: (row) => row[2] },
    ],
    [
      ['Requests', formatCount(used.requests), formatCount(bounds.requests)],
      ['Duration', formatSpan(used.duration), formatSpan(bounds.duration)],
      ['In flight at once', formatCount(used.concurrency), formatCount(bounds.concurrency)],
      ['Tokens', formatCount(used.tokens), bounds.tokens === undefined ? 'unbounded' : formatCount(bounds.tokens)],
    ],
  );
};

/** Whether the generator itself kept up: its numbers, its worst moment, its floor, and what was wrong with it. */
export const generatorBody = ({ generator }: ReportView): string => {
  const { lag, loopDelay, gc, cpu, steal, floor, problems } = generator;
  const table = factTable(
    ['Generator', 'Observed'],
    [
      ['Released late by', lag === undefined ? DASH : spread(lag, ['p50', 'p99', 'max'])],
      ['Event loop late by', loopDelay === undefined ? DASH : spread(loopDelay, ['p99', 'max'])],
      ['CPU', cpu === undefined ? DASH : `${formatShare(cpu)} of a core`],
      ...fact('Garbage collection', gc && `${formatTally(gc.count, 'pause')}, ${spread(gc, ['p99', 'max'])}`),
      ...fact('CPU time stolen by the host', steal === undefined ? undefined : formatShare(steal)),
      ...fact('Worst moment', worstMoment(generator)),
      ...fact("This machine's own floor", floor?.latency && floorText(floor.latency)),
      ['Healthy', problems.length === 0 ? 'yes' : 'no'],
    ],
  );
  return [table, problems.map((problem) => `- ⚠️ ${escapeMarkdown(problem)}`).join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
};

/** No row for what is not known. */
const fact = (name: string, value: string | undefined): readonly Fact[] => (value === undefined ? [] : [[name, value]]);

const spread = (quantiles: Quantiles, keys: readonly ('p50' | 'p95' | 'p99' | 'max')[]): string =>
  keys.map((key) => `${key} ${formatMicros(quantiles[key])}`).join(', ');

const floorText = (latency: Quantiles): string =>
  `${spread(latency, ['p50', 'p95', 'p99'])} for an instant answer on loopback`;

const worstMoment = ({ worst }: GeneratorView): string | undefined => {
  if (worst === undefined) return undefined;
  const cpu = worst.cpu === undefined ? '' : `, ${formatShare(worst.cpu)} of a core`;
  return `at ${formatCount(worst.start)} s for ${formatSpan(fromSeconds(worst.seconds))}: event loop late by p99 ${formatMicros(worst.loopDelay?.p99)}${cpu}, ${formatRate(worst.rate)}`;
};

const arrivals = ({ scenarios }: ReportView): readonly Fact[] =>
  scenarios
    .slice(0, 10)
    .map(({ name, load, closed }) => [
      `Load of ${escapeName(name)}`,
      `${escapeMarkdown(load)}${closed ? ' (users wait for answers: a stalled gateway is under-reported)' : ''}`,
    ]);

/** Which machine, versions, seed and configuration made these numbers. */
export const environmentBody = (view: ReportView): string => {
  const { run, configPath } = view.report;
  const { environment: machine, origin } = run;
  const memory = `${(machine.memoryBytes / 2 ** 30).toFixed(1)} GiB`;
  return factTable(
    ['Measured', ''],
    [
      ['Gateway', `${codeSpan(run.gateway)}, dialect ${escapeMarkdown(run.dialect)}`],
      ...arrivals(view),
      [
        'Machine',
        escapeMarkdown(
          `${machine.cpuModel}, ${machine.cores} cores, ${memory}, ${machine.os} ${machine.arch}${machine.image === undefined ? '' : `, ${machine.image}`}`,
        ),
      ],
      ['Versions', escapeMarkdown(`Gatemark ${run.toolVersion}, Node ${machine.node}`)],
      ['Configuration', `${codeSpan(configPath)}, digest ${codeSpan(run.configDigest.slice(0, 12))}`],
      ['Seed', codeSpan(run.seed)],
      ['Run', `${codeSpan(run.id)} of ${codeSpan(run.createdAt)}`],
      ...(origin.commit === undefined ? [] : [['Commit', codeSpan(origin.commit.slice(0, 12))] as const]),
    ],
  );
};

/** The command that repeats this run. */
export const reproduceBody = ({ report }: ReportView): string => codeBlock(report.reproduce, 'sh');
