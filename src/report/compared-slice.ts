import type { Report } from '../model/report.ts';
import type { ScenarioRun } from '../model/run.ts';
import { type Micros, micros } from '../model/units.ts';
import { partsOf } from '../stats/measurement.ts';
import { type SliceView, viewSlice } from './slice-view.ts';

/** That scenario in the runs compared with. Nothing compared, or the scenario is new → empty. */
export const comparedScenarios = ({ compared }: Report, name: string): readonly ScenarioRun[] =>
  compared.flatMap((run) => run.scenarios.find((scenario) => scenario.name === name) ?? []);

/** That scenario in all runs compared with, their histograms pooled. Nothing compared → undefined. */
export const comparedSlice = (report: Report, name: string): SliceView | undefined => {
  const scenarios = comparedScenarios(report, name);
  if (scenarios.length === 0) return undefined;
  const duration: Micros = micros(scenarios.reduce((sum, scenario) => sum + scenario.duration, 0));
  return viewSlice(
    scenarios.flatMap(({ slices }) => partsOf(slices, undefined)),
    duration,
  );
};
