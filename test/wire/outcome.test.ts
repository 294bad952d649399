import { describe, expect, it } from 'vitest';
import type { ErrorClass } from '../../src/model/outcome.ts';
import { inBandError, inBandOutcome } from '../../src/wire/in-band-error.ts';
import type { Json } from '../../src/wire/json.ts';
import { classifyStatus, errorOutcome, MAX_DETAIL, statusOutcome } from '../../src/wire/outcome.ts';

describe('classifyStatus', () => {
  it.each<readonly [status: number, accepted: readonly number[], meaning: 'ok' | 'throttled' | ErrorClass]>([
    [200, [200], 'ok'],
    [201, [200, 201], 'ok'],
    [429, [200, 429], 'throttled'],
    [503, [200, 503], 'throttled'],
    [403, [403], 'ok'],
    [500, [500], 'ok'],
    [400, [200], 'client'],
    [401, [200], 'auth'],
    [402, [200], 'client'],
    [403, [200], 'auth'],
    [404, [200], 'client'],
    [429, [200], 'rate_limited'],
    [499, [200], 'client'],
    [500, [200], 'gateway'],
    [501, [200], 'gateway'],
    [502, [200], 'upstream'],
    [503, [200], 'upstream'],
    [504, [200], 'upstream'],
    [505, [200], 'gateway'],
    [529, [200], 'upstream'],
    [599, [200], 'gateway'],
    [201, [200], 'check'],
    [301, [200], 'check'],
    [399, [200], 'check'],
    [200, [429], 'check'],
    [600, [200], 'protocol'],
    [101, [200], 'protocol'],
  ])('%i where %j are accepted is %s', (status, accepted, meaning) => {
    expect(classifyStatus(status, accepted, { rate: [429], quota: [] })).toBe(meaning);
  });

  it.each<readonly [status: number, accepted: readonly number[], meaning: 'ok' | 'throttled' | ErrorClass]>([
    [403, [200, 403], 'throttled'],
    [420, [200, 420], 'throttled'],
    [503, [200, 503], 'throttled'],
    [402, [200, 402], 'ok'],
    [403, [200], 'auth'],
    [420, [200], 'client'],
  ])('%i where %j are accepted is %s to a dialect with 420 and 403 for rejections', (status, accepted, meaning) => {
    expect(classifyStatus(status, accepted, { rate: [420], quota: [403] })).toBe(meaning);
  });
});

describe('statusOutcome', () => {
  it.each<readonly [name: string, status: number, body: string, detail: string]>([
    [
      'OpenAI',
      429,
      '{"error":{"message":"Rate limit reached","type":"tokens"}}',
      '429 too many requests: Rate limit reached',
    ],
    ['a text as the error', 502, '{"error":"no healthy upstream"}', '502 bad gateway: no healthy upstream'],
    ['a message', 401, '{"message":"Unauthorized: bad key"}', '401 unauthorized: Unauthorized: bad key'],
    ['FastAPI', 422, '{"detail":"field required"}', '422 unprocessable content: field required'],
    ['Cloudflare', 400, '{"success":false,"errors":[{"code":7,"message":"No route"}]}', '400 bad request: No route'],
    ['problem details', 404, '{"type":"about:blank","title":"No such model"}', '404 not found: No such model'],
    ['JSON without a message', 500, '{"code":17}', '500 internal server error: {"code":17}'],
    ['text', 502, 'upstream connect error\r\nor disconnect', '502 bad gateway: upstream connect error or disconnect'],
    ['a page', 500, '<html><head><title>Oh no</title></head>', '500 internal server error: Oh no'],
    ['nginx, which repeats the status', 502, '<html><head><title>502 Bad Gateway</title></head>', '502 bad gateway'],
    ['a message that is only the name', 401, '{"message":"Unauthorized"}', '401 unauthorized'],
    ['nothing', 504, '', '504 gateway timeout'],
    ['a status without a name', 418, 'short and stout', '418: short and stout'],
    ['a redirect, whatever it says', 307, 'moved', '307 temporary redirect: redirects are not followed'],
    ['an unexpected success, whatever it says', 202, 'queued', '202: not accepted'],
    ['escape sequences', 500, '{"error":"\\u001b[31mred\\u202e\\u0000"}', '500 internal server error: [31mred'],
  ])('quotes %s', (_name, status, body, detail) => {
    expect(statusOutcome(status, body).detail).toBe(detail);
  });

  it('stays one short line, and never cuts a character in two', () => {
    const { detail } = errorOutcome('gateway', '😀'.repeat(200));
    expect(detail.length).toBeLessThanOrEqual(MAX_DETAIL);
    expect(detail.isWellFormed()).toBe(true);
    expect(detail.endsWith('…')).toBe(true);
    expect(errorOutcome('gateway', 'x'.repeat(MAX_DETAIL)).detail).toBe('x'.repeat(MAX_DETAIL));
  });
});

