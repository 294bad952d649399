import type uPlot from 'uplot';
import { CALL_KINDS, type PageModel, type ScenarioCharts } from '../report/page/page-model.ts';
import type { ChartContext } from './chart-context.ts';
import { drawCurve, drawSmallCurve } from './curve-chart.ts';
import type { LegendItem } from './legend.ts';
import { drawProbe } from './probe-timeline.ts';
import { drawCache, drawGenerator, drawProviders } from './share-charts.ts';
import { drawTimeline } from './timeline-chart.ts';
import { drawTrend } from './trend-chart.ts';

/** How a kind of chart is drawn. Undefined from `draw`: the model has nothing for it. */
export interface ChartKind {
  draw(context: ChartContext): readonly uPlot[] | undefined;
  legend(model: PageModel, scenario: ScenarioCharts | undefined, item: number): readonly LegendItem[];
  /** What the reader can choose between; fewer than two need no choice. */
  choices?(scenario: ScenarioCharts | undefined): readonly string[];
  /** One of many small ones: no legend, no cursor by keyboard. */
  readonly small?: boolean;
}

const CALL_WORDS: Readonly<Record<(typeof CALL_KINDS)[number], string>> = {
  ok: 'answered',
  hit: 'answered, a cache hit',
  throttled: 'throttled (429)',
  error: 'error',
  hungUp: 'hung up on purpose',
};

const curveLegend = ({ baseline }: PageModel): readonly LegendItem[] => [
  { text: 'this run', swatch: 'line now' },
  ...(baseline === undefined ? [] : [{ text: baseline, swatch: 'line before' }]),
];

/** By the name that the page gives a figure. */
export const CHART_KINDS: Readonly<Record<string, ChartKind>> = {
  curve: {
    draw: (context) => {
      const curve = context.scenario?.curves[context.item];
      return curve && drawCurve(context, curve);
    },
    legend: curveLegend,
    choices: (scenario) => scenario?.curves.map(({ title }) => title) ?? [],
  },
  tenant: {
    draw: (context) => context.scenario && drawSmallCurve(context, context.scenario.tenants),
    legend: () => [],
    small: true,
  },
  timeline: {
    draw: (context) => context.scenario?.timeline && drawTimeline(context, context.scenario.timeline),
    legend: (_, scenario) => [
      { text: 'p50', swatch: 'line mark' },
      { text: 'p95', swatch: 'line mark dashed' },
      { text: 'OK', swatch: 'ok' },
      ...some(scenario?.timeline?.throttled, { text: 'throttled (429)', swatch: 'throttled' }),
      ...some(scenario?.timeline?.errors, { text: 'errors', swatch: 'error' }),
      ...some(scenario?.timeline?.dropped, { text: 'never sent', swatch: 'dropped' }),
      { text: 'released late by, p99', swatch: 'line quiet' },
    ],
  },
  providers: {
    draw: (context) => {
      const { providers, timeline } = context.scenario ?? {};
      return providers && timeline && drawProviders(context, providers, timeline);
    },
    legend: (_, scenario) =>
      (scenario?.providers?.names ?? []).map((text, place) => ({ text, swatch: `share-${place % 7}` })),
  },
  cache: {
    draw: (context) => context.scenario?.cache && drawCache(context, context.scenario.cache),
    legend: (_, scenario) => [
      ...some(scenario?.cache?.hit, { text: 'hits', swatch: 'hit' }),
      ...some(scenario?.cache?.miss, { text: 'misses', swatch: 'miss' }),
      ...some(scenario?.cache?.bypass, { text: 'bypassed', swatch: 'bypass' }),
    ],
  },
  probe: {
    draw: ({ model, item, ...context }) => {
      const chart = model.probes[item];
      return chart ? drawProbe({ model, item, ...context }, chart) : undefined;
    },
    legend: ({ probes }, _, item) => {
      const kinds = new Set(probes[item]?.kind);
      return CALL_KINDS.flatMap((kind, place) => (kinds.has(place) ? [{ text: CALL_WORDS[kind], swatch: kind }] : []));
    },
  },
  trend: {
    draw: (context) => {
      const { model, scenario, item } = context;
      const series = scenario?.trend[item];
      return model.trend && series && drawTrend(context, model.trend, series);
    },
    legend: ({ trend }, scenario) => [
      ...some(trend?.alike, { text: 'the same machine and configuration', swatch: 'line now' }),
      ...some(
        trend?.alike.map((alike) => 1 - alike),
        { text: 'others', swatch: 'dot before' },
      ),
      ...(trend?.now ? [{ text: 'this run', swatch: 'dot mark' }] : []),
      ...some(
        scenario?.trend.map(({ marks }) => marks.filter(({ worse }) => worse).length),
        {
          text: 'got worse for good',
          swatch: 'line dashed worse',
        },
      ),
      ...some(
        scenario?.trend.map(({ marks }) => marks.filter(({ worse }) => !worse).length),
        {
          text: 'changed for good otherwise',
          swatch: 'line dashed better',
        },
      ),
    ],
    choices: (scenario) => scenario?.trend.map(({ title }) => title) ?? [],
  },
  generator: {
    draw: (context) => context.model.generator && drawGenerator(context, context.model.generator),
    legend: () => [
      { text: 'requests released late by, p99', swatch: 'line now' },
      { text: 'event loop late by, p99', swatch: 'line mark dashed' },
      { text: 'CPU', swatch: 'line quiet' },
    ],
  },
};

/** A line of the legend only where there is something to see. */
const some = (counts: readonly number[] | undefined, item: LegendItem): readonly LegendItem[] =>
  counts?.some((count) => count > 0) ? [item] : [];
