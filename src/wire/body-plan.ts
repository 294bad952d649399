import { type HeaderLookup, mediaType } from './headers.ts';
import { inBandError, inBandOutcome } from './in-band-error.ts';
import type { Json } from './json.ts';
import { classifyStatus, type ErrorOutcome, errorOutcome } from './outcome.ts';
import type { ReaderSpec } from './reading.ts';
import { readsBody } from './signals.ts';

/** What is done with a response's body, decided when its headers come. */
export type BodyPlan = 'ignore' | 'error-text' | 'json' | 'stream';

/** Endpoints whose streams can be read; the others are asked for whole answers, whatever the scenario says. */
const STREAMING: readonly string[] = ['chat', 'responses', 'messages', 'custom'];

/**
 * Decides by status, endpoint and content type. A stream that comes without a content type is read as one, since the
 * APIs' own clients do not look either; one that comes as anything else is not a stream.
 */
export const planBody = (spec: ReaderSpec, status: number, header: HeaderLookup): BodyPlan => {
  if (classifyStatus(status, spec.expected.status, spec.dialect.rejections) !== 'ok') return 'error-text';
  const type = mediaType(header);
  if (asksForStream(spec) && hasContent(status))
    return (type === '' || type === 'text/event-stream') && encodingOf(header) === undefined ? 'stream' : 'json';
  if (isJsonPromised(spec, status)) return 'json';
  return hasContent(status) && type.includes('json') && readsBody(spec.dialect) ? 'json' : 'ignore';
};

/** What is wrong with a body that was planned as `json`, before any check; `json` undefined = it is not JSON. */
export const findJsonProblem = (
  spec: ReaderSpec,
  response: {
    readonly status: number;
    readonly header: HeaderLookup;
    readonly text: string;
    readonly json: Json | undefined;
  },
): ErrorOutcome | undefined => {
  const { status, header, text, json } = response;
  const known = spec.endpoint !== 'custom' && hasContent(status);
  const error = known && json !== undefined ? inBandError('', json) : undefined;
  if (error !== undefined) return inBandOutcome(error);
  if (asksForStream(spec) && hasContent(status) && encodingOf(header) === undefined)
    return errorOutcome('check', `asked for a stream, got ${mediaType(header)}`);
  if (!isJsonPromised(spec, status)) return undefined;
  if (json === undefined) return errorOutcome('protocol', whyNotJson(header, text));
  // Some gateways list their models in a bare array.
  return known && (typeof json !== 'object' || json === null)
    ? errorOutcome('protocol', 'the body is JSON, but neither an object nor an array')
    : undefined;
};

const asksForStream = (spec: ReaderSpec): boolean => spec.stream && STREAMING.includes(spec.endpoint);

/** A success with a body: an error page is the scenario's business once its status is accepted. */
const hasContent = (status: number): boolean => status >= 200 && status < 300 && status !== 204 && status !== 205;

/** By the API, or by an expectation about the body. */
const isJsonPromised = (spec: ReaderSpec, status: number): boolean =>
  spec.expected.body.length > 0 || (spec.endpoint !== 'custom' && hasContent(status));

/** A compression; it is never asked for, unless the scenario's own headers do. */
const encodingOf = (header: HeaderLookup): string | undefined => {
  const encoding = header('content-encoding');
  return encoding === 'identity' ? undefined : encoding;
};

const whyNotJson = (header: HeaderLookup, text: string): string => {
  const encoding = encodingOf(header);
  if (encoding !== undefined) return `the body is encoded as ${encoding}, which is not read`;
  if (text === '') return 'the body is empty, where JSON was promised';
  const type = mediaType(header);
  return `the body is not JSON${type === '' ? '' : ` (content-type ${type})`}`;
};
