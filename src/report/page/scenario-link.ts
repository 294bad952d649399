import type { ReportView } from '../report-view.ts';
import { type Html, html, name } from './html.ts';

/** Where the charts of the scenario at that place of the run are. */
export const scenarioId = (index: number): string => `scenario-${index}`;

/** A scenario's name, as a link to its charts where it has some. */
export const scenarioLink = (scenario: string, { scenarios }: ReportView): Html => {
  const index = scenarios.findIndex((each) => each.name === scenario);
  return index < 0 ? html`${name(scenario)}` : html`<a href="#${scenarioId(index)}">${name(scenario)}</a>`;
};
