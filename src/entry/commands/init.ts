import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { createSystemClock } from '../../adapters/clock/system-clock.ts';
import { createSocketTransport } from '../../adapters/http/socket-transport.ts';
import { type InitResult, initGate } from '../../app/init.ts';
import { createMask } from '../../app/mask-secrets.ts';
import { DIALECT_NAMES } from '../../dialects/resolve-dialect.ts';
import { describePlan } from '../../plan/plan-table.ts';
import { unmeasurableSlos } from '../../plan/unmeasurable-slos.ts';
import { nextSteps } from '../../setup/next-steps.ts';
import type { Header } from '../../setup/setup.ts';
import { preparePorts } from '../gate-ports.ts';
import { apiKeyEnvOption, headerOption, modelOption } from './gateway-options.ts';
import {
  type Answers,
  type Ask,
  type CompleteAnswers,
  completeAnswers,
  createAsk,
  parseBaseline,
  parseGatewayUrl,
  parseKeyVariable,
  parseTenants,
} from './init-answers.ts';

interface InitOptions extends Answers {
  readonly header: readonly Header[];
  readonly model?: string;
  readonly dialect?: string;
  readonly out: string;
  readonly force?: boolean;
  readonly probe: boolean;
  readonly yes?: boolean;
}

/** `gatemark init`: a configuration and a workflow for a gateway. */
export const initCommand = (): Command =>
  new Command('init')
    .description('write a configuration and a workflow for a gateway, which is asked a few requests first')
    .addOption(new Option('-g, --gateway-url <url>', 'the gateway').argParser(parseGatewayUrl))
    .addOption(apiKeyEnvOption().argParser(parseKeyVariable))
    .addOption(headerOption())
    .addOption(modelOption())
    .addOption(new Option('--dialect <name>', 'how it names things; detected if none').choices(DIALECT_NAMES))
    .addOption(new Option('--tenants <list>', 'names of tenants, with commas').argParser(parseTenants))
    .addOption(
      new Option('--baseline <kind>', 'what pull requests are compared with: stored, live or none').argParser(
        parseBaseline,
      ),
    )
    .addOption(
      new Option('--baseline-url <url>', 'with --baseline live: a gateway that runs already').argParser(
        parseGatewayUrl,
      ),
    )
    .option('-o, --out <dir>', 'root of the repository', '.')
    .option('--force', 'replace the files if they are there')
    .option('--no-probe', 'send nothing to the gateway')
    .option('-y, --yes', 'ask nothing, take the defaults')
    .action(init);

const init = async (options: InitOptions): Promise<void> => {
  const answers = await withTerminal(options, (ask) => completeAnswers(options, ask));
  const secrets: string[] = [];
  const clock = createSystemClock();
  const result = await initGate(requestOf(options, answers), {
    ...preparePorts(options.out),
    exists: existsSync,
    onSecrets: (found) => secrets.push(...found),
    clock,
    connect: (target) => createSocketTransport(target, clock),
  });
  process.stdout.write(createMask(secrets)(resultText(result, options.out)));
};

/** Somebody is asked only where there is a terminal on both ends. */
const withTerminal = async <T>({ yes }: InitOptions, use: (ask: Ask | undefined) => Promise<T>): Promise<T> => {
  if (yes === true || !process.stdin.isTTY || !process.stdout.isTTY) return use(undefined);
  const { ask, close } = createAsk(process.stdin, process.stdout);
  return use(ask).finally(close);
};

const requestOf = (options: InitOptions, answers: CompleteAnswers) => ({
  gatewayUrl: answers.gatewayUrl,
  baselineUrl: answers.baselineUrl,
  apiKeyEnv: answers.apiKeyEnv,
  headers: options.header,
  model: options.model,
  dialect: options.dialect,
  tenants: answers.tenants,
  baseline: answers.baseline,
  folder: options.out,
  force: options.force === true,
  probe: options.probe,
});

const resultText = ({ setup, files, prepared, probed }: InitResult, folder: string): string => {
  const { plan, config, warnings } = prepared;
  const sent = probed === undefined ? 'Sent nothing.' : `Asked the gateway ${probed.asked.length} requests.`;
  const all = [...unmeasurableSlos(plan, config.providers.length > 0), ...warnings];
  return [
    `${sent} Wrote ${files.join(' and ')}.\n`,
    'A run would send:\n',
    `${describePlan(plan)}${all.map((warning) => `Warning: ${warning}\n`).join('')}`,
    nextSteps(setup, folder),
  ].join('\n');
};
