import type { ErrorClass } from '../model/outcome.ts';
import { messageOf } from './error-message.ts';
import { isJsonObject, type Json, jsonText, lookUp } from './json.ts';
import { classOfStatus, type ErrorOutcome, errorOutcome } from './outcome.ts';

/**
 * What the words of an error's `code`, `status` and `type` mean, where none of them is a status code: the first line that
 * matches decides. From the error types of OpenAI, Anthropic and Google's RPC codes.
 */
const WORD_CLASSES: readonly (readonly [pattern: RegExp, errorClass: ErrorClass])[] = [
  [/rate.?limit|too.?many|quota|exhausted|throttl/i, 'rate_limited'],
  [/authenticat|permission|unauthorized|forbidden|api.?key/i, 'auth'],
  [
    /invalid.?(request|argument|param|prompt|value)|not.?found|too.?(large|long)|context.?length|unsupported/i,
    'client',
  ],
];

/**
 * The error that a JSON answer, or an event of a stream, carries although the status was a success: the value of a
 * top-level `error` that is neither null nor empty, the event itself where its type is `error`, or what a failed response
 * of the responses API names. Undefined when there is none. `type` is the event's; empty for a whole answer.
 */
export const inBandError = (type: string, answer: Json): Json | undefined => {
  if (!isJsonObject(answer)) return undefined;
  const error = Object.hasOwn(answer, 'error') ? answer.error : undefined;
  if (typeof error === 'string' ? error !== '' : isJsonObject(error)) return error;
  if (type === 'error') return answer;
  if (type === 'response.failed') return lookUp(answer, 'response.error') ?? FAILED;
  return answer.object === 'response' && answer.status === 'failed' ? FAILED : undefined;
};

const FAILED = 'the response failed';

/**
 * The outcome of an in-band error: by the status code that it names, else by its words, else `upstream`. Every 5xx is
 * `upstream` here: the gateway's own status was a success, so what failed stands behind it.
 */
export const inBandOutcome = (error: Json): ErrorOutcome => {
  const names = isJsonObject(error) ? [error.code, error.status, error.status_code, error.type] : [];
  const status = names.map(Number).find((name) => Number.isInteger(name) && name >= 400 && name < 600);
  const words = names.filter((name) => typeof name === 'string' && name !== 'error').join(' ');
  const label = status === undefined ? words : `${status}`;
  const message = messageOf(error) ?? jsonText(error);
  const errorClass = status === undefined ? classOfWords(words) : status >= 500 ? 'upstream' : classOfStatus(status);
  return errorOutcome(errorClass, `error inside a successful response: ${label === '' ? '' : `${label}: `}${message}`);
};

const classOfWords = (words: string): ErrorClass =>
  WORD_CLASSES.find(([pattern]) => pattern.test(words))?.[1] ?? 'upstream';
