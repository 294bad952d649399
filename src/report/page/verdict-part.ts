import { LONGEST } from '../clean-text.ts';
import { reasonSentence } from '../headline.ts';
import type { ReportView } from '../report-view.ts';
import { type Html, html, line, NOTHING } from './html.ts';
import { statusPill } from './status.ts';

/** A headline of more characters is a sentence, and set as one. */
const LONG = 100;

/** The verdict with its number, the facts behind it, and what has to be known before any number is believed. */
export const verdictPart = (view: ReportView): Html => html`
<section id="verdict" class="verdict ${view.status}" aria-labelledby="headline">
<p class="kicker">${statusPill(view.status, view.statusText)} <span>${line(view.title)}</span></p>
<h1 id="headline"${view.headline.length > LONG ? html` class="long"` : NOTHING}>${line(view.headline, LONGEST.sentence)}</h1>
<ul class="facts">${view.facts.map((fact) => html`<li>${line(fact)}</li>`)}</ul>
${notes(view)}${reasons(view)}</section>`;

const notes = ({ notes: all }: ReportView): Html =>
  all.length === 0
    ? NOTHING
    : html`<ul class="notes" aria-label="Notes">${all.map((note) => html`<li>${line(note, LONGEST.sentence)}</li>`)}</ul>`;

const reasons = ({ reasons: all }: ReportView): Html =>
  all.length === 0
    ? NOTHING
    : html`<ul class="reasons" aria-label="Reasons">${all.map(
        (reason) =>
          html`<li>${statusPill(reason.status)} <span>${line(reasonSentence(reason), LONGEST.sentence)}</span></li>`,
      )}</ul>`;
