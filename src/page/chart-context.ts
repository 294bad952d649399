import type { PageModel, ScenarioCharts } from '../report/page/page-model.ts';
import type { Colours } from './colours.ts';

/** What a chart is drawn with. */
export interface ChartContext {
  readonly model: PageModel;
  /** The scenario of the figure; undefined for those that have none. */
  readonly scenario: ScenarioCharts | undefined;
  /** Which of several of a kind. */
  readonly item: number;
  readonly colours: Colours;
  /** Where it is drawn, and how wide, CSS pixels. */
  readonly plot: HTMLElement;
  readonly width: number;
  /** Everything is drawn that many times larger: 1, but more for paper. */
  readonly scale: number;
  /** Shows what is under the cursor. */
  readonly tell: (text: string) => void;
}
