import { cpus, totalmem, type } from 'node:os';
import type { Environment } from '../../model/run.ts';

/** What this machine is, for the report and for telling alike machines from others. `ImageOS` is set by hosted runners. */
export const readEnvironment = (env: NodeJS.ProcessEnv): Environment => {
  const processors = cpus();
  return {
    os: type(),
    arch: process.arch,
    cpuModel: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    node: process.version,
    image: env.ImageOS === undefined ? undefined : [env.ImageOS, env.ImageVersion].filter(Boolean).join(' '),
  };
};
