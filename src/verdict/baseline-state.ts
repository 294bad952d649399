import { whyNotComparable } from '../archive/comparable.ts';
import type { Run } from '../model/run.ts';
import type { Against, BaselineState } from '../model/verdict.ts';
import { NO_HEALTH } from '../stats/generator.ts';
import { areAlike, machineName, onAlikeMachines } from './machines.ts';
import { MIN_BASELINE_RUNS } from './why-not-compared.ts';
import { counted } from './wording.ts';

/**
 * What was found to compare with: nothing wanted, nothing there, nothing to be trusted, something that cannot be read, earlier runs (newest first), of
 * which one may be pinned as that of a release, or the other gateway of the same run.
 */
export type BaselineInput =
  | { readonly kind: 'none' | 'absent' | 'untrusted' | 'unreadable'; readonly reason: string }
  | { readonly kind: 'runs'; readonly runs: readonly Run[]; readonly pinned?: Run | undefined }
  | { readonly kind: 'live'; readonly run: Run };

/** A single run that is compared with for the drift. */
export interface Reference {
  readonly against: Extract<Against, 'oldest' | 'release'>;
  readonly run: Run;
  /** What a release is called: its tag, else its commit or run. */
  readonly name: string | undefined;
}

/** The runs that the candidate is compared with, newest first, and what the report says about them. */
export interface ChosenBaseline {
  /** A single one where live. */
  readonly window: readonly Run[];
  readonly references: readonly Reference[];
  /** Why the pinned run is none of them, in a clause; undefined = it is, or none is pinned. */
  readonly unpinned?: string | undefined;
  readonly state: BaselineState;
}

/** The runs behind what a verdict says about its baseline, newest first; the other side where live. Nothing compared → none. */
export const comparedRuns = (state: BaselineState, baseline: BaselineInput): readonly Run[] => {
  if (state.kind === 'live' && baseline.kind === 'live') return [baseline.run];
  return state.kind === 'stored' && baseline.kind === 'runs'
    ? state.runs.flatMap(({ id }) => baseline.runs.find((run) => run.id === id) ?? [])
    : [];
};

/**
 * Picks what to compare with. Of earlier runs: the newest comparable ones, at most `size`; where five or more of them
 * were on machines like this one, these alone, since how much machines differ is then no part of the noise. No run at all
 * is absent; runs of which none will do are not comparable.
 */
export const chooseBaseline = (candidate: Run, baseline: BaselineInput, size: number): ChosenBaseline => {
  if (baseline.kind === 'live') return liveBaseline(candidate, baseline.run);
  if (baseline.kind !== 'runs') return { ...NOTHING, state: { kind: baseline.kind, reason: baseline.reason } };
  const others = baseline.runs.filter((run) => run.id !== candidate.id);
  const [newest] = others;
  if (newest === undefined) return { ...NOTHING, state: { kind: 'absent', reason: 'no earlier run is stored' } };
  const comparable = others.filter((run) => whyNotComparable(candidate, run) === undefined);
  if (comparable.length === 0) {
    const reason = `of ${counted(others.length, 'stored run')} none can be compared with this one; of the newest, ${whyNotComparable(candidate, newest)}`;
    return { ...NOTHING, state: { kind: 'not-comparable', reason } };
  }
  const { window, machines } = windowOf(candidate, comparable, size);
  const runs = window.map(({ id, createdAt, origin }) => ({ id, createdAt, commit: origin.commit }));
  const { pinned } = baseline;
  const unpinned = pinned && whyNotPinned(candidate, pinned, machines);
  const single = comparable.filter((run) => isOnKnownMachine(candidate, run, machines));
  return {
    window,
    references: referencesOf(single, unpinned === undefined ? pinned : undefined),
    unpinned,
    state: {
      kind: 'stored',
      runs,
      machines,
      advisory: window.length < MIN_BASELINE_RUNS || machines === 'other',
    },
  };
};

/** Says that a pinned run is not compared with, and why, in a sentence; nothing where it is, or where nothing else is either. */
export const pinnedWarnings = (candidate: Run, baseline: BaselineInput, size: number): readonly string[] => {
  if (baseline.kind !== 'runs' || baseline.pinned === undefined) return [];
  const { unpinned } = chooseBaseline(candidate, baseline, size);
  return unpinned === undefined
    ? []
    : [`The release ${nameOfRelease(baseline.pinned)} is not compared with: ${unpinned}.`];
};

const NOTHING = { window: [], references: [] } as const;

const liveBaseline = (candidate: Run, run: Run): ChosenBaseline => {
  // Both sides had one generator: what was wrong with it is said of the candidate, and makes the whole verdict invalid.
  const why = whyNotComparable({ ...candidate, dialect: run.dialect }, { ...run, generator: NO_HEALTH });
  if (why !== undefined)
    return {
      ...NOTHING,
      state: { kind: 'not-comparable', reason: `the other side of this run cannot be compared with: ${why}` },
    };
  const pairs = Math.max(
    0,
    ...run.scenarios.map(({ slices }) => Math.max(0, ...slices.map(({ blocks }) => blocks.length))),
  );
  return { window: [run], references: [], state: { kind: 'live', gateway: run.gateway, pairs } };
};

type Machines = Extract<BaselineState, { kind: 'stored' }>['machines'];

const windowOf = (
  candidate: Run,
  comparable: readonly Run[],
  size: number,
): { readonly window: readonly Run[]; readonly machines: Machines } => {
  const alike = onAlikeMachines(candidate, comparable).slice(0, size);
  if (alike.length >= MIN_BASELINE_RUNS) return { window: alike, machines: 'alike' };
  const window = comparable.slice(0, size);
  const known = onAlikeMachines(candidate, window).length;
  return { window, machines: known === window.length ? 'alike' : known > 0 ? 'mixed' : 'other' };
};

/** The oldest run that the window ever held is carried behind it. */
const referencesOf = (comparable: readonly Run[], release: Run | undefined): readonly Reference[] => {
  const oldest = comparable.at(-1)!;
  return [
    ...(release === undefined ? [] : [{ against: 'release', run: release, name: nameOfRelease(release) } as const]),
    ...(oldest.id === release?.id ? [] : [{ against: 'oldest', run: oldest, name: undefined } as const]),
  ];
};

/** A single run may be of another machine only where the window tells how much machines differ. */
const isOnKnownMachine = (candidate: Run, single: Run, machines: Machines): boolean =>
  machines !== 'alike' || areAlike(candidate.environment, single.environment);

const whyNotPinned = (candidate: Run, pinned: Run, machines: Machines): string | undefined => {
  const why = whyNotComparable(candidate, pinned);
  if (why !== undefined || isOnKnownMachine(candidate, pinned, machines)) return why;
  return `it ran on another machine (${machineName(pinned.environment)}), and runs of one machine do not tell how much machines differ`;
};

const nameOfRelease = ({ origin: { ref, commit }, id }: Run): string => {
  if (ref?.startsWith('refs/tags/')) return ref.slice('refs/tags/'.length);
  return commit === undefined ? `run ${id}` : `commit ${commit.slice(0, 7)}`;
};
