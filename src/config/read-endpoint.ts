import type { z } from 'zod';
import type { JsonTemplate } from '../model/template.ts';
import type { EndpointConfig, ScenarioConfig } from './config.ts';
import { listed } from './issue-to-problem.ts';
import { type Reading, readPlainText } from './reading.ts';
import type { endpointSchema } from './schema-endpoint.ts';
import type { Path } from './source-document.ts';

/** Formats that can be streamed. */
const STREAMED: readonly string[] = ['chat', 'responses', 'messages'];

/** Reads `endpoint` of the scenario at the path; chat where it could not be read. */
export const readEndpoint = (
  written: z.output<typeof endpointSchema> | undefined,
  at: Path,
  reading: Reading,
): EndpointConfig => {
  if (written === undefined) return { kind: 'chat' };
  if (typeof written === 'string') return { kind: written };
  const { report } = reading;
  const place = [...at, 'endpoint', 'path'];
  const path = readPlainText(written.path, place, reading) ?? '/';
  if (!path.startsWith('/')) report(place, 'does not start with a slash', { allowed: 'a path such as /v1/rerank' });
  // RFC 3986: what is no such character would have to be percent-encoded, and a fragment is never sent.
  if (/[^\x21-\x7e]|[#<>"{}|\\^`]/.test(path))
    report(place, 'has a character that no path can carry', { allowed: 'a percent-encoded path, without a fragment' });
  const method = written.method.toUpperCase();
  if (!/^[A-Z]+$/.test(method) || method === 'CONNECT')
    report([...at, 'endpoint', 'method'], 'is not a method', { allowed: 'GET, POST, PUT, PATCH, DELETE and the like' });
  return { kind: 'custom', method, path };
};

/** Reports a body (or the absence of one) that does not go with the endpoint, and what contradicts `stream`. */
export const checkBody = ({ endpoint, body, stream }: ScenarioConfig, at: Path, { report }: Reading): void => {
  const method = endpoint.kind === 'custom' ? endpoint.method : endpoint.kind === 'models' ? 'GET' : 'POST';
  if (body !== undefined && (method === 'GET' || method === 'HEAD'))
    report([...at, 'body'], `a ${method} has no body`, { allowed: 'no body' });
  if (endpoint.kind !== 'custom' && method === 'POST' && !isObject(body))
    report([...at, 'body'], body === undefined ? 'is required' : 'must be a map of keys and values', {
      allowed: `the JSON body of ${endpoint.kind}`,
    });
  if (!stream && member(body, 'stream') === true)
    report([...at, 'body', 'stream'], 'asks for a stream that the scenario does not expect', {
      allowed: 'stream: true of the scenario itself',
    });
  if (!stream) return;
  if (!STREAMED.includes(endpoint.kind))
    report([...at, 'stream'], `${endpoint.kind} is not streamed`, { allowed: `true with ${listed(STREAMED)}` });
  if (member(body, 'stream') === false)
    report([...at, 'body', 'stream'], 'contradicts stream: true of the scenario', { allowed: 'true, or no such key' });
};

const isObject = (body: JsonTemplate | undefined): boolean =>
  typeof body === 'object' && body !== null && 'object' in body;

const member = (body: JsonTemplate | undefined, key: string): JsonTemplate | undefined =>
  typeof body === 'object' && body !== null && 'object' in body
    ? body.object.find(([name]) => name === key)?.[1]
    : undefined;
