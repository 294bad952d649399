import type { Measure, Relation, Slo, SloUnit } from '../model/slo.ts';
import { parseLimit } from './slo-limit.ts';
import { parseSubject } from './slo-subject.ts';

/** A sentence that is not one, and what would be. */
export interface SloProblem {
  readonly ok: false;
  readonly message: string;
  readonly allowed?: string;
}

const OPERATORS = ['<', '<=', '>', '>=', '==', '!='] as const;
type Operator = (typeof OPERATORS)[number];

const RELATION_FORMS = `${OPERATORS.join(' ')} or in LOW..HIGH`;

/*
 * The grammar, in the notation of RFC 5234 where "/" is a choice. Blanks may stand between the parts of an slo and around
 * "..", never inside a measure, except in a tenant's name.
 *
 *   slo        = measure relation
 *   measure    = [ "tenant(" tenant-name ")." ] subject
 *   subject    = [ prefix "." ] quantile
 *              / "cache.delta." percentile
 *              / "error_rate" / "throttled_rate" / "dropped_rate" / "cache.hit_rate"
 *              / "auth_errors" / "truncated_streams" / "status." 3DIGIT
 *              / ( "provider" / "model" ) ".share." name
 *              / "throughput" / "goodput" / "tokens_per_second" / "knee"
 *              / probe
 *   prefix     = "ttft" / "itl" / "tpot" / "hit" / "miss"                   ; none: latency
 *              / "overhead" / "overhead.ttft"
 *   quantile   = percentile / "max"
 *   percentile = "p" number                                                ; above 0, below 100
 *   probe      = "cache." ( "false_hits" / "changed_hits" / "stale_hits" / "cached_errors" / "amplification" / "wrong_status" )
 *              / family "." name
 *   family     = "limit" / "isolation" / "neighbour" / "failover" / "stream" / "routing" / "cancel" / "semantic"
 *   relation   = operator limit / "in" limit ".." limit                    ; closed at both ends
 *   operator   = "<" / "<=" / ">" / ">=" / "==" / "!="
 *   limit      = number [ unit ]          ; in a range, a unit at one end holds for both
 *   unit       = "us" / "ms" / "s" / "m" / "h"                              ; durations: one is needed
 *              / "%"                                                       ; shares, without it 0 to 1; tallies, without it a count
 *              / "/s" / "/m" / "/h"                                        ; rates, without it a second
 *   name       = 1*( any character but blanks, "<", ">", "=", "!" )
 */

/** Reads one sentence of an `slo` list: `tenant(free).ttft.p95 < 800ms`, `throttled_rate in 0%..10%`. */
export function parseSlo(text: string): { readonly ok: true; readonly slo: Slo } | SloProblem {
  const sentence = text.trim();
  const { head, rest } = split(sentence);
  const parsed = parseMeasure(head);
  if (!parsed.ok) return parsed;
  const read = parseRelation(rest, parsed.measure);
  if (!read.ok) return read;
  return { ok: true, slo: { ...parsed.measure, text: sentence, unit: read.unit, relation: read.relation } };
}

/** Reads what an SLO looks at, without a limit: `p95`, `tenant(free).error_rate`. The unit of a tally is then a count. */
export function parseMeasure(text: string): { readonly ok: true; readonly measure: Measure } | SloProblem {
  const trimmed = text.trim();
  const [prefix = '', tenant] = /^tenant\(([^)]*)\)\./.exec(trimmed) ?? [];
  if (prefix === '' && trimmed.startsWith('tenant'))
    return {
      ok: false,
      message: `${quoted(trimmed)} is not how a tenant is named`,
      allowed: 'tenant(NAME).SUBJECT, such as tenant(free).p95',
    };
  if (tenant?.trim() === '')
    return { ok: false, message: 'tenant() needs the name of a tenant', allowed: 'tenant(NAME).SUBJECT' };
  const read = parseSubject(trimmed.slice(prefix.length));
  if (!read.ok) return read;
  return { ok: true, measure: { text: trimmed, tenant: tenant?.trim(), subject: read.subject, unit: read.unit } };
}

/** A sentence cut before its relation: at the first character that no measure has. */
function split(sentence: string): { readonly head: string; readonly rest: string } {
  const [head = ''] = /^(?:tenant\([^)]*\)\.)?[^\s<>=!]*/.exec(sentence) ?? [];
  return { head, rest: sentence.slice(head.length).trim() };
}

type RelationReading = { readonly ok: true; readonly relation: Relation; readonly unit: SloUnit } | SloProblem;

function parseRelation(text: string, measure: Measure): RelationReading {
  if (text === '')
    return {
      ok: false,
      message: `${measure.text} has no limit`,
      allowed: `${RELATION_FORMS}, such as ${measure.text} ${example(measure)}`,
    };
  const range = /^in\s+(.*)$/s.exec(text);
  if (range !== null) return parseRange(range[1]!, measure);
  const [sign] = /^[<>=!]+|^\S+/.exec(text)!;
  const operator = OPERATORS.find((each) => each === sign);
  if (operator === undefined)
    return { ok: false, message: `${quoted(sign)} is no comparison`, allowed: RELATION_FORMS };
  return parseComparison(operator, text.slice(sign.length).trim(), measure);
}

function parseComparison(operator: Operator, text: string, measure: Measure): RelationReading {
  const read = parseLimit(text, measure);
  if (!read.ok) return read;
  if ((operator === '<' || operator === '<=') && read.unit === 'ratio' && text === '1')
    return {
      ok: false,
      message: `${measure.text} ${operator} 1 allows everything, for 1 is 100%`,
      allowed: '1% for one percent, 100% for all',
    };
  return { ok: true, relation: { operator, limit: read.limit }, unit: read.unit };
}

function parseRange(text: string, measure: Measure): RelationReading {
  const [low = '', high = '', ...more] = text.split('..').map((end) => end.trim());
  if (low === '' || high === '' || more.length > 0)
    return { ok: false, message: `${quoted(text)} is no range`, allowed: 'in LOW..HIGH, such as in 0%..10%' };
  const from = parseLimit(withUnitOf(low, high), measure);
  const to = parseLimit(withUnitOf(high, low), measure);
  if (!from.ok) return from;
  if (!to.ok) return to;
  if (from.unit !== to.unit)
    return { ok: false, message: `the ends of the range ${text} have unlike units`, allowed: 'one kind of unit' };
  if (from.limit > to.limit) return { ok: false, message: `the range ${text} runs downward`, allowed: 'in LOW..HIGH' };
  return { ok: true, relation: { operator: 'in', low: from.limit, high: to.limit }, unit: to.unit };
}

/** A bare number takes over the unit of the range's other end. */
const withUnitOf = (end: string, other: string): string =>
  /^[\d.]+$/.test(end) ? end + (/^[\d.]+\s*([^\d.\s]+)$/.exec(other)?.[1] ?? '') : end;

function example({ unit }: Measure): string {
  switch (unit) {
    case 'us':
      return '< 800ms';
    case 'ratio':
      return '< 1%';
    case 'per-second':
      return '>= 20/s';
    case 'count':
      return '== 0';
  }
}

const quoted = (text: string): string => JSON.stringify(text);
