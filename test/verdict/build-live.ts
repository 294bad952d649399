import type { Block } from '../../src/model/measurement.ts';
import type { Run, ScenarioRun } from '../../src/model/run.ts';
import { fromSeconds } from '../../src/model/units.ts';
import { buildBlock, buildRun, buildScenario } from '../support/build-run.ts';
import { normalFrom, seeded } from '../support/seeded.ts';

/** What one gateway does with a request; times are ms. */
export interface GatewayModel {
  readonly medianMs?: number;
  readonly errorRate?: number;
  /** Factor on a block that came second in its pair. */
  readonly second?: number;
  /** Factor on the block of a pair, by its number. */
  readonly over?: (index: number) => number;
  /** Of the requests that are answered from the cache, in a tenth of the time; it says so. */
  readonly hitRate?: number;
}

export interface LiveBurst {
  readonly seed: number;
  readonly pairs?: number;
  readonly perBlock?: number;
  readonly sigma?: number;
  readonly candidate?: GatewayModel;
  readonly baseline?: GatewayModel;
  /** What slows both, by the place of a block in time. */
  readonly weather?: (slot: number) => number;
  readonly scenario?: Partial<ScenarioRun>;
}

/** Both runs of a live comparison: of every two pairs of blocks, one begins with the candidate. */
export const buildLive = (burst: LiveBurst): { readonly run: Run; readonly other: Run } => {
  const { seed, pairs = 40, perBlock = 60, sigma = 0.4, weather = () => 1 } = burst;
  const random = seeded(seed);
  const normal = normalFrom(random);
  const block = (index: number, place: 0 | 1, model: GatewayModel): Block => {
    const { medianMs = 200, errorRate = 0, second = 1, hitRate = 0, over = () => 1 } = model;
    const factor = medianMs * weather(2 * index + place) * over(index) * (place === 1 ? second : 1);
    const answers = Array.from({ length: perBlock }, () => ({
      failed: random() < errorRate,
      hit: random() < hitRate,
      ms: factor * Math.exp(sigma * normal()),
    }));
    const times = answers.filter(({ failed }) => !failed).map(({ hit, ms }) => ({ hit, ms: hit ? ms / 10 : ms }));
    const [hit, miss] = [times.filter((each) => each.hit), times.filter((each) => !each.hit)];
    const failed = perBlock - times.length;
    const made = buildBlock(index, {
      ms: {
        ...(times.length > 0 ? { latency: times.map(({ ms }) => ms) } : {}),
        ...(hitRate > 0 ? { hit: hit.map(({ ms }) => ms), miss: miss.map(({ ms }) => ms) } : {}),
      },
      counts: {
        ...(failed > 0 ? { errors: { gateway: failed }, status: { 200: times.length, 500: failed } } : {}),
        ...(hitRate > 0 ? { cache: { hit: hit.length, miss: miss.length } } : {}),
      },
    });
    return { ...made, start: fromSeconds(2 * index + place) };
  };
  const sides = Array.from({ length: pairs }, (_, index) => {
    const isCandidateFirst = index % 4 === 0 || index % 4 === 3;
    return {
      candidate: block(index, isCandidateFirst ? 0 : 1, burst.candidate ?? {}),
      baseline: block(index, isCandidateFirst ? 1 : 0, burst.baseline ?? {}),
    };
  });
  const runOf = (id: string, blocks: readonly Block[]): Run =>
    buildRun({ id, scenarios: [buildScenario({ blocks, ...burst.scenario })] });
  return {
    run: runOf(
      'candidate',
      sides.map(({ candidate }) => candidate),
    ),
    other: {
      ...runOf(
        'baseline',
        sides.map(({ baseline }) => baseline),
      ),
      gateway: 'http://127.0.0.1:8081',
    },
  };
};
