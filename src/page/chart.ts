import type uPlot from 'uplot';
import type { PageModel } from '../report/page/page-model.ts';
import { CHART_KINDS, type ChartKind } from './chart-kinds.ts';
import type { Colours } from './colours.ts';
import { makeChoice, makeLegend } from './legend.ts';

/** How all charts are drawn now: changes with the theme and for paper. */
export interface Look {
  readonly colours: Colours;
  readonly scale: number;
  /** Overrides the figure's own width, CSS pixels: paper has no layout before it is printed. */
  readonly width?: (kind: string) => number;
}

/** One figure of the page with its chart, which is drawn when somebody wants to see it. */
export class Chart {
  readonly #figure: HTMLElement;
  readonly #plot: HTMLElement;
  readonly #name: string;
  readonly #kind: ChartKind;
  readonly #model: PageModel;
  readonly #readout = document.createElement('output');
  #item: number;
  #drawn: readonly uPlot[] = [];
  #look: Look | undefined;

  constructor(figure: HTMLElement, model: PageModel) {
    this.#figure = figure;
    this.#plot = figure.querySelector<HTMLElement>('.plot')!;
    this.#name = figure.dataset.chart!;
    this.#kind = CHART_KINDS[this.#name]!;
    this.#model = model;
    this.#item = Number(figure.dataset.item || 0);
    if (this.#kind.small !== true) this.#furnish();
  }

  get isDrawn(): boolean {
    return this.#drawn.length > 0;
  }

  /** Draws it, or draws it anew. Folded away it has no width: it is then forgotten, until it comes into view again. */
  draw(look: Look): void {
    this.clear();
    this.#look = look;
    const { colours, scale } = look;
    const width = look.width?.(this.#name) ?? this.#figure.clientWidth;
    if (width === 0) return;
    this.#drawn =
      this.#kind.draw({
        model: this.#model,
        scenario: this.#scenario,
        item: this.#item,
        colours,
        scale,
        plot: this.#plot,
        width,
        tell: (text) => {
          this.#readout.textContent = text;
        },
      }) ?? [];
  }

  clear(): void {
    for (const plot of this.#drawn) plot.destroy();
    this.#drawn = [];
  }

  get #scenario() {
    const { scenario } = this.#figure.dataset;
    return scenario ? this.#model.scenarios[Number(scenario)] : undefined;
  }

  /** Legend, choice, and a cursor that the arrow keys move. */
  #furnish(): void {
    const titles = this.#kind.choices?.(this.#scenario) ?? [];
    const choose = (index: number): void => {
      this.#item = index;
      if (this.#look) this.draw(this.#look);
    };
    this.#readout.setAttribute('aria-live', 'polite');
    this.#plot.before(
      ...(titles.length > 1 ? [makeChoice('What the chart shows', titles, choose)] : []),
      makeLegend(this.#kind.legend(this.#model, this.#scenario, this.#item)),
    );
    this.#plot.after(this.#readout);
    this.#plot.tabIndex = 0;
    this.#plot.addEventListener('keydown', (event) => this.#onKey(event));
  }

  #onKey(event: KeyboardEvent): void {
    const [plot] = this.#drawn;
    if (plot === undefined) return;
    const last = plot.data[0].length - 1;
    const at = plot.cursor.idx ?? -1;
    const next = { ArrowLeft: Math.max(0, at - 1), ArrowRight: Math.min(last, at + 1), Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    plot.setCursor({ left: plot.valToPos(plot.data[0][next]!, 'x'), top: 0 });
  }
}
