import { join } from 'node:path';
import { runToJson } from '../archive/run-codec.ts';
import type { Report } from '../model/report.ts';
import type { Files } from '../ports/files.ts';
import { renderComment } from '../report/comment.ts';
import { renderJunit } from '../report/junit.ts';
import { renderReportJson } from '../report/report-json.ts';
import { renderSummary } from '../report/summary.ts';
import { createMask } from './mask-secrets.ts';

/** File → how it is made of the report. Every run writes all of them, whatever its verdict. */
const RENDERERS = {
  'report.json': renderReportJson,
  'comment.md': (report: Report) => renderComment(report),
  'summary.md': (report: Report) => renderSummary(report),
  'junit.xml': renderJunit,
} as const;

/** Absolute paths of what was written. */
export type ReportFiles = Readonly<Record<keyof typeof RENDERERS | 'run.json', string>>;

/**
 * Writes the report files into a folder. The run itself is masked already (its encoded counts must stay as they are); the
 * rendered texts are masked once more as a whole, for what came from elsewhere.
 *
 * @throws GateError `io`
 */
export const writeReport = async (
  report: Report,
  { outDir, files, secrets }: { readonly outDir: string; readonly files: Files; readonly secrets: readonly string[] },
): Promise<ReportFiles> => {
  const mask = createMask(secrets);
  // The run first: it is what nothing else can be made of again.
  const written: Record<string, string> = {
    'run.json': await files.writeText(join(outDir, 'run.json'), `${runToJson(report.run)}\n`),
  };
  for (const [name, render] of Object.entries(RENDERERS))
    written[name] = await files.writeText(join(outDir, name), mask(render(report)));
  return written as ReportFiles;
};
