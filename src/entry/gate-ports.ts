import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createSystemClock } from '../adapters/clock/system-clock.ts';
import { nodeFiles } from '../adapters/files/node-files.ts';
import { createLoadThread } from '../adapters/load-thread/load-thread.ts';
import { readEnvironment } from '../adapters/machine/environment.ts';
import { greetProviders } from '../adapters/provider/control-client.ts';
import { createServerSpec } from '../adapters/provider/server-spec.ts';
import { startInThread } from '../adapters/provider/server-thread.ts';
import type { GatePorts } from '../app/gate.ts';
import type { PreparePorts } from '../app/prepare.ts';
import { VERSION } from './version.ts';
import { workerUrl } from './worker-url.ts';

/** Everything that reading a configuration needs, from this process. `configPath` is where its data files lie beside. */
export const preparePorts = (configPath: string): Omit<PreparePorts, 'onSecrets'> => ({
  files: nodeFiles,
  env: (name) => process.env[name],
  readBeside: (path) => {
    try {
      return readFileSync(resolve(dirname(configPath), path), 'utf8');
    } catch {
      // Reported by the reader with its place in the configuration.
      return undefined;
    }
  },
  newId: () => randomBytes(8).toString('hex'),
});

/** The part of a gate's ports that the command and the action share. */
export const sharedPorts = (
  configPath: string,
): Omit<GatePorts, 'onSecrets' | 'onProgress' | 'say' | 'signal' | 'baselineStore' | 'origin'> => ({
  ...preparePorts(configPath),
  clock: createSystemClock(),
  loadRunner: createLoadThread(workerUrl('load-worker')),
  startProviders: (config, seed) =>
    startInThread(workerUrl('provider-worker'), createServerSpec(config.providers, seed)),
  greetProviders,
  environment: readEnvironment(process.env),
  toolVersion: VERSION,
});
