import type { ReportView } from '../report-view.ts';
import { type Html, html, name } from './html.ts';

/** Where the charts of the scenario at that place of the run are. */
export const scenarioId = (index: number): string => `scenario-${index}`;

/** Where the probe at that place of the run is. */
export const probeId = (index: number): string => `probe-${index}`;

/** The name of a scenario or a probe, as a link to what is shown of it where there is something. */
export const scenarioLink = (scenario: string, { scenarios, probes }: ReportView): Html => {
  const load = scenarios.findIndex((each) => each.name === scenario);
  const probe = probes.findIndex((each) => each.name === scenario);
  if (load < 0 && probe < 0) return html`${name(scenario)}`;
  return html`<a href="#${load < 0 ? probeId(probe) : scenarioId(load)}">${name(scenario)}</a>`;
};
