import { exitOfVerdict } from '../../app/exit-status.ts';
import type { GateRequest } from '../../app/gate.ts';
import { runShard } from '../../app/run-shard.ts';
import type { Share } from '../../model/plan.ts';
import { sharedPorts } from '../gate-ports.ts';
import { liveProgress } from '../live-progress.ts';
import { localOrigin } from '../local-origin.ts';
import { showResult, showsColor } from '../show-result.ts';
import { cancellation } from '../signals.ts';

/** What of `gatemark run` is for one share of a load. */
export interface ShareOptions {
  readonly shard: Share;
  /** Ms since 1970; undefined = at once. */
  readonly startAt?: number | undefined;
  readonly region?: string | undefined;
}

/** `gatemark run --shard`: makes one share of a load from a terminal. */
export const runShare = async ({ shard, startAt, region }: ShareOptions, request: GateRequest): Promise<void> => {
  const live = liveProgress(process.stderr, showsColor(process.stderr));
  const result = await runShard(
    { ...request, share: shard, region, commonSeed: undefined },
    {
      ...sharedPorts(request.configPath),
      origin: localOrigin(),
      onSecrets: () => {},
      onProgress: live.show,
      say: (line) => void process.stderr.write(`${line}\n`),
      signal: cancellation(),
      agreeOnStart: async () => startAt,
    },
  ).finally(live.done);
  showResult(result);
  // Undecided by nature, so that only what could not be measured is a failure.
  process.exitCode = exitOfVerdict(result.report.verdict.status, []);
};
