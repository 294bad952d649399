import type { Vitals } from '../../load/generator-health.ts';
import { HistogramRecorder } from '../../stats/histogram.ts';

/** How often the event loop is looked at. */
const SAMPLE_EVERY_MS = 10;

/**
 * The vitals of the thread that calls this. The loop's delay is how late a timer of 10 ms runs; a timer's own step of 1 ms is
 * in it. Does not keep the thread alive.
 */
export const createThreadVitals = (): Vitals => {
  const delays = new HistogramRecorder();
  let timer: NodeJS.Timeout | undefined;
  let due = 0;
  let startedAt = performance.now();
  let startedCpu = process.threadCpuUsage();

  const sample = (): void => {
    delays.record(Math.max(0, performance.now() - due) * 1_000);
    schedule();
  };
  const schedule = (): void => {
    due = performance.now() + SAMPLE_EVERY_MS;
    timer = setTimeout(sample, SAMPLE_EVERY_MS);
    timer.unref();
  };
  return {
    restart() {
      clearTimeout(timer);
      delays.reset();
      startedAt = performance.now();
      startedCpu = process.threadCpuUsage();
      schedule();
    },
    read() {
      const wall = (performance.now() - startedAt) * 1_000;
      const { user, system } = process.threadCpuUsage(startedCpu);
      return { loopDelay: delays.snapshot(), cpu: wall > 0 ? (user + system) / wall : undefined };
    },
  };
};
