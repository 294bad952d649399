import type { Counts } from '../../src/model/measurement.ts';
import type { Run, ScenarioRun } from '../../src/model/run.ts';
import { buildBlock, buildRun, buildScenario } from '../support/build-run.ts';
import { normalFrom, seeded } from '../support/seeded.ts';

export interface Burst {
  readonly seed: number;
  /** Lognormal latency: median and sigma. */
  readonly medianMs?: number;
  readonly sigma?: number;
  readonly blocks?: number;
  readonly perBlock?: number;
  /** Share of requests that end in an error. */
  readonly errorRate?: number;
  readonly counts?: Partial<Counts>;
  readonly scenario?: Partial<ScenarioRun>;
  readonly run?: Partial<Run>;
}

/** A whole run of one scenario with random, seeded latencies. */
export const buildBurst = (burst: Burst): Run => {
  const { seed, medianMs = 200, sigma = 0.4, blocks = 20, perBlock = 40, errorRate = 0, counts = {} } = burst;
  const random = seeded(seed);
  const normal = normalFrom(random);
  const list = Array.from({ length: blocks }, (_, index) => {
    const failed = Array.from({ length: perBlock }, () => random()).filter((each) => each < errorRate).length;
    const latency = Array.from({ length: perBlock - failed }, () => medianMs * Math.exp(sigma * normal()));
    const errors = failed > 0 ? { errors: { gateway: failed } } : {};
    return buildBlock(index, { ms: latency.length > 0 ? { latency } : {}, counts: { ...errors, ...counts } });
  });
  const day = String((seed % 28) + 1).padStart(2, '0');
  return buildRun({
    id: `run-${seed}`,
    createdAt: `2026-01-${day}T00:00:00.000Z`,
    scenarios: [buildScenario({ blocks: list, ...burst.scenario })],
    ...burst.run,
  });
};

/** A window of runs of the same gateway on machines that differ by `spread` (standard deviation of the logarithm). */
export const buildWindow = (
  size: number,
  { spread = 0.02, ...burst }: Omit<Burst, 'seed'> & { readonly spread?: number; readonly seed?: number } = {},
): Run[] => {
  const first = burst.seed ?? 1;
  const normal = normalFrom(seeded(first + 7_919));
  return Array.from({ length: size }, (_, i) =>
    buildBurst({ ...burst, seed: first + i, medianMs: (burst.medianMs ?? 200) * Math.exp(spread * normal()) }),
  );
};
