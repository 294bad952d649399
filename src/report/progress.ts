import type { Progress } from '../model/progress.ts';
import { cleanText } from './clean-text.ts';
import { formatCount, formatMicros, formatRate, formatSpan, formatTally } from './number-text.ts';
import { cutToWidth, displayWidth, painter } from './terminal-style.ts';

const BAR = { full: '━', rest: '─', width: 20 } as const;

const spans = ({ elapsed, expected }: Progress): string =>
  `${formatSpan(wholeSeconds(elapsed))} of ${formatSpan(expected)}`;

/** Below ten seconds too a clock ticks in seconds. */
const wholeSeconds = (value: Progress['elapsed']): Progress['elapsed'] =>
  (Math.floor(value / 1_000_000) * 1_000_000) as Progress['elapsed'];

/** Which probe it is; undefined while loads run. */
const probeText = ({ probe, elapsed, expected }: Progress): string | undefined => {
  if (probe === undefined) return undefined;
  const about = expected > 0 ? ` of about ${formatSpan(expected)}` : '';
  return `probe ${probe.place} of ${probe.of}: ${cleanText(probe.name)} (${probe.kind})  ${formatSpan(wholeSeconds(elapsed))}${about}`;
};

/** What is told, the most important first; numbers of trouble only once there is any. */
const parts = (progress: Progress): readonly string[] => [
  progress.probe === undefined ? formatRate(progress.rate) : formatTally(progress.sent, 'request'),
  `${formatCount(progress.inFlight)} in flight`,
  ...(progress.p95 === undefined ? [] : [`p95 ${formatMicros(progress.p95)}`]),
  ...(progress.errors === 0 ? [] : [`${formatCount(progress.errors)} errors`]),
  ...(progress.throttled === 0 ? [] : [`${formatCount(progress.throttled)} throttled`]),
  ...(progress.dropped === 0 ? [] : [`${formatCount(progress.dropped)} dropped`]),
];

/**
 * One live line of at most `width` columns, without a newline: bar, time, rate, in flight, p95, trouble. The caller
 * returns to the start of the line before it writes the next one.
 */
export const renderProgressLine = (
  progress: Progress,
  { color, width }: { readonly color: boolean; readonly width: number },
): string => {
  const paint = painter(color);
  const done = progress.expected <= 0 ? 0 : Math.min(1, Math.max(0, progress.elapsed / progress.expected));
  const filled = Math.round(done * BAR.width);
  const bar = `${BAR.full.repeat(filled)}${BAR.rest.repeat(BAR.width - filled)}`;
  const phase = progress.warmup ? ' warming up' : '';
  const head = probeText(progress) ?? `${spans(progress)}${phase}`;
  const text = `${head}  ${parts(progress).join(' · ')}`;
  if (displayWidth(text) + BAR.width + 1 > width) return cutToWidth(text, width);
  const told = progress.errors > 0 ? text.replace(/[\d,]+ errors/, (errors) => paint('red', errors)) : text;
  return `${paint('cyan', bar)} ${told}`;
};

/** The same as a line of a log: no bar, no colour, everything counted, and which loads are under way. No newline. */
export const renderProgressLog = (progress: Progress): string => {
  const probe = probeText(progress);
  if (probe !== undefined) return `${probe}: ${parts(progress).join(', ')}`;
  const { sent, ok, throttled, errors, dropped, inFlight, loads } = progress;
  const counts = [
    `sent ${formatCount(sent)} (${formatRate(progress.rate)})`,
    `in flight ${formatCount(inFlight)}`,
    `ok ${formatCount(ok)}`,
    `throttled ${formatCount(throttled)}`,
    `errors ${formatCount(errors)}`,
    `dropped ${formatCount(dropped)}`,
    `p95 ${formatMicros(progress.p95)}`,
  ];
  const names = loads.length === 0 ? '' : ` [${loads.map((name) => cleanText(name)).join(', ')}]`;
  return `${spans(progress)}${progress.warmup ? ' warming up' : ''}: ${counts.join(', ')}${names}`;
};
