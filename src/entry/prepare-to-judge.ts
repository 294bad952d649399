import { type Prepared, prepare } from '../app/prepare.ts';
import { preparePorts } from './gate-ports.ts';

/** Nothing is sent, so a variable that is not set here does not matter: a URL stands for it, which fits wherever one can. */
const UNSET = 'http://unset.invalid';

/**
 * Reads a configuration for the rules in it, by which runs that were made elsewhere are judged. `isLive`: as for two gateways.
 *
 * @throws ConfigError; GateError `usage` when the file cannot be read.
 */
export const prepareToJudge = ({
  config,
  profile,
  onSecrets,
  isLive = false,
}: {
  readonly config: string;
  readonly profile: string | undefined;
  readonly onSecrets: (secrets: readonly string[]) => void;
  readonly isLive?: boolean;
}): Promise<Prepared> =>
  prepare(
    {
      configPath: config,
      configText: undefined,
      profile,
      gatewayUrl: UNSET,
      baselineUrl: isLive ? UNSET : undefined,
      seed: undefined,
      allowedHosts: [],
    },
    { ...preparePorts(config), env: (name) => process.env[name] || UNSET, onSecrets },
  );
