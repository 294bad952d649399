import { type Html, html } from './html.ts';

/** What the page's script draws into a figure. */
export type ChartKind = 'curve' | 'timeline' | 'providers' | 'cache' | 'tenant' | 'probe' | 'generator' | 'trend';

/**
 * A place for a chart. The script finds its numbers by kind, scenario and item; without a script it is not shown. `label` says in
 * a sentence what the chart shows, for those who cannot see it.
 */
export const figure = ({
  kind,
  title,
  hint = '',
  label,
  scenario,
  item,
}: {
  readonly kind: ChartKind;
  readonly title: string;
  readonly hint?: string;
  readonly label: string;
  readonly scenario?: number;
  readonly item?: number;
}): Html =>
  html`<figure class="chart ${kind}" data-chart="${kind}" data-scenario="${scenario}" data-item="${item}"><figcaption><strong>${title}</strong>${hint === '' ? [] : html` <span>${hint}</span>`}</figcaption><div class="plot" role="img" aria-label="${label}"></div></figure>
`;
