import { readFileSync } from 'node:fs';

/** CPU time of the whole machine since it came up, in the system's own ticks. */
export interface MachineTime {
  /** Of all kinds: busy, idle, stolen. */
  readonly total: number;
  /** Given to others by the host of a virtual machine while this one had work. */
  readonly stolen: number;
}

/** Where Linux keeps it; undefined on other systems, and where it cannot be read. */
export const readMachineTime = (): MachineTime | undefined => {
  try {
    return parseMachineTime(readFileSync('/proc/stat', 'latin1'));
  } catch {
    return undefined;
  }
};

/**
 * Reads the `cpu` line of `/proc/stat`: user, nice, system, idle, iowait, irq, softirq, steal (the guest times behind them are
 * already in user and nice). Undefined for a text without that line, or with fewer numbers.
 */
export const parseMachineTime = (text: string): MachineTime | undefined => {
  const ticks = /^cpu +([\d ]+)$/m.exec(text)?.[1]?.trim().split(/ +/).slice(0, 8).map(Number);
  if (ticks?.length !== 8) return undefined;
  return { total: ticks.reduce((sum, each) => sum + each, 0), stolen: ticks[7]! };
};

/** Share of the machine's time that was stolen between two looks, 0–1; undefined when either is missing or no tick lies between. */
export const stealBetween = (from: MachineTime | undefined, to: MachineTime | undefined): number | undefined => {
  if (from === undefined || to === undefined || to.total <= from.total) return undefined;
  // The kernel may take a little stolen time back.
  return Math.min(1, Math.max(0, to.stolen - from.stolen) / (to.total - from.total));
};
