import { mayBeSecret, secretVariable } from '../config/secret-names.ts';
import { templateLiteral } from '../config/template-literal.ts';
import { SIGNAL_TITLES } from '../dialects/describe-dialect.ts';
import type { Candidate } from '../dialects/detect-dialect.ts';
import { SIGNALS, type SignalName } from '../model/dialect.ts';
import type { SignalState } from '../wire/signal-states.ts';
import { cleanText } from './clean-text.ts';
import { formatMicros } from './number-text.ts';

/** One request that was sent, and its status, or why there is none. */
export interface AskedRequest {
  readonly title: string;
  readonly request: string;
  readonly status?: number | undefined;
  readonly silence?: string | undefined;
}

/** What came of asking a gateway which dialect it speaks. */
export interface GatewayProbeView {
  readonly url: string;
  readonly asked: readonly AskedRequest[];
  /** The likeliest first; never empty. */
  readonly candidates: readonly Candidate[];
  /** The proposed one. */
  readonly dialect: string;
  /** What it reads of each response that came. */
  readonly states: readonly { readonly title: string; readonly states: Readonly<Record<SignalName, SignalState>> }[];
  /** As they were given. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly apiKeyEnv: string | undefined;
}

/** The most lines of evidence that are shown for a dialect. */
const MAX_EVIDENCE = 8;

/** The probe's findings for a terminal, with the lines for the configuration at its end. */
export const gatewayProbeText = (view: GatewayProbeView): string =>
  `${[askedSection(view), candidateSection(view), stateSection(view), configSection(view)].join('\n\n')}\n`;

const askedSection = ({ url, asked }: GatewayProbeView): string => {
  const rows = asked.map(({ title, request, status, silence }) => [
    title,
    request,
    status === undefined ? `no answer: ${silence}` : String(status),
  ]);
  const refused = asked.every(({ status }) => status === 401 || status === 403);
  const hint = 'Every request was refused: name the variable with the key by --api-key-env, or give a --header.';
  return [`Asked ${url}:`, ...aligned(rows), ...(refused ? ['', hint] : [])].join('\n');
};

const candidateSection = ({ candidates, asked }: GatewayProbeView): string => {
  const [first, ...others] = candidates;
  const lines = evidenceLines(first!, asked.length);
  const also = others.filter(({ evidence }) => evidence.some(({ sure }) => sure));
  return [
    verdictOn(first!),
    ...lines,
    ...also.flatMap((candidate) => [
      `There are signs of ${candidate.dialect}, too:`,
      ...evidenceLines(candidate, asked.length),
    ]),
  ].join('\n');
};

const verdictOn = ({ dialect, evidence }: Candidate): string => {
  if (evidence.some(({ sure }) => sure)) return `It speaks ${dialect}:`;
  if (dialect === 'generic')
    return `Nothing tells which gateway this is. The dialect generic reads the names that most use${evidence.length > 0 ? ':' : '.'}`;
  return `Perhaps it speaks ${dialect}; these are hints only:`;
};

const evidenceLines = ({ evidence }: Candidate, asked: number): readonly string[] => {
  const rows = evidence.slice(0, MAX_EVIDENCE).map(({ what, responses }) => [what, `in ${responses} of ${asked}`]);
  const more = evidence.length - rows.length;
  return [...aligned(rows), ...(more > 0 ? [`  and ${more} more`] : [])];
};

const stateSection = ({ dialect, states }: GatewayProbeView): string => {
  const rows = SIGNALS.map((signal) => [
    SIGNAL_TITLES[signal],
    ...states.map(({ states: each }) => stateText(signal, each[signal])),
  ]);
  return [
    `What ${dialect} reads of these answers (missing: it has a place for it, and nothing stood there):`,
    ...aligned([['', ...states.map(({ title }) => title)], ...rows]),
  ].join('\n');
};

const TIMES: readonly SignalName[] = ['gatewayTime', 'upstreamTime', 'retryAfter'];

/** The longest name in a cell. */
const MAX_CELL = 24;

const stateText = (signal: SignalName, state: SignalState): string => {
  if (state.kind !== 'said') return state.kind;
  if (typeof state.value === 'number' && TIMES.includes(signal)) return formatMicros(state.value);
  return cleanText(String(state.value), MAX_CELL);
};

const configSection = ({ url, dialect, headers, apiKeyEnv }: GatewayProbeView): string => {
  const key: readonly string[] = apiKeyEnv === undefined ? [] : [`    authorization: "Bearer \${env.${apiKeyEnv}}"`];
  const lines = [...key, ...headers.map(([name, value]) => `    ${name}: ${JSON.stringify(safeValue(name, value))}`)];
  return [
    'For the configuration:',
    '',
    'gateway:',
    `  url: ${url}`,
    `  dialect: ${dialect}`,
    ...(lines.length === 0 ? [] : ['  headers:', ...lines]),
  ].join('\n');
};

/** A secret belongs into the environment, under a name made of the header's. */
const safeValue = (name: string, value: string): string =>
  mayBeSecret(name, value) ? `\${env.${secretVariable(name)}}` : templateLiteral(value);

/** Columns two blanks apart, indented by two. */
const aligned = (rows: readonly (readonly string[])[]): readonly string[] => {
  const clean = rows.map((row) => row.map((cell) => cleanText(cell)));
  const widths = (clean[0] ?? []).map((_, column) => Math.max(...clean.map((row) => row[column]!.length)));
  return clean.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd());
};
