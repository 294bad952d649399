import { Command, Option } from 'commander';
import { DEMO_CONFIG } from '../../adapters/provider/demo-config.ts';
import { DEMO_KEY, demoWorld } from '../../adapters/provider/demo-world.ts';
import { GATEWAY_FAULTS, type GatewayFaultName } from '../../adapters/provider/gateway-faults.ts';
import { startInThread } from '../../adapters/provider/server-thread.ts';
import { exitOfVerdict } from '../../app/exit-status.ts';
import { runGate } from '../../app/gate.ts';
import { sharedPorts } from '../gate-ports.ts';
import { liveProgress } from '../live-progress.ts';
import { localOrigin } from '../local-origin.ts';
import { showResult, showsColor } from '../show-result.ts';
import { cancellation } from '../signals.ts';
import { workerUrl } from '../worker-url.ts';
import { outOption } from './options.ts';

interface DemoOptions {
  readonly fault?: GatewayFaultName;
  readonly seed?: string;
  readonly out: string;
}

const FAIL_ON = ['slo', 'regression'] as const;

const faultTable = (): string =>
  Object.entries(GATEWAY_FAULTS)
    .map(([name, { about }]) => `  ${name.padEnd(18)} ${about}`)
    .join('\n');

/** `gatemark demo`: the whole gate with nothing set up, against a gateway of our own. */
export const demoCommand = (): Command =>
  new Command('demo')
    .description('run the gate on a simulated provider and a small reference gateway (about half a minute)')
    .addOption(new Option('--fault <name>', 'plant a fault').choices(Object.keys(GATEWAY_FAULTS)))
    .option('-s, --seed <seed>', 'seed of every random choice; a new one each run if none')
    .addOption(outOption())
    .addHelpText('after', `\nFaults:\n${faultTable()}`)
    .action(demo);

const demo = async ({ fault, seed, out }: DemoOptions): Promise<void> => {
  const signal = cancellation();
  const servers = await startInThread(workerUrl('provider-worker'), demoWorld(fault));
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const planted = fault === undefined ? 'healthy' : `with a planted fault: ${GATEWAY_FAULTS[fault].about}`;
  say(`Reference gateway at ${servers.url}, ${planted}`);
  const settings: Readonly<Record<string, string | undefined>> = {
    GATEWAY_URL: servers.url,
    GATEWAY_KEY: DEMO_KEY,
    OPENAI_SIM_URL: servers.providers['openai-sim'],
    ANTHROPIC_SIM_URL: servers.providers['anthropic-sim'],
  };
  const live = liveProgress(process.stderr, showsColor(process.stderr));
  const result = await runGate(
    {
      configPath: 'demo.yml',
      configText: DEMO_CONFIG,
      profile: undefined,
      gatewayUrl: undefined,
      baselineUrl: undefined,
      seed,
      allowedHosts: [],
      failOn: FAIL_ON,
      outDir: out,
      key: 'demo',
      command: fault === undefined ? 'gatemark demo' : `gatemark demo --fault ${fault}`,
      detailsUrl: undefined,
    },
    {
      ...sharedPorts('demo.yml'),
      env: (name) => settings[name],
      baselineStore: undefined,
      origin: localOrigin(),
      onSecrets: () => {},
      onProgress: live.show,
      say,
      signal,
    },
  ).finally(() => {
    live.done();
    return servers.stop();
  });
  showResult(result);
  process.stdout.write(`What a pull request would get: ${result.files['comment.md']}\n`);
  process.exitCode = exitOfVerdict(result.report.verdict.status, FAIL_ON);
};
