import type { Progress } from '../model/progress.ts';
import { type Micros, micros } from '../model/units.ts';
import { renderProgressLine, renderProgressLog } from '../report/progress.ts';

/** Between two lines of a log. */
const LOG_INTERVAL: Micros = micros(5_000_000);

/** Shows a burst under way. `done` leaves the cursor on a line of its own. */
export interface LiveProgress {
  show(progress: Progress): void;
  done(): void;
}

/** A terminal gets one live line, anything else a plain line every 5 s and one when a probe begins. */
export const liveProgress = (stream: NodeJS.WriteStream, color: boolean): LiveProgress =>
  stream.isTTY ? liveLine(stream, color) : logLines(stream);

const liveLine = (stream: NodeJS.WriteStream, color: boolean): LiveProgress => ({
  // Return, write, and clear what the line before left over.
  show: (progress) =>
    void stream.write(`\r${renderProgressLine(progress, { color, width: stream.columns - 1 })}\x1b[K`),
  done: () => void stream.write('\r\x1b[K'),
});

const logLines = (stream: NodeJS.WriteStream): LiveProgress => {
  let next: Micros = LOG_INTERVAL;
  let probe: string | undefined;
  return {
    show: (progress) => {
      if (progress.probe?.name !== probe) {
        // Each probe has a clock of its own, and may be over before the first line is due.
        probe = progress.probe?.name;
        next = micros(0);
      }
      if (progress.elapsed < next) return;
      next = micros((Math.floor(progress.elapsed / LOG_INTERVAL) + 1) * LOG_INTERVAL);
      stream.write(`${renderProgressLog(progress)}\n`);
    },
    done: () => {},
  };
};
