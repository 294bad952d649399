import { isJsonObject, type Json, lookUp, parseJson } from './json.ts';

/** Where APIs, gateways and proxies put the sentence: the first path that holds a string decides. */
const MESSAGE_PATHS = [
  'message',
  'error.message',
  'error',
  'detail', // FastAPI
  'detail.message',
  'errors.0.message', // Cloudflare
  'error_description', // OAuth
  'title', // RFC 9457
];

/** The longest piece of a body that is quoted when nothing better is found, in UTF-16 units. */
const MAX_QUOTE = 120;

/** The sentence in an error value; undefined when it holds none. */
export const messageOf = (error: Json): string | undefined => {
  if (typeof error === 'string') return error;
  if (!isJsonObject(error)) return undefined;
  return MESSAGE_PATHS.map((path) => lookUp(error, path)).find((found) => typeof found === 'string' && found !== '') as
    | string
    | undefined;
};

/** What the body of an error response says: its message, an HTML page's title, or its beginning; empty for an empty body. */
export const errorMessage = (body: string): string => {
  const json = parseJson(body);
  const message = json === undefined ? undefined : messageOf(json);
  return message ?? /<title[^>]*>([^<]*)/i.exec(body)?.[1] ?? oneLine(body, MAX_QUOTE);
};

/** What may have to be replaced: anything but printable ASCII with single spaces, which most names are. */
const UNCLEAN = /[^ -~]| {2}/;

/** One line: control, format (bidirectional among them) and white space characters become one space, the rest is cut. */
export const oneLine = (text: string, maxChars: number): string => {
  const line = (UNCLEAN.test(text) ? text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ') : text).trim();
  return line.length <= maxChars ? line : `${line.slice(0, maxChars - 1).toWellFormed()}…`;
};
