import { basename } from 'node:path';
import { Command } from 'commander';
import { readStoredRuns } from '../../adapters/files/file-baseline-store.ts';
import { nodeFiles } from '../../adapters/files/node-files.ts';
import { planAhead } from '../../app/plan-ahead.ts';
import { renderForesights } from '../../report/foresight-text.ts';
import { sharedPorts } from '../gate-ports.ts';
import { liveProgress } from '../live-progress.ts';
import { localOrigin } from '../local-origin.ts';
import { LOG_WIDTH, showsColor } from '../show-result.ts';
import { cancellation } from '../signals.ts';
import { configOption, gatewayUrlOption, profileOption } from './options.ts';

interface PlanOptions {
  readonly config: string;
  readonly gatewayUrl?: string;
  readonly profile?: string;
}

const ABOUT = `
With one run.json, both gateways are taken to vary as that one did. With baseline-run.json and run.json of a comparison,
what its pairs of blocks had in common is known as well. Without any, a pilot of at most 10 s a load is sent to the gateway.`;

/** `gatemark plan`: how small a change a comparison of two gateways could find, and what a smaller one would take. */
export const planCommand = (): Command =>
  new Command('plan')
    .description('tell how small a change a comparison side by side could find, from an earlier run or a short pilot')
    .usage('[options] [run...]')
    .argument('[run...]', 'a run.json of this configuration, or both runs of a comparison')
    .addOption(configOption())
    .addOption(gatewayUrlOption())
    .addOption(profileOption())
    .addHelpText('after', ABOUT)
    .action(plan);

const plan = async (paths: readonly string[], { config, gatewayUrl, profile }: PlanOptions): Promise<void> => {
  const live = liveProgress(process.stderr, showsColor(process.stderr));
  const runs = (await Promise.all(paths.map((path) => readStoredRuns(path, nodeFiles)))).flat();
  const ahead = await planAhead(
    {
      configPath: config,
      configText: undefined,
      profile,
      gatewayUrl,
      baselineUrl: undefined,
      seed: undefined,
      allowedHosts: [],
      runs,
    },
    {
      ...sharedPorts(config),
      // From stored runs nothing is sent: a variable that is not set here does not matter then.
      env: (name) => process.env[name] || (runs.length > 0 ? 'http://unset.invalid' : undefined),
      baselineStore: undefined,
      origin: localOrigin(),
      onSecrets: () => {},
      onProgress: live.show,
      say: () => {},
      signal: cancellation(),
    },
  ).finally(live.done);
  const { foresights, isPilot, run } = ahead;
  const source = `from ${isPilot ? 'a pilot of ' : ''}${run.used.requests} requests${isPilot ? '' : ` in ${paths.map((path) => basename(path)).join(' and ')}`}`;
  const { stdout } = process;
  const style = { color: showsColor(stdout), width: stdout.isTTY ? stdout.columns : LOG_WIDTH };
  stdout.write(renderForesights({ foresights, source, pairs: ahead.plan.pairs, bounds: ahead.plan.bounds }, style));
  for (const warning of ahead.warnings) stdout.write(`Warning: ${warning}\n`);
};
