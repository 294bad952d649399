import type { ProbeReading, ProbeRun } from '../model/probe.ts';
import type { Override, Report } from '../model/report.ts';
import type { Ending, FailureGroup, ScenarioRun } from '../model/run.ts';
import type { Knee, Reason, RegressionFinding, SloFinding, Status } from '../model/verdict.ts';
import { partsOf } from '../stats/measurement.ts';
import { readProbe } from '../verdict/read-probe.ts';
import { baselineSentence } from './baseline-text.ts';
import { cleanText, LONGEST } from './clean-text.ts';
import { endingSentence } from './ending-text.ts';
import { byImportance, byStatus, isDrift, isNotable, tightness } from './finding-order.ts';
import { type FleetView, viewFleet } from './fleet-view.ts';
import { type GeneratorView, viewGenerator } from './generator-view.ts';
import { factsOf, headlineOf, tells } from './headline.ts';
import { formatMoment } from './moment-text.ts';
import { type SliceView, viewSlice } from './slice-view.ts';

/** Comparisons sorted by what a reader should do about them. */
export interface Changes {
  /** Regressions that fail the gate, the largest first. */
  readonly failing: readonly RegressionFinding[];
  /** Regressions that are shown only, and clear improvements. */
  readonly notable: readonly RegressionFinding[];
  /** Inconclusive or invalid. */
  readonly undecided: readonly RegressionFinding[];
  /** Gating comparisons that found nothing, and are told nowhere else. */
  readonly unmoved: readonly RegressionFinding[];
  /** All of them, in the verdict's order. */
  readonly all: readonly RegressionFinding[];
}

export interface TenantView extends SliceView {
  readonly tenant: string;
}

export interface ScenarioView extends SliceView {
  readonly name: string;
  readonly load: string;
  readonly stream: boolean;
  readonly closed: boolean;
  readonly tenants: readonly TenantView[];
  readonly failures: readonly FailureGroup[];
  readonly knee: Knee | undefined;
  /** The whole scenario's comparisons (no tenant), by metric: `p95`, `error_rate`. */
  readonly changes: ReadonlyMap<string, RegressionFinding>;
}

/** One probe: its facts and what they mean. */
export interface ProbeView {
  readonly name: string;
  readonly run: ProbeRun;
  readonly reading: ProbeReading;
}

/** Everything that a renderer shows, computed once. Texts are plain and may hold anything: renderers escape. */
export interface ReportView {
  readonly report: Report;
  /** `Gatemark`, with the key where it tells more. */
  readonly title: string;
  readonly status: Status;
  /** The status as it is called: with an override, that too. */
  readonly statusText: string;
  /** The verdict's one number, or the reason why there is none. */
  readonly headline: string;
  /** A few facts behind the headline, short. */
  readonly facts: readonly string[];
  /** Reasons that neither the headline nor a row tells. */
  readonly reasons: readonly Reason[];
  /** Who overrode the failure; how the burst ended, where it was not as planned; then the warnings. */
  readonly notes: readonly string[];
  readonly baseline: string;
  readonly changes: Changes;
  /** Failing first, the furthest past its limit at the top; the others in the configuration's order. */
  readonly slos: readonly SloFinding[];
  readonly scenarios: readonly ScenarioView[];
  readonly probes: readonly ProbeView[];
  readonly generator: GeneratorView;
  /** Undefined for a run that one generator made. */
  readonly fleet: FleetView | undefined;
}

const DEFAULT_KEYS = new Set(['', 'default', 'gatemark']);

/** What the renderers show, computed once for each report. Total: an empty run gives a view without rows. */
export const viewReport = (report: Report): ReportView => {
  const view = VIEWS.get(report) ?? computeView(report);
  VIEWS.set(report, view);
  return view;
};

/** Reports do not change, and five renderers ask for the same view of one. */
const VIEWS = new WeakMap<Report, ReportView>();

const computeView = (report: Report): ReportView => {
  const { run, verdict } = report;
  const slos = [...verdict.slos].sort(
    (a, b) => byStatus(a, b) || (a.status === 'fail' ? tightness(b) - tightness(a) : 0),
  );
  const ending = endingSentence(run.ending);
  const headline = headlineOf(report);
  const probes = run.probes.map((each) => ({ name: each.scenario, run: each, reading: readProbe(each) }));
  return {
    report,
    title: DEFAULT_KEYS.has(report.key.toLowerCase()) ? 'Gatemark' : `Gatemark ${cleanText(report.key, LONGEST.name)}`,
    status: verdict.status,
    statusText: report.override === undefined ? verdict.status : `${verdict.status}, overridden`,
    headline: headline.text,
    facts: factsOf(
      report,
      probes.map(({ reading }) => reading),
    ),
    reasons: verdict.reasons.filter((reason) => reason !== headline.reason && !isTold(reason, report)),
    notes: [
      ...(report.override === undefined ? [] : [overrideSentence(report.override)]),
      ...(ending === undefined || tellsEnding(headline.text, run.ending) ? [] : [ending]),
      ...report.warnings,
    ],
    baseline: baselineSentence(verdict.baseline),
    changes: sortChanges(verdict.regressions),
    slos,
    scenarios: run.scenarios.map((scenario) => viewScenario(scenario, report)),
    probes,
    generator: viewGenerator(run.generator),
    fleet: viewFleet(run),
  };
};

const overrideSentence = ({ by, at, label }: Override): string =>
  `${cleanText(by, LONGEST.name)} overrode this failure by the label ${cleanText(label, LONGEST.name)} (${formatMoment(at)}): the job passes, and the verdict stands.`;

const tellsEnding = (headline: string, ending: Ending): boolean => {
  if (ending.kind === 'cancelled') return headline.includes(ending.signal);
  return 'reason' in ending && ending.reason !== '' && headline.includes(ending.reason);
};

/** A row of the tables below says it better than a sentence above them, and the headline of a pass that all is well. */
const isTold = (reason: Reason, { verdict }: Report): boolean =>
  [...verdict.slos, ...verdict.regressions].some((finding) => tells(reason, finding)) ||
  (reason.status === 'pass' && reason.scenario === undefined);

const sortChanges = (all: readonly RegressionFinding[]): Changes => {
  const failing = all.filter((each) => each.status === 'fail' && each.gating).sort(byImportance);
  return {
    failing,
    notable: all.filter((each) => !failing.includes(each) && isNotable(each)).sort(byImportance),
    undecided: all.filter((each) => isUndecided(each) && !isNotable(each) && !isDrift(each)),
    unmoved: all.filter((each) => each.status === 'pass' && each.gating && !isNotable(each)),
    all,
  };
};

const isUndecided = ({ status }: RegressionFinding): boolean => status === 'inconclusive' || status === 'invalid';

const viewScenario = (scenario: ScenarioRun, { verdict }: Report): ScenarioView => ({
  ...viewSlice(partsOf(scenario.slices, undefined), scenario.duration),
  name: scenario.name,
  load: scenario.load,
  stream: scenario.stream,
  closed: scenario.closed,
  tenants: scenario.slices.flatMap(({ tenant }) =>
    tenant === undefined ? [] : [{ tenant, ...viewSlice(partsOf(scenario.slices, tenant), scenario.duration) }],
  ),
  failures: scenario.failures,
  knee: verdict.knees.find((knee) => knee.scenario === scenario.name),
  changes: new Map(
    verdict.regressions
      .filter((each) => each.scenario === scenario.name && each.tenant === undefined && !isDrift(each))
      .map((each) => [each.metric, each]),
  ),
});
