import type { ProbeRun, ProbeSight } from '../model/probe.ts';
import { cleanText } from './clean-text.ts';
import { codeSpan, escapeName, escapeSentence } from './markdown-escape.ts';
import { folded } from './markdown-table.ts';
import { formatMicros, formatTally } from './number-text.ts';
import type { ProbeView, ReportView } from './report-view.ts';
import type { Section } from './section.ts';

/** Lines of a timeline that are shown; the others are in report.json. */
const MAX_TIMELINE = 40;

/** Broken behaviours that stand open; the others are in the fold. */
const MAX_BROKEN = 8;

const SIGNS: Readonly<Record<ProbeSight['kind'], string>> = { good: '✅', bad: '❌', unknown: '❔', plain: '•' };

/** The gateway's own ids of the calls behind a sight, else their numbers; empty without calls. */
export const callsInWords = (sight: ProbeSight, run: ProbeRun): string =>
  sight.calls
    .map((id) => {
      const call = run.calls.find((each) => each.id === id);
      return call?.requestId === undefined ? `call ${id}` : `request ${call.requestId}`;
    })
    .join(', ');

const sightLine = (sight: ProbeSight, run: ProbeRun): string => {
  const calls = callsInWords(sight, run);
  return `- ${SIGNS[sight.kind]} ${escapeSentence(sight.text)}${calls === '' ? '' : ` (${codeSpan(calls)})`}`;
};

const headOf = ({ name, run }: ProbeView): string =>
  `**${escapeName(name)}** (${run.spec.kind} probe, ${formatTally(run.calls.length, 'request')})`;

/** What each probe saw: what is wrong stands open, a line each; the rest is folded. */
export const probesSection = ({ probes }: ReportView): Section => {
  if (probes.length === 0) return { title: 'probes', rank: 3, variants: [] };
  const bad = probes.flatMap((probe) =>
    probe.reading.sights.filter(({ kind }) => kind === 'bad').map(brokenLine(probe)),
  );
  const names = probes.map(({ name, run }) => `${escapeName(name)} (${run.spec.kind})`).join(', ');
  const more = bad.length > MAX_BROKEN ? [`- … and ${bad.length - MAX_BROKEN} more`] : [];
  const lines =
    bad.length === 0 ? `- ✅ Nothing wrong was seen: ${names}` : [...bad.slice(0, MAX_BROKEN), ...more].join('\n');
  const open = `### Behaviour\n\n${lines}`;
  const all = probes.map(probeBody).join('\n\n');
  return { title: 'probes', rank: 3, variants: [`${open}\n\n${folded('What the probes saw', all)}`, open] };
};

/** `- ❌ **rescue**: 503: 1 of 4 requests rescued (call 7)`: what is broken, and one call to look it up by. */
const brokenLine =
  ({ name, run }: ProbeView) =>
  (sight: ProbeSight): string => {
    const call = callsInWords({ ...sight, calls: sight.calls.slice(0, 1) }, run);
    return `- ${SIGNS.bad} **${escapeName(name)}**: ${escapeSentence(sight.text)}${call === '' ? '' : ` (${codeSpan(call)})`}`;
  };

const probeBody = (probe: ProbeView): string => {
  const { run, reading } = probe;
  const ended = run.incomplete === undefined ? [] : [`It did not come to its end: ${escapeSentence(run.incomplete)}.`];
  const skipped = run.skipped.map(
    ({ part, reason }) => `- ❔ ${escapeSentence(part)} was left out: ${escapeSentence(reason)}`,
  );
  const lines = [...reading.sights.map((sight) => sightLine(sight, run)), ...skipped].join('\n');
  return [headOf(probe), ...ended, lines, timeline(probe)].filter((part) => part !== '').join('\n\n');
};

const timeline = ({ reading }: ProbeView): string => {
  const shown = reading.timeline.slice(0, MAX_TIMELINE);
  const more = reading.timeline.length - shown.length;
  return [
    ...shown.map(({ at, text }) => `    ${formatMicros(at).padStart(9)}  ${cleanText(text)}`),
    ...(more > 0 ? [`    … and ${more} more`] : []),
  ].join('\n');
};

/** The same for a console, a line each. */
export const probeLines = ({ probes }: ReportView): readonly string[] =>
  probes.flatMap(({ name, run, reading }) => [
    `  ${cleanText(name)} (${run.spec.kind} probe, ${formatTally(run.calls.length, 'request')})`,
    ...(run.incomplete === undefined ? [] : [`    ! it did not come to its end: ${cleanText(run.incomplete)}`]),
    ...reading.sights.map((sight) => {
      const calls = sight.kind === 'bad' ? callsInWords(sight, run) : '';
      return `    ${CONSOLE_SIGNS[sight.kind]} ${cleanText(sight.text)}${calls === '' ? '' : ` (${cleanText(calls)})`}`;
    }),
    ...run.skipped.map(({ part, reason }) => `    ? ${cleanText(part)} was left out: ${cleanText(reason)}`),
  ]);

const CONSOLE_SIGNS: Readonly<Record<ProbeSight['kind'], string>> = { good: '✓', bad: '✗', unknown: '?', plain: '·' };
