import { NAIVE_RULES } from './naive.ts';
import { rate, share, type Tally, tally } from './tally.ts';
import { type ExtendedResult, type Trial, type TrialResult, tryExtendedGate, tryGate } from './trial.ts';
import { LIVE_WORLDS, STORED_WORLDS, slowdownFor, type World } from './worlds.ts';

/** One table: gates of one kind, in several worlds. */
export interface Section {
  /** Of the markers in the page, and of `--only`. */
  readonly key: string;
  readonly title: string;
  readonly kind: Trial['kind'];
  readonly worlds: readonly World[];
  readonly requests: number;
  readonly blocks: number;
  /** By how much p95 rose, as a share. */
  readonly rise: number;
  readonly gates: number;
}

const named = (...names: readonly string[]): readonly World[] =>
  [...LIVE_WORLDS, ...STORED_WORLDS].filter(({ name }) => names.includes(name));

/** Every table, with this many gates a row where they are cheap, and a fraction of it where they are not. */
export const sectionsOf = (gates: number): readonly Section[] => {
  const live = { kind: 'live', worlds: LIVE_WORLDS, requests: 4_000, blocks: 40, gates } as const;
  const large = { ...live, requests: 20_000, gates: Math.ceil(gates / 5) } as const;
  const stored = {
    kind: 'stored',
    worlds: STORED_WORLDS,
    requests: 4_000,
    blocks: 40,
    gates: Math.ceil(gates / 2),
  } as const;
  return [
    { ...live, key: 'live-same', title: 'Live baseline, identical gateways, 4,000 requests a side', rise: 0 },
    { ...live, key: 'live-20', title: 'Live baseline, p95 20 % higher, 4,000 requests a side', rise: 0.2 },
    {
      ...large,
      key: 'live-15',
      title: 'Live baseline, p95 15 % higher, 20,000 requests a side',
      rise: 0.15,
      worlds: named('lognormal', 'queue, 50 % load', 'slow swings', 'token streams'),
    },
    { ...stored, key: 'stored-same', title: 'Ten stored runs of 4,000 requests, nothing changed', rise: 0 },
    { ...stored, key: 'stored-50', title: 'Ten stored runs of 4,000 requests, p95 50 % higher', rise: 0.5 },
  ];
};

/** Live gates that may be extended once, by as many pairs as they have: what else would stay undecided. */
export const extendedSectionsOf = (gates: number): readonly Section[] => {
  const live = { kind: 'live', worlds: LIVE_WORLDS, requests: 4_000, blocks: 40, gates: Math.ceil(gates / 2) } as const;
  return [
    { ...live, key: 'extended-same', title: 'With room for an extension, identical gateways', rise: 0 },
    { ...live, key: 'extended-20', title: 'With room for an extension, p95 20 % higher', rise: 0.2 },
  ];
};

/** Tries all gates of one world of a section; the same seed gives the same gates, whatever else is tried. */
export const runWorld = (section: Section, world: World, seed: number): Tally => {
  const slower = slowdownFor(world, section.rise);
  const results: TrialResult[] = [];
  for (let gate = 0; gate < section.gates; gate++)
    results.push(tryGate({ ...section, world, slower, seed: seed + gate }));
  return tally(results);
};

const HEAD = ['World', 'fail', 'pass', 'undecided', 'invalid', 'sees from', ...NAIVE_RULES.map(({ name }) => name)];

/** A Markdown table of what came of a section's worlds. Where nothing changed, `fail` is false; else it is found. */
export const renderSection = (
  { title, gates }: Section,
  rows: readonly { readonly world: World; readonly tally: Tally }[],
): string => {
  const lines = rows.map(({ world, tally: { statuses, alarms, detectable } }) => [
    `${world.name} (${world.about})`,
    rate(statuses.fail, gates),
    rate(statuses.pass, gates),
    share(statuses.inconclusive, gates),
    share(statuses.invalid, gates),
    detectable === undefined ? '–' : `${(100 * detectable).toFixed(0)} %`,
    ...alarms.map((count) => share(count, gates)),
  ]);
  return tableOf(`**${title}** (${gates} gates a row)`, [HEAD, ...lines]);
};

const EXTENDED_HEAD = ['World', 'fail', 'pass', 'undecided', 'invalid', 'decided', 'extended'];

/** Tries gates that may be extended, in every world of a section, and renders what came of them. */
export const renderExtended = (section: Section, seed: number): string => {
  const { title, gates } = section;
  const lines = section.worlds.map((world) => {
    const slower = slowdownFor(world, section.rise);
    const results = Array.from({ length: gates }, (_, gate) =>
      tryExtendedGate({ ...section, world, slower, seed: seed + gate }),
    );
    const count = (has: (result: ExtendedResult) => boolean): number => results.filter(has).length;
    const [fail, pass] = [count(({ status }) => status === 'fail'), count(({ status }) => status === 'pass')];
    return [
      `${world.name} (${world.about})`,
      rate(fail, gates),
      rate(pass, gates),
      share(
        count(({ status }) => status === 'inconclusive'),
        gates,
      ),
      share(
        count(({ status }) => status === 'invalid'),
        gates,
      ),
      share(fail + pass, gates),
      share(
        count(({ isExtended }) => isExtended),
        gates,
      ),
    ];
  });
  return tableOf(`**${title}** (${gates} gates a row)`, [EXTENDED_HEAD, ...lines]);
};

/** Markdown; the first row is the head. */
const tableOf = (title: string, [head = [], ...rows]: readonly (readonly string[])[]): string => {
  const rule = head.map((_, column) => (column === 0 ? '---' : '--:'));
  return `${title}\n\n${[head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
};
