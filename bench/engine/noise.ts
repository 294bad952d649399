import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** What the machine's processors have done since it started, s, all cores together. */
export interface MachineTime {
  /** Running programs and the system (interrupts left out). */
  readonly busy: number;
  /** Taken away by the host of this virtual machine. */
  readonly steal: number;
}

/** Linux counts in hundredths of a second, whatever the kernel's own tick is. */
const TICKS = 100;

/** Reads the first line of `/proc/stat`. */
export const parseMachineTime = (text: string): MachineTime => {
  const [user, nice, system, , , , , steal] = /^cpu +(.*)$/m.exec(text)![1]!.split(' ').map(Number);
  return { busy: (user! + nice! + system!) / TICKS, steal: (steal ?? 0) / TICKS };
};

/** CPU time of one process, s, from its `/proc/PID/stat`. */
export const parseProcessTime = (text: string): number => {
  // The name in parentheses may hold blanks.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
};

/** Undefined where there is no /proc. */
export const readMachineTime = (): MachineTime | undefined => {
  try {
    return parseMachineTime(readFileSync('/proc/stat', 'utf8'));
  } catch {
    return undefined;
  }
};

/** 0 where there is no /proc. */
export const readProcessTime = (pid: number): number => {
  try {
    return parseProcessTime(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return 0;
  }
};

/** What others did while something was measured, as shares of all cores. */
export interface Disturbance {
  readonly steal: number;
  readonly others: number;
}

/**
 * Undefined where the machine does not tell. `own`: CPU time of generator, server and this process, s; `wall`: length of the
 * measurement, s.
 */
export const disturbance = (
  before: MachineTime | undefined,
  after: MachineTime | undefined,
  { own, wall, cores = cpus().length }: { readonly own: number; readonly wall: number; readonly cores?: number },
): Disturbance | undefined => {
  if (before === undefined || after === undefined || !(wall > 0)) return undefined;
  const capacity = wall * cores;
  return {
    steal: (after.steal - before.steal) / capacity,
    others: Math.max(0, after.busy - before.busy - own) / capacity,
  };
};

/** A measurement is noisy where the host took more than 1 % of the cores' time, or other processes more than 5 %. */
export const NOISE_LIMITS: Disturbance = { steal: 0.01, others: 0.05 };

export const isQuiet = (seen: Disturbance | undefined): boolean =>
  seen === undefined || (seen.steal <= NOISE_LIMITS.steal && seen.others <= NOISE_LIMITS.others);

/** Of measurements of one thing: the quiet ones; all of them, marked, where none was. */
export const keepQuiet = <T extends { readonly quiet: boolean }>(
  measurements: readonly T[],
): { readonly kept: readonly T[]; readonly allNoisy: boolean } => {
  const quiet = measurements.filter((each) => each.quiet);
  return quiet.length > 0
    ? { kept: quiet, allNoisy: false }
    : { kept: measurements, allNoisy: measurements.length > 0 };
};
