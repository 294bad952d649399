import { z } from 'zod';
import { type HistoryPoint, TREND_METRICS, type TrendMetric } from '../model/trend.ts';

/** Runs that are remembered: more than a year of nights. */
export const HISTORY_MAX_POINTS = 400;

/** Of the stored form, in characters: sixty scenarios keep about 100 runs, ten keep all. */
export const HISTORY_MAX_SIZE = 1_048_576;

/** Numbers of a history that is read: three times what one of `HISTORY_MAX_SIZE` can hold. */
const MAX_FIGURES = 200_000;

/** A history as plain JSON data: each name once, and numbers in rows. */
export interface StoredHistory {
  readonly scenarios: readonly string[];
  readonly machines: readonly string[];
  readonly configurations: readonly string[];
  readonly metrics: readonly string[];
  readonly points: readonly {
    readonly run: string;
    readonly at: string;
    readonly commit?: string;
    readonly verdict: HistoryPoint['verdict'];
    /** Places in the lists above. */
    readonly machine: number;
    readonly configuration: number;
    /** Scenario and metric by their places, the value, and its interval where there is one. */
    readonly figures: readonly (readonly number[])[];
  }[];
}

/** The stored form of a history, in its order. */
export const storedHistory = (points: readonly HistoryPoint[]): StoredHistory => {
  const [scenarios, machines, configurations] = [new Names(), new Names(), new Names()];
  return {
    points: points.map((point) => ({
      run: point.runId,
      at: point.at,
      ...(point.commit === undefined ? {} : { commit: point.commit }),
      verdict: point.verdict,
      machine: machines.placeOf(point.machine),
      configuration: configurations.placeOf(point.configuration),
      figures: point.figures.map(({ scenario, metric, value, interval = [] }) => [
        scenarios.placeOf(scenario),
        TREND_METRICS.indexOf(metric),
        value,
        ...interval,
      ]),
    })),
    scenarios: scenarios.all,
    machines: machines.all,
    configurations: configurations.all,
    metrics: TREND_METRICS,
  };
};

/**
 * Reads a history from anywhere: nothing in it is trusted. Oldest first; metrics that are not known are left out. A sentence
 * without its full stop where it is not a history in every field: half of one would show changes that there were not.
 */
export const readHistory = (stored: unknown): readonly HistoryPoint[] | string => {
  const result = historySchema.safeParse(stored);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return `${z.core.toDotPath(issue?.path ?? []).slice(0, 200)}: ${issue?.message ?? 'not a history'}`;
};

/**
 * The history with one more run, oldest first: the newest `HISTORY_MAX_POINTS` runs, and no more than fit into
 * `HISTORY_MAX_SIZE`. An earlier entry of the same run gives way.
 */
export const appendToHistory = (history: readonly HistoryPoint[], point: HistoryPoint): readonly HistoryPoint[] => {
  const all = inOrder([...history.filter(({ runId }) => runId !== point.runId), point]).slice(-HISTORY_MAX_POINTS);
  // Oldest first; how much has to go is known after a few looks, since points are about alike.
  for (;;) {
    const size = JSON.stringify(storedHistory(all)).length;
    if (size <= HISTORY_MAX_SIZE || all.length <= 1) return all;
    all.splice(0, Math.max(1, Math.floor(all.length * (1 - HISTORY_MAX_SIZE / size))));
  }
};

/** By time, then by id, so that the order does not depend on how they came. */
export const inOrder = (points: readonly HistoryPoint[]): HistoryPoint[] =>
  points.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.runId < b.runId ? -1 : 1));

/** Gives each name a place, in the order in which they come. */
class Names {
  readonly #places = new Map<string, number>();

  placeOf(name: string): number {
    const place = this.#places.get(name) ?? this.#places.size;
    this.#places.set(name, place);
    return place;
  }

  get all(): readonly string[] {
    return [...this.#places.keys()];
  }
}

const name = z.string().max(1_000);
const names = z.array(name).max(10_000);
const place = z.int().min(0);
const row = z.union([z.tuple([place, place, z.number()]), z.tuple([place, place, z.number(), z.number(), z.number()])]);

const historySchema = z
  .object({
    scenarios: names,
    machines: names,
    configurations: names,
    metrics: names,
    points: z
      .array(
        z.object({
          run: name,
          at: z.iso.datetime(),
          commit: name.optional(),
          verdict: z.enum(['pass', 'fail', 'inconclusive', 'invalid']),
          machine: place,
          configuration: place,
          figures: z.array(row),
        }),
      )
      .max(HISTORY_MAX_POINTS)
      .refine(
        (points) => points.reduce((sum, { figures }) => sum + figures.length, 0) <= MAX_FIGURES,
        'too many numbers',
      ),
  })
  .transform((stored, context): readonly HistoryPoint[] => {
    const nameAt = (all: readonly string[], at: number): string => {
      const found = all[at];
      if (found === undefined) context.addIssue({ code: 'custom', message: `there is no name at place ${at}` });
      return found ?? '';
    };
    return inOrder(
      stored.points.map((point) => ({
        runId: point.run,
        at: point.at,
        commit: point.commit,
        verdict: point.verdict,
        machine: nameAt(stored.machines, point.machine),
        configuration: nameAt(stored.configurations, point.configuration),
        figures: point.figures.flatMap(([scenario, metric, value, low, high]) => {
          const known = knownMetric(nameAt(stored.metrics, metric));
          if (known === undefined) return [];
          const interval = low === undefined || high === undefined ? undefined : ([low, high] as const);
          return [{ scenario: nameAt(stored.scenarios, scenario), metric: known, value, interval }];
        }),
      })),
    );
  });

const knownMetric = (metric: string): TrendMetric | undefined => TREND_METRICS.find((known) => known === metric);
