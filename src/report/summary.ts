import { Buffer } from 'node:buffer';
import type { Report } from '../model/report.ts';
import { renderMarkdown } from './markdown-report.ts';
import { viewReport } from './report-view.ts';

/** GitHub drops a step's summary above 1 MiB whole. */
const MAX_BYTES = 1024 * 1024;

/** What stands open where there is a page for it: what explains a failure, and what people come for. */
const OPEN = new Set(['Failures', 'Every comparison', 'Trend', 'Percentile curve', 'Percentiles', 'Cache', 'Steps']);

/** The job's summary: the comment's content with its main details open, at most `maxBytes` bytes of UTF-8. Total and escaped like it. */
export const renderSummary = (report: Report, maxBytes: number = MAX_BYTES): string =>
  renderMarkdown(viewReport(report), { max: maxBytes, measure: (text) => Buffer.byteLength(text), open: OPEN });
