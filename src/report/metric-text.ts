import type { QuantileMetric, SloUnit, Subject } from '../model/slo.ts';
import type { RegressionFinding, SloFinding } from '../model/verdict.ts';
import { cleanText, LONGEST } from './clean-text.ts';

const PREFIXES: readonly (readonly [prefix: string, words: string])[] = [
  ['ttft.', 'TTFT '],
  ['itl.', 'inter-token '],
  ['tpot.', 'time per token '],
  ['overhead.ttft.', 'added TTFT '],
  ['overhead.', 'overhead '],
  ['hit.', 'cache hit '],
  ['miss.', 'cache miss '],
  ['cache.delta.', 'cache delta '],
  ['provider.share.', 'share of provider '],
  ['model.share.', 'share of model '],
];

/** Of metrics whose quantiles the configuration does not name as the metric is called. */
const QUANTILE_PREFIXES: Partial<Record<QuantileMetric, string>> = { latency: '', 'ttft-overhead': 'overhead.ttft.' };

const quantileName = (quantile: number): string =>
  quantile >= 1 ? 'max' : `p${Number((quantile * 100).toPrecision(6))}`;

const tallyName = (of: Extract<Subject, { kind: 'tally' }>['of']): string => {
  if ('status' in of) return `status.${of.status}`;
  if (of.errorClass === 'auth') return 'auth_errors';
  return of.errorClass === 'truncated' ? 'truncated_streams' : `${of.errorClass} errors`;
};

/** A subject as the configuration names it: `p95`, `ttft.p95`, `error_rate`, `provider.share.openai`. */
export const subjectName = (subject: Subject): string => {
  switch (subject.kind) {
    case 'quantile':
      return `${QUANTILE_PREFIXES[subject.metric] ?? `${subject.metric}.`}${quantileName(subject.quantile)}`;
    case 'cache-delta':
      return `cache.delta.${quantileName(subject.quantile)}`;
    case 'rate':
      return subject.of === 'hit' ? 'cache.hit_rate' : `${subject.of}_rate`;
    case 'tally':
      return tallyName(subject.of);
    case 'share':
      return `${subject.of}.share.${subject.name}`;
    case 'per-second':
      return subject.of === 'tokens' ? 'tokens_per_second' : subject.of;
    case 'knee':
      return 'knee';
    case 'probe':
      return subject.name;
  }
};

/** A metric of the configuration in words: `TTFT p95`, `error rate`, `share of provider openai`. */
export const metricWords = (metric: string): string => {
  const found = PREFIXES.find(([prefix]) => metric.startsWith(prefix));
  if (found !== undefined) return `${found[1]}${metric.slice(found[0].length)}`;
  // The point of p99.9 stays.
  return metric.replace(/_|(?<!p\d+)\./g, ' ');
};

const place = (scenario: string, tenant: string | undefined): string =>
  tenant === undefined
    ? cleanText(scenario, LONGEST.name)
    : `${cleanText(scenario, LONGEST.name)} (${cleanText(tenant, LONGEST.name)})`;

const shortMetric = (metric: string): string => cleanText(metricWords(metric), LONGEST.name);

/** What an SLO looked at, in words: `chat (free) p95`. */
export const sloWords = (finding: SloFinding): string =>
  `${place(finding.scenario, finding.tenant)} ${shortMetric(subjectName(finding.subject))}`;

/** Behind what was compared, for what is not the baseline itself: ` since the release v1.2.0`. */
export const driftWords = ({ against, reference }: Pick<RegressionFinding, 'against' | 'reference'>): string => {
  switch (against) {
    case 'window':
    case 'live':
      return '';
    case 'oldest':
      return ' since the oldest run';
    case 'release':
      return ` since the release${reference === undefined ? '' : ` ${cleanText(reference, LONGEST.name)}`}`;
  }
};

/** What a comparison looked at, in words: `chat TTFT p95`, `chat p95 since the oldest run`. */
export const regressionWords = (finding: RegressionFinding): string =>
  `${place(finding.scenario, finding.tenant)} ${shortMetric(finding.metric)}${driftWords(finding)}`;

/** Whether more of it is better (1), worse (-1), or neither (0). */
export const betterDirection = (metric: string, unit: SloUnit): -1 | 0 | 1 => {
  if (unit === 'per-second' || metric.endsWith('hit_rate') || metric.startsWith('cache.delta.')) return 1;
  if (metric.includes('.share.')) return 0;
  return unit === 'us' || /error|throttled|dropped|truncated|status\.[45]/.test(metric) ? -1 : 0;
};
