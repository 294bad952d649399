import type { FleetConfig } from '../config/config.ts';
import { GateError } from '../model/errors.ts';
import type { RunShare } from '../model/fleet.ts';
import type { Share } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import { fromMillis, fromSeconds, micros, toMillis } from '../model/units.ts';
import { policyOf } from '../plan/policy-of.ts';
import { sharePlan } from '../plan/share-plan.ts';
import type { Clock } from '../ports/clock.ts';
import type { LoadResult } from '../ports/load-runner.ts';
import { judge } from '../verdict/judge.ts';
import { assembleRuns } from './assemble-runs.ts';
import { type GatePorts, type GateRequest, type GateResult, measure } from './gate.ts';
import { maskRun } from './mask-secrets.ts';
import { prepare } from './prepare.ts';
import { writeReport } from './write-report.ts';

/** Which share of a load to make. */
export interface ShardRequest extends GateRequest {
  readonly share: Share;
  /** Where this generator runs, as its user calls the place; undefined = not said. */
  readonly region: string | undefined;
  /** Where the configuration has none: the same for all shares, and for no other run; undefined = there is none. */
  readonly commonSeed: string | undefined;
}

/** What shares have to agree on: that they are of one plan, and when it begins. */
export interface StartTerms {
  readonly configDigest: string;
  readonly seed: string;
  readonly count: number;
  readonly gather: FleetConfig['gather'];
}

export interface ShardPorts extends Omit<GatePorts, 'baselineStore'> {
  /** When all shares begin, ms since 1970; undefined = each when it is ready. */
  readonly agreeOnStart: (terms: StartTerms) => Promise<number | undefined>;
}

/** From there on the run gets ready: providers, the generator's floor, connections, which a gateway does not keep open for long. */
const GETTING_READY = fromSeconds(5);

/**
 * Makes one share of a load: reads and plans as every share does, waits for the common start, loads, and writes all report files. The
 * run says which share it is; its verdict is that of no more than whether it was measured.
 *
 * @throws ConfigError; GateError `usage` without a seed, with a second gateway, for bounds that cannot be split; `io`.
 */
export const runShard = async (request: ShardRequest, ports: ShardPorts): Promise<GateResult> => {
  refuseComparison(request);
  const { commonSeed } = request;
  const newId = (): string => commonSeed ?? ports.newId();
  const { config, plan: whole, secrets, warnings } = await prepare(request, { ...ports, newId });
  if (config.seed === undefined && commonSeed === undefined)
    throw new GateError('usage', 'the shares of a load need one seed, and there is none', {
      hint: 'Give every share the same: --seed, or seed in the configuration.',
    });
  const plan = sharePlan(whole, request.share);
  const { digest: configDigest, seed } = plan;
  const { gather } = config.fleet;
  const startAtMs = await ports.agreeOnStart({ configDigest, seed, count: request.share.count, gather });
  if (startAtMs !== undefined) await untilNear(startAtMs, ports);
  const load = await measure(config, { ...plan, startAtMs }, { ...ports, baselineStore: undefined });
  const share = shareOf(request, startAtMs, load);
  const run = maskRun({ ...assembleRuns(plan, load, ports).run, share }, secrets);
  const baseline = { kind: 'none', reason: 'one share of a load is compared with nothing' } as const;
  const policy = policyOf(config, request.failOn);
  const report: Report = {
    run,
    verdict: judge({ run, baseline, policy }),
    compared: [],
    key: request.key,
    profile: request.profile,
    configPath: request.configPath,
    reproduce: `${request.command} --seed ${seed}`,
    detailsUrl: request.detailsUrl,
    warnings: [...warnings, ...run.generator.warnings],
  };
  const files = await writeReport(report, { outDir: request.outDir, files: ports.files, secrets });
  const nothing = { kind: 'absent', reason: baseline.reason, skipped: [] } as const;
  return { report, files, baseline: nothing, windowSize: config.regression.window };
};

const refuseComparison = ({ baselineUrl }: ShardRequest): void => {
  if (baselineUrl !== undefined)
    throw new GateError('usage', 'a share of a load cannot be compared with a second gateway side by side', {
      hint: 'Leave the baseline URL out; the merged run can be compared with earlier runs.',
    });
};

/** Resolves shortly before a time, or at once when it is gone by or the signal comes. */
const untilNear = (
  atMs: number,
  { clock, signal, say }: Pick<ShardPorts, 'clock' | 'signal' | 'say'>,
): Promise<void> => {
  const wait = micros(fromMillis(atMs - clock.date().getTime()) - GETTING_READY);
  if (wait <= 0 || signal.aborted) return Promise.resolve();
  say(
    `All shares begin at ${new Date(atMs).toISOString()}, in ${Math.round(toMillis(micros(wait + GETTING_READY)) / 1_000)} s`,
  );
  return waited(wait, clock, signal);
};

const waited = (wait: ReturnType<typeof micros>, clock: Clock, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const cancel = clock.schedule(micros(clock.now() + wait), resolve);
    signal.addEventListener('abort', () => resolve(cancel()), { once: true });
  });

/** A load that was ended before its first request never began. */
const shareOf = ({ share, region }: ShardRequest, startAtMs: number | undefined, load: LoadResult): RunShare => ({
  ...share,
  region,
  aimedAt: startAtMs === undefined ? undefined : new Date(startAtMs).toISOString(),
  startedAt:
    load.startedAtMs === undefined || load.used.requests === 0 ? undefined : new Date(load.startedAtMs).toISOString(),
});
