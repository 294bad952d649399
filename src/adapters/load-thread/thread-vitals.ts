import { PerformanceObserver } from 'node:perf_hooks';
import type { Vitals, VitalsReading } from '../../load/generator-health.ts';
import { HistogramRecorder } from '../../stats/histogram.ts';
import { type MachineTime, readMachineTime, stealBetween } from './machine-time.ts';

/** How often the event loop is looked at. */
const SAMPLE_EVERY_MS = 10;

/**
 * The vitals of the thread that calls this. The loop's delay is that of something due every 10 ms, whatever became of the one
 * before: a loop blocked for 40 ms was 40, 30, 20 and 10 ms late, as it was for answers that came in that time. A timer's
 * own step of 1 ms is in it. Pauses for garbage collection are this thread's, as V8 tells them; steal is the whole machine's. Does not keep the
 * thread alive. `machineTime` is where steal is read from, `/proc/stat` by default.
 */
export const createThreadVitals = (machineTime: () => MachineTime | undefined = readMachineTime): Vitals => {
  const delays = new HistogramRecorder();
  const pauses = new HistogramRecorder();
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) pauses.record(duration * 1_000);
  });
  let timer: NodeJS.Timeout | undefined;
  let due = 0;
  let from = mark(machineTime);

  const schedule = (now: number): void => {
    timer = setTimeout(sample, Math.max(1, due - now));
    timer.unref();
  };
  const sample = (): void => {
    const now = performance.now();
    for (; due <= now; due += SAMPLE_EVERY_MS) delays.record((now - due) * 1_000);
    schedule(now);
  };
  const take = (): VitalsReading => {
    const to = mark(machineTime);
    const reading = {
      loopDelay: delays.snapshot(),
      gc: pauses.snapshot(),
      cpu: to.wall > from.wall ? (to.cpu - from.cpu) / (to.wall - from.wall) : undefined,
      steal: stealBetween(from.machine, to.machine),
    };
    delays.reset();
    pauses.reset();
    from = to;
    return reading;
  };
  return {
    start() {
      clearTimeout(timer);
      observer.observe({ entryTypes: ['gc'] });
      take();
      const now = performance.now();
      due = now + SAMPLE_EVERY_MS;
      schedule(now);
    },
    take,
    stop() {
      clearTimeout(timer);
      observer.disconnect();
    },
  };
};

interface Mark {
  /** µs. */
  readonly wall: number;
  /** User and system time of the thread, µs. */
  readonly cpu: number;
  readonly machine: MachineTime | undefined;
}

const mark = (machineTime: () => MachineTime | undefined): Mark => {
  const { user, system } = process.threadCpuUsage();
  return { wall: performance.now() * 1_000, cpu: user + system, machine: machineTime() };
};
