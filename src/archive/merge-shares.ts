import { GateError } from '../model/errors.ts';
import type { Fleet, RegionRun, RegionScenario, RunShare } from '../model/fleet.ts';
import type { FleetPolicy } from '../model/policy.ts';
import type { GeneratorHealth, Run, ScenarioRun } from '../model/run.ts';
import { mergeBlocks, totalCounts } from '../stats/measurement.ts';
import { isWhole, latenessOf, namesOfShares } from './fleet.ts';
import { compare, groupsOf, mergeMeasured } from './merge-measured.ts';

/** A run that is one share of a plan. */
type ShareRun = Run & { readonly share: RunShare };

/**
 * Adds shares of one plan into one run, losslessly: with all of them it is the run of the whole plan. What is missing is missing
 * from the loads as well (`6/8 of 20/s for 30 s`, and the rates of steps), and the run says which shares it is made of. Where the
 * policy is to `scale`, a share that began too late, or sent nothing, is left out.
 *
 * Throws `GateError` `usage` for shares that are not of one run, or given twice; `unmeasurable` when none is left.
 */
export const mergeShares = (runs: readonly Run[], policy?: FleetPolicy): Run => {
  const shares = ordered(runs);
  checkShares(shares);
  const all = shares.map(({ share }) => share);
  const reasons = new Map(
    shares.map((run) => [run, policy?.missing === 'scale' ? whyLeftOut(run, all, policy) : undefined]),
  );
  const parts = shares.filter((run) => reasons.get(run) === undefined);
  const [first] = parts.toSorted((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id));
  if (first === undefined)
    throw new GateError('unmeasurable', 'not one share of the load began in time, so that there is nothing to judge');
  const fleet: Fleet = {
    count: first.share.count,
    shares: parts.map(({ share }) => share),
    leftOut: shares.flatMap((run) => {
      const reason = reasons.get(run);
      return reason === undefined ? [] : [{ ...run.share, reason }];
    }),
    regions: regionsOf(parts),
  };
  const { share, ...identity } = first;
  const measured = mergeMeasured(parts.map(namingItself), { areShares: true });
  return {
    ...identity,
    ...measured,
    scenarios: measured.scenarios.map((scenario) => asMade(scenario, fleet)),
    bounds: addBounds(parts),
    fleet,
  };
};

/** By index, whatever the order in which they came. */
const ordered = (runs: readonly Run[]): readonly ShareRun[] =>
  runs
    .map((run): ShareRun => {
      if (run.share !== undefined) return { ...run, share: run.share };
      const what = run.fleet === undefined ? 'is no share of a load' : 'was merged before';
      throw new GateError('usage', `the run ${run.id} ${what}, and cannot be merged with shares`, {
        hint: 'Name the run.json of every share, each once.',
      });
    })
    .toSorted((a, b) => a.share.index - b.share.index);

const ALIKE: readonly (readonly [what: string, of: (run: ShareRun) => string])[] = [
  ['configuration', (run) => run.configDigest],
  ['seed', (run) => run.seed],
  ['gateway', (run) => run.gateway],
  ['dialect', (run) => run.dialect],
  ['version of Gatemark', (run) => run.toolVersion],
  ['number of shares', (run) => String(run.share.count)],
  ['common start', (run) => run.share.aimedAt ?? 'none'],
];

const checkShares = (shares: readonly ShareRun[]): void => {
  for (const [what, of] of ALIKE) {
    const [one, other] = [...new Set(shares.map(of))];
    if (other !== undefined)
      throw new GateError(
        'usage',
        `the shares are not of one run: the ${what} of one is "${one}", of another "${other}"`,
      );
  }
  for (const [index, run] of shares.entries())
    if (run.share.index === shares[index - 1]?.share.index)
      throw new GateError('usage', `${namesOfShares([run.share])} is given twice, and would count twice`);
};

const whyLeftOut = (
  { share, ending }: ShareRun,
  all: readonly RunShare[],
  { late }: FleetPolicy,
): string | undefined => {
  if (share.startedAt === undefined) return `sent nothing${'reason' in ending ? ` (${ending.reason})` : ''}`;
  const by = latenessOf(share, all);
  return by > late ? `began ${(by / 1_000_000).toFixed(1)} s after the common start` : undefined;
};

/** A merged run says whose generator was in trouble. */
const namingItself = ({ share, generator, ...run }: ShareRun): Run => {
  const named = (text: string): string => `${namesOfShares([share])}: ${text}`;
  const health: GeneratorHealth = {
    ...generator,
    problems: generator.problems.map(named),
    scenarioProblems: generator.scenarioProblems.map(({ scenario, text }) => ({ scenario, text: named(text) })),
    warnings: generator.warnings.map(named),
  };
  return { ...run, generator: health };
};

/** The load that was there, where it is not all that was asked for. */
const asMade = (scenario: ScenarioRun, fleet: Fleet): ScenarioRun => {
  if (isWhole(fleet)) return scenario;
  const { length } = fleet.shares;
  return {
    ...scenario,
    load: `${length}/${fleet.count} of ${scenario.load}`,
    stepRates: scenario.stepRates.map((rate) => (rate * length) / fleet.count),
  };
};

const addBounds = (parts: readonly ShareRun[]): Run['bounds'] => {
  const [first] = parts as [ShareRun];
  const sum = (pick: (bounds: Run['bounds']) => number): number =>
    parts.reduce((total, { bounds }) => total + pick(bounds), 0);
  return {
    ...first.bounds,
    requests: sum(({ requests }) => requests),
    concurrency: sum(({ concurrency }) => concurrency),
    tokens: first.bounds.tokens === undefined ? undefined : sum(({ tokens }) => tokens ?? 0),
  };
};

const regionsOf = (parts: readonly ShareRun[]): readonly RegionRun[] => {
  if (parts.every(({ share }) => share.region === undefined)) return [];
  return groupsOf(parts, ({ share }) => share.region)
    .map((group) => ({
      region: group[0].share.region,
      shares: group.length,
      scenarios: groupsOf(
        group.flatMap(({ scenarios }) => scenarios),
        ({ name }) => name,
      ).map(addedUp),
    }))
    .toSorted((a, b) => compare(a.region ?? '', b.region ?? ''));
};

const addedUp = (scenarios: readonly ScenarioRun[]): RegionScenario => {
  const blocks = scenarios.flatMap(({ slices }) => slices.flatMap((slice) => slice.blocks));
  const [all] = mergeBlocks(blocks.map((block) => ({ ...block, index: 0 })));
  return { name: scenarios[0]!.name, counts: totalCounts(blocks), histograms: all?.histograms ?? {} };
};
