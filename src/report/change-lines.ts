import type { RegressionFinding, Strength } from '../model/verdict.ts';
import { escapeSentence } from './markdown-escape.ts';
import { regressionWords } from './metric-text.ts';
import {
  formatChange,
  formatChangeInterval,
  formatCount,
  formatQuantity,
  formatSpan,
  formatTally,
} from './number-text.ts';
import { ICONS } from './status-text.ts';

const STRENGTH_WORDS: Readonly<Record<Strength, string>> = {
  clear: 'clear',
  likely: 'likely',
  slight: 'slight',
  possible: 'within the noise',
  none: 'not seen',
};

/** How much there is to a change, in a word or two; `open` where nothing was seen and too little was excluded. Not compared → empty. */
export const strengthWord = ({ strength, status }: RegressionFinding): string => {
  if (strength === undefined) return '';
  return strength === 'none' && status === 'inconclusive' ? 'open' : STRENGTH_WORDS[strength];
};

/** A regression that cannot fail the gate is no red cross. */
export const changeIcon = ({ status, gating }: RegressionFinding): string =>
  status === 'fail' && !gating ? '🔶' : ICONS[status];

/** `❌ **chat p95 +25 %** [+16 %, +34 %], 2.48 s → 3.1 s · likely`: a regression, or an improvement. */
export const changeLine = (finding: RegressionFinding): string => {
  const icon = finding.status === 'fail' ? changeIcon(finding) : '💚';
  const values = `${formatQuantity(finding.baseline, finding.unit)} → ${formatQuantity(finding.candidate, finding.unit)}`;
  const notes = [
    ...(finding.strength === undefined ? [] : [strengthWord(finding)]),
    ...(finding.status === 'fail' && !finding.gating ? ['advisory'] : []),
  ];
  return `- ${icon} **${changed(finding)}**${interval(finding)}, ${values}${notes.map((note) => ` · ${note}`).join('')}`;
};

/** `✅ chat p95: not seen, +2 % [−2 %, +7 %]; finds changes from +9 % on`: a gating comparison that found nothing. */
export const unmovedLine = (finding: RegressionFinding): string =>
  `- ✅ ${escapeSentence(regressionWords(finding))}: ${strengthWord(finding)}, ${formatChange(finding.change, finding.unit)}${interval(finding)}${finds(finding)}`;

/** Many of those in one line. */
export const unmovedTally = (unmoved: readonly RegressionFinding[]): string =>
  `- ✅ ${formatTally(unmoved.length, 'comparison')} found nothing that matters; every comparison below says from which change on it would.`;

/** `⚪ chat p95: undecided, +8 % [−10 %, +28 %]; finds changes from +31 % on; about 4,200 more requests (1 min 30 s) would decide`. */
export const undecidedLine = (finding: RegressionFinding): string => {
  const { change, unit } = finding;
  const takes = needs(finding);
  const seen = change === undefined ? '' : `, ${formatChange(change, unit)}${interval(finding)}`;
  return `- ${ICONS[finding.status]} ${escapeSentence(regressionWords(finding))}: ${finding.status === 'invalid' ? 'cannot be compared' : 'undecided'}${seen}${finds(finding)}${takes === '' ? '' : `; ${takes}`}`;
};

/** `about 4,200 more requests (1 min 30 s) would decide`; empty where it is decided, or where they would not. */
export const needs = ({ needed }: RegressionFinding): string =>
  needed === undefined
    ? ''
    : `about ${formatCount(Number(needed.requests.toPrecision(2)))} more requests (${formatSpan(needed.duration)}) would decide`;

/** What does not gate and was not decided, in one line. */
export const undecidedTally = (undecided: readonly RegressionFinding[]): string =>
  `- ⚪ ${formatTally(undecided.length, 'comparison')} that ${undecided.length === 1 ? 'does' : 'do'} not gate could not be decided by this burst.`;

const changed = (finding: RegressionFinding): string =>
  `${escapeSentence(regressionWords(finding))} ${formatChange(finding.change, finding.unit)}`;

const interval = ({ interval: ends, unit }: RegressionFinding): string => {
  const text = formatChangeInterval(ends, unit);
  return text === undefined ? '' : ` ${text}`;
};

const finds = ({ detectable, unit }: RegressionFinding): string =>
  detectable === undefined ? '' : `; finds changes from ${formatChange(detectable, unit)} on`;
