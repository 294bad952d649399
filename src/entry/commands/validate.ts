import { Command } from 'commander';
import { prepare } from '../../app/prepare.ts';
import { dialectTable } from '../../plan/dialect-table.ts';
import { describePlan } from '../../plan/plan-table.ts';
import { unmeasurableSlos } from '../../plan/unmeasurable-slos.ts';
import { preparePorts } from '../gate-ports.ts';
import { baselineUrlOption, configOption, gatewayUrlOption, profileOption } from './options.ts';

interface ValidateOptions {
  readonly config: string;
  readonly profile?: string;
  readonly gatewayUrl?: string;
  readonly baselineUrl?: string;
}

/** `gatemark validate`: every problem of a configuration, or the plan that it makes. Sends nothing. */
export const validateCommand = (): Command =>
  new Command('validate')
    .description('check a configuration and show what a run would send; sends nothing')
    .addOption(configOption())
    .addOption(profileOption())
    .addOption(gatewayUrlOption())
    .addOption(baselineUrlOption())
    .action(async ({ config, profile, gatewayUrl, baselineUrl }: ValidateOptions) => {
      const {
        config: read,
        plan,
        warnings,
      } = await prepare(
        {
          configPath: config,
          configText: undefined,
          profile,
          gatewayUrl,
          baselineUrl,
          seed: undefined,
          allowedHosts: [],
        },
        { ...preparePorts(config), onSecrets: () => {} },
      );
      process.stdout.write(`${describePlan(plan)}\n${dialectTable(plan.dialect)}`);
      for (const warning of [...unmeasurableSlos(plan, read.providers.length > 0), ...warnings])
        process.stdout.write(`Warning: ${warning}\n`);
    });