describe('inBandError', () => {
  const error = { message: 'm' };
  it.each<readonly [type: string, answer: Json, found: Json | undefined]>([
    ['', { error }, error],
    ['', { error: 'text' }, 'text'],
    ['', { error: null }, undefined],
    ['', { error: '' }, undefined],
    ['', { error: false }, undefined],
    ['', { choices: [] }, undefined],
    ['', [{ error }], undefined],
    ['', null, undefined],
    ['error', { type: 'error', error }, error],
    ['error', { type: 'error', code: 'x' }, { type: 'error', code: 'x' }],
    ['response.failed', { response: { error } }, error],
    ['response.failed', { response: {} }, 'the response failed'],
    ['response.failed', { response: { error: null } }, 'the response failed'],
    ['response.created', { response: { error } }, undefined],
    ['', { object: 'response', status: 'failed', error: null }, 'the response failed'],
    ['', { object: 'response', status: 'incomplete', error: null }, undefined],
  ])('in %j %j is %j', (type, answer, found) => {
    expect(inBandError(type, answer)).toEqual(found);
  });
});

describe('inBandOutcome', () => {
  it.each<readonly [error: Json, errorClass: ErrorClass]>([
    [{ code: 429 }, 'rate_limited'],
    [{ code: '429' }, 'rate_limited'],
    [{ code: 401 }, 'auth'],
    [{ status: 403 }, 'auth'],
    [{ status_code: 400 }, 'client'],
    [{ code: 500 }, 'upstream'],
    [{ code: 502 }, 'upstream'],
    [{ code: 529 }, 'upstream'],
    [{ code: 0, type: 'rate_limit_error' }, 'rate_limited'],
    [{ type: 'insufficient_quota' }, 'rate_limited'],
    [{ status: 'RESOURCE_EXHAUSTED' }, 'rate_limited'],
    [{ type: 'authentication_error' }, 'auth'],
    [{ type: 'permission_error' }, 'auth'],
    [{ type: 'invalid_request_error', code: 'invalid_api_key' }, 'auth'],
    [{ status: 'UNAUTHENTICATED' }, 'auth'],
    [{ type: 'invalid_request_error', code: null }, 'client'],
    [{ type: 'not_found_error' }, 'client'],
    [{ type: 'request_too_large' }, 'client'],
    [{ code: 'context_length_exceeded' }, 'client'],
    [{ status: 'INVALID_ARGUMENT' }, 'client'],
    [{ type: 'overloaded_error' }, 'upstream'],
    [{ type: 'api_error' }, 'upstream'],
    [{ type: 'timeout_error' }, 'upstream'],
    [{ type: 'invalid_upstream_response' }, 'upstream'],
    [{ code: 200, type: 'server_error' }, 'upstream'],
    [{ message: 'rate limit' }, 'upstream'],
    ['rate limit', 'upstream'],
    [{}, 'upstream'],
  ])('%j is %s', (error, errorClass) => {
    expect(inBandOutcome(error).errorClass).toBe(errorClass);
  });

  it('says what and where', () => {
    expect(inBandOutcome({ code: 502, message: 'Provider returned error' }).detail).toBe(
      'error inside a successful response: 502: Provider returned error',
    );
    expect(inBandOutcome({ reason: 7 }).detail).toBe('error inside a successful response: {"reason":7}');
  });
});
