import type { Report } from '../model/report.ts';
import { renderMarkdown } from './markdown-report.ts';
import { viewReport } from './report-view.ts';

/** Below GitHub's 65,536 characters, with room for what an edit may add. */
const MAX_CHARS = 64_000;

/**
 * The pull request's comment: GitHub-flavoured markdown, the hidden marker first, then verdict, changes, SLOs, scenarios, and
 * folded details. At most `maxChars` UTF-16 units: whole sections give way, the least important first, and are named. Total:
 * every report has a comment. Everything from outside is escaped.
 */
export const renderComment = (report: Report, maxChars: number = MAX_CHARS): string =>
  renderMarkdown(viewReport(report), { max: maxChars, measure: (text) => text.length, open: new Set() });
