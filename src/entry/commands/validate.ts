import { Command } from 'commander';
import { prepare } from '../../app/prepare.ts';
import { describePlan } from '../../plan/plan-table.ts';
import { preparePorts } from '../gate-ports.ts';
import { configOption, gatewayUrlOption, profileOption } from './options.ts';

/** `gatemark validate`: every problem of a configuration, or the plan that it makes. Sends nothing. */
export const validateCommand = (): Command =>
  new Command('validate')
    .description('check a configuration and show what a run would send; sends nothing')
    .addOption(configOption())
    .addOption(profileOption())
    .addOption(gatewayUrlOption())
    .action(async ({ config, profile, gatewayUrl }: { config: string; profile?: string; gatewayUrl?: string }) => {
      const { plan, warnings } = await prepare(
        { configPath: config, configText: undefined, profile, gatewayUrl, seed: undefined, allowedHosts: [] },
        { ...preparePorts(config), onSecrets: () => {} },
      );
      process.stdout.write(describePlan(plan));
      for (const warning of warnings) process.stdout.write(`Warning: ${warning}\n`);
    });
