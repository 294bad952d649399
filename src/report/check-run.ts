import { Buffer } from 'node:buffer';
import type { Report } from '../model/report.ts';
import { cleanText } from './clean-text.ts';
import { renderMarkdown } from './markdown-report.ts';
import { viewReport } from './report-view.ts';

/** What a check run says. */
export interface CheckRunText {
  /** What a branch's rules ask for: `Gatemark`, with the key where there are several gates. */
  readonly name: string;
  /** One line of plain text beside the name. */
  readonly title: string;
  readonly summary: string;
}

/** GitHub allows 65,535 characters. Counted as bytes of UTF-8, of which there are never fewer. */
const MAX_BYTES = 65_535;

const LONGEST_TITLE = 150;

/** The check run's texts: the comment's content, shrunk by whole sections. Total and escaped like it. */
export const renderCheckRun = (report: Report): CheckRunText => {
  const view = viewReport(report);
  const measure = (text: string): number => Buffer.byteLength(text);
  return {
    name: view.title,
    title: cleanText(`${view.statusText}: ${view.headline}`, LONGEST_TITLE),
    summary: renderMarkdown(view, { max: MAX_BYTES, measure, open: new Set() }),
  };
};
