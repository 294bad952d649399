import type { Report } from '../model/report.ts';
import type { SloFinding } from '../model/verdict.ts';
import { cleanText } from './clean-text.ts';
import { byImportance, tightness } from './finding-order.ts';
import { changeSentence, headlineOf, sloSentence } from './headline.ts';

/** One line on the page of a workflow run. Plain text of one line each. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

/** What GitHub shows of each level for one step. */
const MAX = 10;

/**
 * The SLOs that were missed and the regressions, most important first; errors when they fail the gate (nobody overrode
 * it), else warnings. A verdict that none of them explains says itself why. At most `max`, the last of which then counts the rest.
 */
export const annotationsOf = (report: Report, max: number = MAX): readonly Annotation[] => {
  const all = [...verdictLine(report), ...findings(report)].map(({ level, title, message }) => ({
    level,
    title: cleanText(title),
    message: cleanText(message, 500),
  }));
  if (all.length <= max) return all;
  const shown = all.slice(0, Math.max(0, max - 1));
  const rest: Annotation = { level: 'notice', title: 'Gatemark', message: `… and ${all.length - shown.length} more` };
  return max < 1 ? [] : [...shown, rest];
};

const findings = ({ verdict, override }: Report): readonly Annotation[] => {
  const level = verdict.status === 'fail' && override === undefined ? 'error' : 'warning';
  const missed = verdict.slos.filter((each) => each.status === 'fail').sort((a, b) => tightness(b) - tightness(a));
  const worse = verdict.regressions.filter((each) => each.status === 'fail' && each.gating).sort(byImportance);
  return [
    ...missed.map((each) => ({ level, title: `SLO missed: ${sloTitle(each)}`, message: sloSentence(each) }) as const),
    ...worse.map(
      (each) =>
        ({ level, title: `Regression: ${each.scenario} ${each.metric}`, message: changeSentence(each) }) as const,
    ),
  ];
};

const sloTitle = ({ scenario, text }: SloFinding): string => `${scenario} ${text}`;

const verdictLine = (report: Report): readonly Annotation[] => {
  const { status } = report.verdict;
  const explained = findings(report).length > 0;
  if (status === 'pass' || (status === 'fail' && explained)) return [];
  const level = report.override !== undefined ? 'warning' : status === 'inconclusive' ? 'notice' : 'error';
  return [{ level, title: `Gatemark: ${status}`, message: headlineOf(report).text }];
};
