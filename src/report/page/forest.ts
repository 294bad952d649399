import type { SloUnit } from '../../model/slo.ts';
import type { RegressionFinding } from '../../model/verdict.ts';
import { isImprovement } from '../finding-order.ts';
import { formatChange } from '../number-text.ts';
import { type Html, html, NOTHING } from './html.ts';

/** The drawing's own units: 0 is in the middle. */
const HALF = 100;
const HEIGHT = 20;

/** From no change to the edge: relative changes by factors, shares by points. */
const LEAST = { relative: 0.1, share: 0.01 } as const;
const MOST = { relative: 1, share: 0.2 } as const;

/** The change at the edge of the plot. One for all relative changes of a table, one for all shares. */
export type ForestScale = (unit: SloUnit) => number;

const isShare = (unit: SloUnit): boolean => unit === 'ratio';

/** Rounds up to a round number, so that the axis ends on a number people say. */
const round = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.5, 2, 3, 5, 7.5, 10].find((step) => step * power >= value * 0.999) ?? 10) * power;
};

/** The scales that hold every interval of the table, within bounds: one wild interval must not flatten all others. */
export const forestScale = (findings: readonly RegressionFinding[]): ForestScale => {
  const edge = (share: boolean): number => {
    const ends = findings
      .filter(({ unit }) => unit !== 'count' && isShare(unit) === share)
      .flatMap(({ change, interval }) => [change ?? 0, ...(interval ?? [])])
      .filter(Number.isFinite)
      .map(Math.abs);
    const key = share ? 'share' : 'relative';
    return round(Math.min(MOST[key], Math.max(LEAST[key], ...ends)));
  };
  const edges = { share: edge(true), relative: edge(false) };
  return (unit) => (isShare(unit) ? edges.share : edges.relative);
};

/** The axis: both edges and the middle, for the head of the column. */
export const forestAxis = (scale: ForestScale, findings: readonly RegressionFinding[]): Html => {
  const units = (['us', 'ratio'] as const).filter((unit) =>
    findings.some((each) => each.unit !== 'count' && isShare(each.unit) === isShare(unit)),
  );
  return html`${units.map(
    (unit) =>
      html`<span class="axis"><span>${formatChange(-scale(unit), unit)}</span><span>0</span><span>${formatChange(scale(unit), unit)}</span></span>`,
  )}`;
};

/**
 * One row of the forest plot: the change as a point, its interval as a line, and behind them what this comparison could not have
 * seen. What lies past the edge ends in an arrow. The numbers stand beside it, so that it is hidden from screen readers.
 * A count, or nothing known → nothing.
 */
export const forestRow = (finding: RegressionFinding, scale: ForestScale): Html => {
  const { change, interval, detectable, unit, status, gating } = finding;
  if (change === undefined || unit === 'count' || !Number.isFinite(change)) return NOTHING;
  const edge = scale(unit);
  const place = (value: number): string =>
    (Math.max(-1, Math.min(1, value / edge)) * HALF + 0).toFixed(1).replace(/^-0\.0$/, '0.0');
  const kind = status === 'fail' ? (gating ? 'worse' : 'advisory') : isImprovement(finding) ? 'better' : 'same';
  return html`<svg class="forest ${kind}" viewBox="${-HALF - 6} 0 ${2 * HALF + 12} ${HEIGHT}" aria-hidden="true" focusable="false">${unseen(detectable, place)}<line class="zero" x1="0" x2="0" y1="0" y2="${HEIGHT}"/>${range(interval, edge, place)}<circle cx="${place(change)}" cy="${HEIGHT / 2}" r="4"/></svg>`;
};

type Place = (value: number) => string;

const unseen = (detectable: number | undefined, place: Place): Html =>
  detectable === undefined || !Number.isFinite(detectable)
    ? NOTHING
    : html`<rect class="unseen" x="${place(-detectable)}" width="${(2 * Number(place(detectable))).toFixed(1)}" y="0" height="${HEIGHT}"/>`;

const range = (interval: RegressionFinding['interval'], edge: number, place: Place): Html => {
  if (interval === undefined) return NOTHING;
  const [low, high] = interval;
  const y = HEIGHT / 2;
  const arrow = (past: boolean, at: number): Html =>
    past ? html`<path class="arrow" d="M${at * (HALF - 2)} ${y - 4}l${at * 6} 4l${-at * 6} 4z"/>` : NOTHING;
  return html`<line class="range" x1="${place(low)}" x2="${place(high)}" y1="${y}" y2="${y}"/>${arrow(low < -edge, -1)}${arrow(high > edge, 1)}`;
};
