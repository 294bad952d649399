import { InvalidArgumentError, Option } from 'commander';
import { FAIL_ON, type FailOn } from '../../model/policy.ts';

/** Where a workflow looks, and so the command too. */
export const DEFAULT_CONFIG = '.github/gatemark.yml';

/** `--config FILE` */
export const configOption = (): Option =>
  new Option('-c, --config <file>', 'configuration file').default(DEFAULT_CONFIG);

/** `--out DIR` */
export const outOption = (): Option => new Option('-o, --out <dir>', 'folder for the reports').default('gatemark-out');

/** `--profile NAME` */
export const profileOption = (): Option =>
  new Option('-p, --profile <name>', 'profile of the configuration (pr if none)');

/** `--gateway-url URL` */
export const gatewayUrlOption = (): Option =>
  new Option('-g, --gateway-url <url>', 'the gateway under test; wins over the configuration');

/** `--baseline-url URL` */
export const baselineUrlOption = (): Option =>
  new Option('--baseline-url <url>', 'a second gateway to compare with, side by side in the same run');

/** `--baseline FILE`, any number of them */
export const baselineOption = (): Option =>
  new Option('-b, --baseline <file>', 'run.json or baseline.json to compare with; may be repeated')
    .argParser((file: string, earlier: readonly string[]) => [...earlier, file])
    .default([], 'none');

const parseFailOn = (text: string): readonly FailOn[] => {
  const parts = text.split(',').map((part) => part.trim());
  if (text === 'none') return [];
  const unknown = parts.filter((part) => !FAIL_ON.some((known) => known === part));
  if (unknown.length > 0) throw new InvalidArgumentError(`Allowed: a list of ${FAIL_ON.join(', ')}; or none alone.`);
  return FAIL_ON.filter((known) => parts.includes(known));
};

/** `--fail-on LIST` */
export const failOnOption = (): Option =>
  new Option('--fail-on <list>', `what makes the gate fail: ${FAIL_ON.join(', ')}; or none`)
    .argParser(parseFailOn)
    .default(['slo', 'regression'], 'slo,regression');
