import type { ProbeSight, ProbeValue } from '../../model/probe.ts';
import { LONGEST } from '../clean-text.ts';
import { formatCount, formatInterval, formatMicros, formatQuantity, formatSpan, formatTally } from '../number-text.ts';
import { callsInWords } from '../probe-sections.ts';
import type { ProbeView, ReportView } from '../report-view.ts';
import { figure } from './figure.ts';
import { type Html, html, line, NOTHING, name } from './html.ts';
import type { PageModel } from './page-model.ts';
import { MOST_CALLS } from './probe-chart.ts';
import { probeId } from './scenario-link.ts';
import { plainPill, statusPill } from './status.ts';
import { folded, table } from './table.ts';

/** Lines of a timeline that are shown; the others are in report.json. */
const MOST_LINES = 200;

/** What each probe saw of the gateway's behaviour, when it sent what, and the numbers that it found. */
export const probesPart = (view: ReportView, model: PageModel): Html =>
  view.probes.length === 0
    ? NOTHING
    : html`
<section id="probes" aria-labelledby="probes-title"><h2 id="probes-title">Behaviour</h2>
<p class="hint">Each probe puts one behaviour of the gateway to the test, alone and in an order of its own.</p>
${view.probes.map((probe, index) => probePart({ probe, index, model }))}</section>`;

interface Place {
  readonly probe: ProbeView;
  readonly index: number;
  readonly model: PageModel;
}

const probePart = ({ probe, index, model }: Place): Html => {
  const { run, reading } = probe;
  return html`
<article id="${probeId(index)}" aria-labelledby="${probeId(index)}-title"><h3 id="${probeId(index)}-title">${name(probe.name)}</h3>
<p class="hint">${run.spec.kind} probe · ${formatTally(run.calls.length, 'request')} in ${formatSpan(run.duration)}</p>
${run.incomplete === undefined ? NOTHING : html`<p class="notes">It did not come to its end: ${line(run.incomplete, LONGEST.sentence)}.</p>`}
<ul class="reasons">${reading.sights.map((sight) => sightItem(sight, probe))}${run.skipped.map(
    ({ part, reason }) =>
      html`<li>${statusPill('inconclusive', 'left out')} <span>${line(`${part}: ${reason}`, LONGEST.sentence)}</span></li>`,
  )}</ul>
${model.probes[index] === null ? NOTHING : timelineFigure({ probe, index, model })}${folded('Numbers', values(probe))}${folded('What happened when', happenings(probe))}</article>`;
};

const PILLS: Readonly<Record<ProbeSight['kind'], Html>> = {
  good: statusPill('pass', 'good'),
  bad: statusPill('fail', 'wrong'),
  unknown: statusPill('inconclusive', 'unknown'),
  plain: plainPill('seen'),
};

const sightItem = (sight: ProbeSight, { run }: ProbeView): Html => {
  const calls = callsInWords(sight, run);
  return html`<li>${PILLS[sight.kind]} <span>${line(sight.text, LONGEST.sentence)}${calls === '' ? NOTHING : html` <code>${line(calls)}</code>`}</span></li>`;
};

const timelineFigure = ({ probe: { name: probe, run }, index }: Place): Html =>
  figure({
    kind: 'probe',
    title: 'What was sent when',
    hint: `A bar is a request, from its release to its end; dotted lines are what the probe did meanwhile${run.upstream === undefined ? '' : ', ticks below are calls that reached a provider'}.${run.calls.length > MOST_CALLS ? ` The first ${formatCount(MOST_CALLS)} are drawn.` : ''}`,
    label: `Timeline of probe ${name(probe)}: ${formatTally(run.calls.length, 'request')} in ${formatSpan(run.duration)}, in the steps ${[...new Set(run.calls.map(({ step }) => line(step)))].join(', ')}`,
    item: index,
  });

const valueText = (value: ProbeValue): string =>
  value.kind === 'measured' ? formatQuantity(value.value, value.unit) : '–';

const values = ({ name: probe, reading }: ProbeView): Html =>
  table<readonly [subject: string, value: ProbeValue]>(
    `Numbers of ${name(probe)}`,
    [
      { head: 'Subject', names: true, cell: ([subject]) => html`<code>${line(subject)}</code>` },
      { head: 'Observed', numeric: true, cell: ([, value]) => html`<strong>${valueText(value)}</strong>` },
      {
        head: 'Interval',
        numeric: true,
        cell: ([, value]) => (value.kind === 'measured' ? (formatInterval(value.interval, value.unit) ?? '') : ''),
      },
      {
        head: 'Samples',
        numeric: true,
        cell: ([, value]) => (value.kind === 'measured' ? formatCount(value.samples) : ''),
      },
      { head: 'Note', cell: ([, value]) => (value.kind === 'unmeasured' ? line(value.reason) : '') },
    ],
    Object.entries(reading.values),
  );

const happenings = ({ reading }: ProbeView): Html => {
  const shown = reading.timeline.slice(0, MOST_LINES);
  const more = reading.timeline.length - shown.length;
  if (shown.length === 0) return NOTHING;
  return html`<ol class="happenings">${shown.map(
    ({ at, text }) => html`<li><span class="num">${formatMicros(at)}</span> ${line(text)}</li>`,
  )}</ol>${more > 0 ? html`<p class="hint">… and ${formatCount(more)} more</p>` : NOTHING}`;
};
