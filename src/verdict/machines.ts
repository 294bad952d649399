import type { Environment, Run } from '../model/run.ts';

const GIGABYTE = 2 ** 30;

/**
 * Whether two machines are alike: processor model, cores, memory (whole GiB; what a kernel keeps for itself varies) and runner
 * image. Runs of alike machines differ less than runs of any machines, so that they tell smaller changes.
 */
export const areAlike = (one: Environment, other: Environment): boolean =>
  one.cpuModel === other.cpuModel &&
  one.cores === other.cores &&
  Math.round(one.memoryBytes / GIGABYTE) === Math.round(other.memoryBytes / GIGABYTE) &&
  one.image === other.image;

/** Which of these runs were on a machine like the candidate's, in their order. */
export const onAlikeMachines = (candidate: Run, runs: readonly Run[]): readonly Run[] =>
  runs.filter((run) => areAlike(candidate.environment, run.environment));

/** What a machine is called, by all that `areAlike` looks at, and its system: machines of one name are alike. */
export const machineName = ({ cpuModel, cores, memoryBytes, os, arch, image }: Environment): string =>
  [
    cpuModel,
    `${cores} cores`,
    `${Math.round(memoryBytes / GIGABYTE)} GiB`,
    `${os} ${arch}`,
    ...(image === undefined ? [] : [image]),
  ].join(', ');
