import { formatDuration } from '../config/quantities.ts';
import type { Plan } from '../model/plan.ts';
import {
  type PlanDescription,
  type ProbeDescription,
  planDescription,
  type ScenarioDescription,
  whole,
} from './describe-plan.ts';

type Row = readonly string[];

const HEAD: Row = ['scenario', 'load', 'requests', 'warm-up', 'in flight', 'tokens each', 'SLOs'];
/** Columns of numbers, set to the right. */
const NUMBERS = new Set([2, 3, 4, 5, 6]);

/** The plan as an aligned text for a terminal: a row a scenario, its request and tenants below, then totals against bounds. */
export const describePlan = (plan: Plan): string => {
  const description = planDescription(plan);
  const { scenarios, probes, warnings } = description;
  const sections = [
    heading(description),
    scenarios.length === 0 ? 'No scenario sends load.' : scenarioTable(scenarios),
    probes.length === 0 ? '' : probeTable(probes),
    aligned(totalRows(description), new Set([1])),
    warnings.map((warning) => `Warning: ${warning}`).join('\n'),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
};

const heading = ({ target, dialect, baseline }: PlanDescription): string => {
  const first = `${target}  (dialect ${dialect})`;
  if (baseline === undefined) return first;
  const both = 'the tables are of each of them, the limits of both together';
  return `${first}\ncompared with ${baseline.url} in ${baseline.pairs} pairs of blocks, one gateway after the other: ${both}`;
};

const scenarioTable = (scenarios: readonly ScenarioDescription[]): string => {
  const lines = aligned([HEAD, ...scenarios.map(rowOf)], NUMBERS).split('\n');
  const [head, ...rows] = lines;
  const below = (scenario: ScenarioDescription): readonly string[] => [
    `  ${scenario.request}`,
    ...tenantLine(scenario),
  ];
  return [head!, ...rows.flatMap((row, index) => [row, ...below(scenarios[index]!)])].join('\n');
};

const PROBE_HEAD: Row = ['probe', 'kind', 'request', 'requests', 'takes', 'SLOs'];

const probeTable = (probes: readonly ProbeDescription[]): string =>
  aligned(
    [
      PROBE_HEAD,
      ...probes.map(({ name, kind, request, requests, duration, slos }) => [
        name,
        kind,
        request,
        `<= ${whole(requests)}`,
        `~${formatDuration(duration)}`,
        String(slos),
      ]),
    ],
    new Set([3, 4, 5]),
  );

const rowOf = (scenario: ScenarioDescription): Row => {
  const about = scenario.isExact ? '' : '~';
  return [
    scenario.name,
    scenario.load,
    `${about}${whole(scenario.requests)}`,
    `${about}${whole(scenario.warmupRequests)}`,
    `~${whole(scenario.inFlight)}`,
    `<= ${whole(scenario.tokensPerRequest)}`,
    String(scenario.slos),
  ];
};

const tenantLine = ({ tenants, isExact }: ScenarioDescription): readonly string[] =>
  tenants.length === 0
    ? []
    : [`  tenants: ${tenants.map(({ id, requests }) => `${id} ${isExact ? '' : '~'}${whole(requests)}`).join(', ')}`];

const totalRows = ({ totals, bounds, scenarios }: PlanDescription): readonly Row[] => {
  const about = scenarios.every(({ isExact }) => isExact) ? '' : '~';
  const { abort } = bounds;
  const rows: Row[] = [
    ['', 'planned', 'limit'],
    ['requests', `${about}${whole(totals.requests)}`, whole(bounds.requests)],
    ['duration', formatDuration(totals.duration), formatDuration(bounds.duration)],
    ['tokens', `<= ${whole(totals.tokens)}`, bounds.tokens === undefined ? 'none' : whole(bounds.tokens)],
    ['concurrency', '', whole(bounds.concurrency)],
  ];
  const breaker = abort && `at ${Number((abort.errorRate * 100).toFixed(3))}% errors for ${formatDuration(abort.over)}`;
  return [...rows, ['abort', '', breaker ?? 'never']];
};

/** Columns two blanks apart, without blanks at the end of a line. */
const aligned = (rows: readonly Row[], right: ReadonlySet<number>): string => {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (right.has(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
