import type { PageModel } from '../report/page/page-model.ts';
import { Chart, type Look } from './chart.ts';
import { readColours } from './colours.ts';
import { watchTheme } from './theme.ts';

/** Charts are drawn that far before they come into view, CSS pixels. */
const AHEAD = '400px';

/** Widths on paper: two beside each other, but three of the small ones, on A4 and Letter alike. CSS pixels. */
const PAPER = { whole: 680, half: 330, small: 215 } as const;
const PAPER_SCALE = 2;

const onPaper = (kind: string): number =>
  kind === 'tenant' ? PAPER.small : ['generator', 'probe', 'trend'].includes(kind) ? PAPER.whole : PAPER.half;

const start = (): void => {
  const root = document.documentElement;
  root.classList.add('js');
  const model = JSON.parse(document.getElementById('model')!.textContent!) as PageModel;
  const charts = new Map(
    [...document.querySelectorAll<HTMLElement>('figure[data-chart]')].map((figure) => [
      figure,
      new Chart(figure, model),
    ]),
  );
  let look: Look = { colours: readColours(), scale: 1 };
  const redraw = (): void => {
    look = { colours: readColours(), scale: 1 };
    for (const chart of charts.values()) if (chart.isDrawn) chart.draw(look);
  };
  watchTheme(redraw);
  drawInView(charts, () => look);
  redrawOnResize(redraw);
  drawForPaper([...charts.values()], redraw);
};

/** A chart costs a few milliseconds, and a page may have a thousand: each is drawn when it comes near the window. */
const drawInView = (charts: ReadonlyMap<Element, Chart>, look: () => Look): void => {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const chart = charts.get(target)!;
        if (isIntersecting && !chart.isDrawn) chart.draw(look());
      }
    },
    { rootMargin: AHEAD },
  );
  for (const figure of charts.keys()) observer.observe(figure);
};

const redrawOnResize = (redraw: () => void): void => {
  let width = innerWidth;
  let timer = 0;
  addEventListener('resize', () => {
    if (innerWidth === width) return;
    width = innerWidth;
    clearTimeout(timer);
    timer = setTimeout(redraw, 150);
  });
};

/** On paper there is nothing to open, and no dark: every chart is drawn in light colours, at paper's width and resolution. */
const drawForPaper = (charts: readonly Chart[], redraw: () => void): void => {
  const root = document.documentElement;
  let folded: readonly HTMLDetailsElement[] = [];
  let unseen: readonly Chart[] = [];
  addEventListener('beforeprint', () => {
    root.classList.add('paper');
    folded = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    unseen = charts.filter((chart) => !chart.isDrawn);
    for (const each of folded) each.open = true;
    const look: Look = { colours: readColours(), scale: PAPER_SCALE, width: onPaper };
    for (const chart of charts) chart.draw(look);
  });
  addEventListener('afterprint', () => {
    root.classList.remove('paper');
    for (const each of folded) each.open = false;
    for (const chart of unseen) chart.clear();
    redraw();
  });
};

start();
