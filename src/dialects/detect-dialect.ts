import { apisix, apisixMarks } from './apisix.ts';
import { azureApim, azureApimMarks } from './azure-apim.ts';
import { bifrost, bifrostMarks } from './bifrost.ts';
import { cloudflare, cloudflareMarks } from './cloudflare.ts';
import { envoy, envoyMarks } from './envoy.ts';
import { generic, genericMarks } from './generic.ts';
import { helicone, heliconeMarks } from './helicone.ts';
import { kong, kongMarks } from './kong.ts';
import { litellm, litellmMarks } from './litellm.ts';
import type { Mark } from './mark.ts';
import { openrouter, openrouterMarks } from './openrouter.ts';
import { portkey, portkeyMarks } from './portkey.ts';
import { tensorzero, tensorzeroMarks } from './tensorzero.ts';
import { vercel, vercelMarks } from './vercel.ts';

/** A response, as far as a gateway can be told by it. */
export interface SeenResponse {
  /** Flat: name in lower case, value, name, value … */
  readonly headers: readonly string[];
  /** JSON values that it holds: the body; of a stream, the answer put together from it and its last event. */
  readonly bodies: readonly unknown[];
}

/** One thing that speaks for a dialect. */
export interface Evidence {
  /** `header x-portkey-provider`, `header server: kong/3.11`, `body extra_fields.provider`. */
  readonly what: string;
  /** Whether no other gateway sends it. */
  readonly sure: boolean;
  /** How many of the responses had it. */
  readonly responses: number;
}

/** A dialect that may be the gateway's, and why. */
export interface Candidate {
  readonly dialect: string;
  /** Sure evidence first, then what most responses had. */
  readonly evidence: readonly Evidence[];
}

/** In the order in which they win ties; generic comes last. */
const MARKS: readonly (readonly [name: string, marks: readonly Mark[]])[] = [
  [litellm.name, litellmMarks],
  [portkey.name, portkeyMarks],
  [cloudflare.name, cloudflareMarks],
  [kong.name, kongMarks],
  [envoy.name, envoyMarks],
  [apisix.name, apisixMarks],
  [helicone.name, heliconeMarks],
  [bifrost.name, bifrostMarks],
  [tensorzero.name, tensorzeroMarks],
  [openrouter.name, openrouterMarks],
  [vercel.name, vercelMarks],
  [azureApim.name, azureApimMarks],
  [generic.name, genericMarks],
];

/**
 * The dialects that speak from these responses, the likeliest first: by sure evidence, then by hints. A gateway behind
 * another leaves evidence of both. `generic` is always among them, without evidence if need be, so that the first one is
 * what to try.
 */
export const detectDialect = (responses: readonly SeenResponse[]): readonly Candidate[] =>
  MARKS.map(([dialect, marks]) => ({ dialect, evidence: evidenceOf(marks, responses) }))
    .filter(({ dialect, evidence }) => evidence.length > 0 || dialect === generic.name)
    .toSorted((one, other) => sureOf(other) - sureOf(one) || other.evidence.length - one.evidence.length);

const sureOf = ({ evidence }: Candidate): number => evidence.filter(({ sure }) => sure).length;

const evidenceOf = (marks: readonly Mark[], responses: readonly SeenResponse[]): readonly Evidence[] => {
  const seen = new Map<string, { sure: boolean; responses: number }>();
  for (const response of responses)
    for (const [what, sure] of new Map(marks.flatMap((mark) => matchesOf(mark, response))))
      seen.set(what, { sure, responses: (seen.get(what)?.responses ?? 0) + 1 });
  return [...seen]
    .map(([what, { sure, responses: count }]) => ({ what, sure, responses: count }))
    .toSorted((one, other) => Number(other.sure) - Number(one.sure) || other.responses - one.responses);
};

type Match = readonly [what: string, sure: boolean];

/** The longest part of a header's value that is shown. */
const MAX_VALUE = 40;

const matchesOf = (mark: Mark, { headers, bodies }: SeenResponse): readonly Match[] => {
  const sure = mark.sure === true;
  if ('body' in mark) return bodies.some((body) => hasPath(body, mark.body)) ? [[`body ${mark.body}`, sure]] : [];
  const [before, after] = mark.header.split('*', 2);
  const matches: Match[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const [name, value] = [headers[index]!, headers[index + 1]!];
    const isNamed = after === undefined ? name === before : fits(name, before!, after);
    if (!isNamed || (mark.value !== undefined && !value.toLowerCase().includes(mark.value))) continue;
    matches.push([`header ${name}${mark.value === undefined ? '' : `: ${value.slice(0, MAX_VALUE)}`}`, sure]);
  }
  return matches;
};

const fits = (name: string, before: string, after: string): boolean =>
  name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after);

/** Own keys only: a body must not be told by what every object inherits. */
const hasPath = (root: unknown, path: string): boolean => {
  let value = root;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value !== undefined && value !== null;
};
