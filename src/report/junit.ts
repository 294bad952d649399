import type { Report } from '../model/report.ts';
import type { RegressionFinding, SloFinding, Status } from '../model/verdict.ts';
import { changeSentence, headlineOf, sloSentence } from './headline.ts';

interface TestCase {
  readonly scenario: string;
  readonly name: string;
  readonly status: Status;
  readonly message: string;
}

/** The suite of the verdict as a whole. */
const WHOLE = 'gatemark';

/**
 * JUnit XML: one suite a scenario, one case an SLO and a comparison that can fail the gate. A miss is a failure, inconclusive is
 * skipped, invalid is an error. A verdict that no case shows gets a case of its own, so that nothing invalid looks green.
 */
export const renderJunit = (report: Report): string => {
  const cases = casesOf(report);
  const suites = [...Map.groupBy(cases, (each) => each.scenario)].map(([name, members]) => suiteXml(name, members));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(WHOLE)}" ${tallies(cases)}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
};

const casesOf = (report: Report): readonly TestCase[] => {
  const { verdict } = report;
  const shown = [...verdict.slos.map(sloCase), ...verdict.regressions.filter((each) => each.gating).map(changeCase)];
  if (shown.length > 0 && (verdict.status === 'pass' || shown.some((each) => each.status === verdict.status)))
    return shown;
  return [...shown, { scenario: WHOLE, name: 'verdict', status: verdict.status, message: headlineOf(report).text }];
};

const sloCase = (finding: SloFinding): TestCase => ({
  scenario: finding.scenario,
  name: finding.text,
  status: finding.status,
  message: finding.reason ?? sloSentence(finding),
});

const changeCase = (finding: RegressionFinding): TestCase => ({
  scenario: finding.scenario,
  name: `${finding.tenant === undefined ? '' : `tenant(${finding.tenant}).`}${finding.metric} against the baseline`,
  status: finding.status,
  message: finding.reason ?? changeSentence(finding),
});

const tallies = (cases: readonly TestCase[]): string => {
  const count = (status: Status): number => cases.filter((each) => each.status === status).length;
  return `tests="${cases.length}" failures="${count('fail')}" errors="${count('invalid')}" skipped="${count('inconclusive')}"`;
};

const suiteXml = (name: string, cases: readonly TestCase[]): string =>
  [`  <testsuite name="${escapeXml(name)}" ${tallies(cases)}>`, ...cases.map(caseXml), '  </testsuite>'].join('\n');

const ELEMENTS = { fail: 'failure', invalid: 'error', inconclusive: 'skipped' } as const;

const caseXml = ({ scenario, name, status, message }: TestCase): string => {
  const attributes = `classname="${escapeXml(scenario)}" name="${escapeXml(name)}"`;
  if (status === 'pass') return `    <testcase ${attributes}/>`;
  return `    <testcase ${attributes}><${ELEMENTS[status]} message="${escapeXml(message)}"/></testcase>`;
};

const XML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text as an attribute's value. What XML 1.0 (§2.2) cannot hold in any form becomes U+FFFD. */
const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the controls that XML forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"'\t\n\r]/g, (character) => XML_ENTITIES[character]!);
