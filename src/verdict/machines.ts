import type { Environment, Run } from '../model/run.ts';

const GIGABYTE = 2 ** 30;

/** What a machine is called: processor model, cores, memory (whole GiB; what a kernel keeps for itself varies) and runner image. */
export const machineName = ({ cpuModel, cores, memoryBytes, image }: Environment): string =>
  [
    cpuModel,
    `${cores} cores`,
    `${Math.round(memoryBytes / GIGABYTE)} GiB`,
    ...(image === undefined ? [] : [image]),
  ].join(', ');

/** Whether two machines have one name. Runs of alike machines differ less than runs of any machines, so that they tell smaller changes. */
export const areAlike = (one: Environment, other: Environment): boolean => machineName(one) === machineName(other);

/** Which of these runs were on a machine like the candidate's, in their order. */
export const onAlikeMachines = (candidate: Run, runs: readonly Run[]): readonly Run[] =>
  runs.filter((run) => areAlike(candidate.environment, run.environment));
