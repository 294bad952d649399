import { join } from 'node:path';
import { runToJson } from '../archive/run-codec.ts';
import type { Report } from '../model/report.ts';
import type { Run } from '../model/run.ts';
import type { Files } from '../ports/files.ts';
import { renderComment } from '../report/comment.ts';
import { renderJunit } from '../report/junit.ts';
import { renderReportPage } from '../report/page/report-page.ts';
import { renderReportJson } from '../report/report-json.ts';
import { renderSummary } from '../report/summary.ts';
import { createMask } from './mask-secrets.ts';

type Mask = (text: string) => string;

/** A text that is masked as a whole. */
const masked =
  (render: (report: Report) => string) =>
  (report: Report, mask: Mask): string =>
    mask(render(report));

/**
 * File → how it is made of the report. Every run writes all of them, whatever its verdict. The page masks its texts one by one:
 * a secret that is also a word of its script must not change that.
 */
const RENDERERS = {
  'report.json': masked(renderReportJson),
  'report.html': renderReportPage,
  'comment.md': masked((report) => renderComment(report)),
  'summary.md': masked((report) => renderSummary(report)),
  'junit.xml': masked(renderJunit),
} as const satisfies Record<string, (report: Report, mask: Mask) => string>;

/** Absolute paths of what was written. */
export type ReportFiles = Readonly<Record<keyof typeof RENDERERS | 'run.json', string>> & {
  /** The other side of a live comparison. */
  readonly 'baseline-run.json'?: string;
  /** The second burst of what failed against earlier runs. */
  readonly 'confirmation-run.json'?: string;
};

export interface ReportPlace {
  readonly outDir: string;
  readonly files: Files;
  readonly secrets: readonly string[];
  /** Of a live comparison: the run of the gateway that was compared with, masked. */
  readonly otherSide?: Run | undefined;
  /** The second burst, masked, where there was one. */
  readonly confirmation?: Run | undefined;
}

/**
 * Writes the report files into a folder. The run itself is masked already (its encoded counts must stay as they are); the
 * rendered texts are masked once more as a whole, for what came from elsewhere.
 *
 * @throws GateError `io`
 */
export const writeReport = async (
  report: Report,
  { outDir, files, secrets, otherSide, confirmation }: ReportPlace,
): Promise<ReportFiles> => {
  const mask = createMask(secrets);
  // The run first: it is what nothing else can be made of again.
  const written: Record<string, string> = {};
  const runs = [
    ['run.json', report.run] as const,
    ...(otherSide ? [['baseline-run.json', otherSide] as const] : []),
    ...(confirmation ? [['confirmation-run.json', confirmation] as const] : []),
  ];
  for (const [name, run] of runs) written[name] = await files.writeText(join(outDir, name), `${runToJson(run)}\n`);
  for (const [name, render] of Object.entries(RENDERERS))
    written[name] = await files.writeText(join(outDir, name), render(report, mask));
  return written as ReportFiles;
};
