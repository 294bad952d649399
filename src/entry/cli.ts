#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { EXIT, exitOfError } from '../app/exit-status.ts';
import { compareCommand } from './commands/compare.ts';
import { demoCommand } from './commands/demo.ts';
import { initCommand } from './commands/init.ts';
import { mergeCommand } from './commands/merge.ts';
import { planCommand } from './commands/plan.ts';
import { probeCommand } from './commands/probe.ts';
import { providerCommand } from './commands/provider.ts';
import { runCommand } from './commands/run.ts';
import { schemaCommand } from './commands/schema.ts';
import { validateCommand } from './commands/validate.ts';
import { explain } from './explain.ts';
import { VERSION } from './version.ts';

const EXIT_STATUSES = `
Exit status: 0 pass or inconclusive, 1 the gate failed, 2 bad configuration or usage,
3 invalid: it could not be measured, 4 internal fault.`;

const program = new Command('gatemark')
  .description('The performance gate for AI gateways.')
  .version(VERSION)
  .helpCommand(false)
  .showSuggestionAfterError()
  .showHelpAfterError('(--help tells what is allowed)')
  .addHelpText('after', EXIT_STATUSES);

for (const command of [
  runCommand(),
  compareCommand(),
  mergeCommand(),
  validateCommand(),
  planCommand(),
  probeCommand(),
  initCommand(),
  schemaCommand(),
  demoCommand(),
  providerCommand(),
]) {
  command.copyInheritedSettings(program).exitOverride();
  program.addCommand(command);
}

try {
  await program.exitOverride().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.passed : EXIT.usage;
  else {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = exitOfError(error);
  }
}
