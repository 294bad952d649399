import type { LoadPlan } from '../model/plan.ts';
import { isRecord, valueAt } from './config-source.ts';
import { listed, suggestion } from './issue-to-problem.ts';
import { type LoadReading, readLoad } from './read-load.ts';
import type { ScenarioReading } from './read-scenario.ts';
import type { LoadScale } from './read-settings.ts';
import { type Reading, readNames } from './reading.ts';
import type { Path } from './source-document.ts';

/** A load with its place and those who send under it. */
interface Linked extends LoadReading {
  readonly name: string;
  readonly at: Path;
  /** Where its `after` is written. */
  readonly afterAt: Path;
  readonly members: readonly { readonly scenario: string; readonly weight: number }[];
}

/** The loads that were read, and for each scenario the one that drives it. */
export interface LinkedLoads {
  /** Without those that had a problem, and without those that nobody uses. */
  readonly loads: readonly LoadPlan[];
  readonly at: ReadonlyMap<string, Path>;
}

/** Reads all loads, the shared ones and the scenarios' own, and ties them to the scenarios and to one another. */
export const linkLoads = (scenarios: readonly ScenarioReading[], scale: LoadScale, reading: Reading): LinkedLoads => {
  const shared = readShared(scenarios, scale, reading);
  const own = readOwn(scenarios, scale, reading);
  for (const load of shared)
    if (own.some((other) => other.name === load.name))
      reading.report(load.at, `the scenario "${load.name}" has a load of its own by this name`, {
        allowed: 'another name',
      });
  const all = [...shared, ...own];
  const waits = new Map(all.map((load) => [load.name, resolveAfter(load, { all, scenarios, reading })]));
  reportCycles(all, waits, reading);
  const loads = all.flatMap((load): LoadPlan[] => {
    const { arrival, warmup, blocks, name, members } = load;
    return arrival === undefined || members.length === 0
      ? []
      : [{ name, arrival, warmup, blocks, after: waits.get(name), members }];
  });
  return { loads, at: new Map(all.map((load) => [load.name, load.at])) };
};

const readShared = (scenarios: readonly ScenarioReading[], scale: LoadScale, reading: Reading): readonly Linked[] => {
  const names = readNames(['loads'], reading);
  for (const { scenario, sharedLoad } of scenarios)
    if (sharedLoad !== undefined && !names.includes(sharedLoad))
      reading.report(
        ['scenarios', scenario.name, 'load'],
        `there is no load "${sharedLoad}"${suggestion(sharedLoad, names)}`,
        {
          allowed:
            names.length === 0
              ? 'a load defined under loads, or a map of its own'
              : `${listed(names)}, or a map of its own`,
        },
      );
  return names.map((name) => {
    const at: Path = ['loads', name];
    const members = scenarios
      .filter(({ sharedLoad }) => sharedLoad === name)
      .map(({ scenario, weight }) => ({ scenario: scenario.name, weight: weight ?? 1 }));
    if (members.length === 0) reading.warn(at, 'no scenario uses this load');
    return { ...readLoad({ at, isShared: true }, scale, reading), name, at, afterAt: [...at, 'after'], members };
  });
};

const readOwn = (scenarios: readonly ScenarioReading[], scale: LoadScale, reading: Reading): readonly Linked[] =>
  scenarios.flatMap(({ scenario, sharedLoad, weight, after }): Linked[] => {
    const at: Path = ['scenarios', scenario.name];
    if (scenario.probe !== undefined) return [];
    if (sharedLoad !== undefined) {
      if (after !== undefined)
        reading.report([...at, 'after'], 'after belongs to the load that scenarios share', {
          allowed: `loads.${sharedLoad}.after`,
        });
      return [];
    }
    if (weight !== undefined)
      reading.report([...at, 'weight'], 'weight divides a load under loads, and this scenario has one of its own', {
        allowed: 'load: the name of a load',
      });
    // Anything but a map was reported with the scenario.
    if (!isRecord(valueAt(reading.source.value, [...at, 'load']))) return [];
    const load = readLoad({ at: [...at, 'load'], isShared: false }, scale, reading);
    const members = [{ scenario: scenario.name, weight: 1 }];
    return [{ ...load, name: scenario.name, at: [...at, 'load'], after, afterAt: [...at, 'after'], members }];
  });

interface Linking {
  readonly all: readonly Linked[];
  readonly scenarios: readonly ScenarioReading[];
  readonly reading: Reading;
}

/** The load that `after` means: by its own name, or by that of a scenario under it. */
const resolveAfter = ({ name, after, afterAt }: Linked, { all, scenarios, reading }: Linking): string | undefined => {
  if (after === undefined) return undefined;
  const named = all.find((load) => load.name === after || load.members.some((member) => member.scenario === after));
  if (named !== undefined && named.members.length > 0) return named.name;
  if (named !== undefined) {
    reading.report(afterAt, `the load "${after}" never starts, for no scenario uses it`, { allowed: 'a load in use' });
    return undefined;
  }
  const target = scenarios.find(({ scenario }) => scenario.name === after);
  if (target !== undefined && target.scenario.probe === undefined) return undefined; // Its load has a problem of its own.
  const others = all.filter((load) => load.name !== name);
  const known = [...new Set(others.flatMap((load) => [load.name, ...load.members.map((member) => member.scenario)]))];
  const message =
    target === undefined
      ? `there is no scenario or load "${after}"${suggestion(after, known)}`
      : `"${after}" is a probe, and a probe runs alone`;
  reading.report(afterAt, message, { allowed: known.length === 0 ? 'another scenario or load' : listed(known) });
  return undefined;
};

const reportCycles = (
  all: readonly Linked[],
  waits: ReadonlyMap<string, string | undefined>,
  { report }: Reading,
): void => {
  const seen = new Set<string>();
  for (const load of all) {
    const chain: string[] = [];
    let name: string | undefined = load.name;
    while (name !== undefined && !seen.has(name)) {
      seen.add(name);
      chain.push(name);
      name = waits.get(name);
    }
    const start = name === undefined ? -1 : chain.indexOf(name);
    if (start < 0) continue;
    const cycle = [...chain.slice(start), name!];
    const first = all.find((other) => other.name === cycle[0])!;
    report(first.afterAt, `waits for itself: ${cycle.join(' → ')}`, { allowed: 'an order without a circle' });
  }
};
