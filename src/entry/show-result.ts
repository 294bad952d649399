import { dirname, relative } from 'node:path';
import { createMask } from '../app/mask-secrets.ts';
import type { Report } from '../model/report.ts';
import { renderTerminal } from '../report/terminal.ts';

/** Whether a stream shows colour: a terminal, or forced; never against NO_COLOR (no-color.org). */
export const showsColor = (stream: NodeJS.WriteStream): boolean =>
  !process.env.NO_COLOR && (Boolean(process.env.FORCE_COLOR) || (stream.isTTY && stream.hasColors()));

/** Without a terminal (a log, a file), tables get this many columns. */
export const LOG_WIDTH = 120;

/** Prints a report on standard output, and where its files are. */
export const showResult = (
  { report, files }: { readonly report: Report; readonly files: Readonly<Record<string, string>> },
  secrets: readonly string[] = [],
): void => {
  const { stdout } = process;
  const text = renderTerminal(report, { color: showsColor(stdout), width: stdout.isTTY ? stdout.columns : LOG_WIDTH });
  stdout.write(createMask(secrets)(text));
  const [first] = Object.values(files);
  const folder = relative(process.cwd(), dirname(first!)) || '.';
  stdout.write(`\nIn ${folder}/: ${Object.keys(files).sort().join(', ')}\n`);
};
