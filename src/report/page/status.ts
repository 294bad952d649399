import type { Status } from '../../model/verdict.ts';
import { type Html, html } from './html.ts';

/** Signs beside the word, so that colour is never the only difference. */
const SIGNS: Readonly<Record<Status, string>> = { pass: '✓', fail: '✕', inconclusive: '?', invalid: '!' };

/** A status as a coloured word with a sign; `word` says it differently. */
export const statusPill = (status: Status, word: string = status): Html =>
  html`<span class="status ${status}"><span aria-hidden="true">${SIGNS[status]}</span> ${word}</span>`;

/** A word beside a fact that is neither good nor bad. */
export const plainPill = (word: string): Html =>
  html`<span class="status"><span aria-hidden="true">·</span> ${word}</span>`;
