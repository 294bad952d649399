import type { HeaderConfig } from './config.ts';
import { displayValue } from './problem-list.ts';
import { type Reading, readScalars, readTemplate } from './reading.ts';
import type { Path } from './source-document.ts';

/** A header's name: a token of RFC 9110 §5.6.2. */
export const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What the transport alone can say. */
const RESERVED = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'te',
  'trailer',
]);
/** RFC 9110 §5.5: no control character but the tab; what does not fit in latin1 cannot be written. */
const BAD_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** A map of headers, each a template. */
export const readHeaders = (at: Path, reading: Reading): readonly HeaderConfig[] => {
  const headers: HeaderConfig[] = [];
  for (const [key, value] of readScalars(at, reading)) {
    const place = [...at, key];
    const source = String(value);
    const header = { name: key.toLowerCase(), value: readTemplate(source, place, reading), source, at: place };
    const objection = objectionTo(header, headers);
    if (objection === undefined) headers.push(header);
    else reading.report(place, objection.message, objection.detail);
  }
  return headers;
};

const objectionTo = ({ name, value }: HeaderConfig, others: readonly HeaderConfig[]) => {
  if (!HEADER_NAME.test(name))
    return {
      message: 'is not the name of a header',
      detail: { received: displayValue(name), allowed: 'letters, digits and the signs of an HTTP token' },
    };
  if (RESERVED.has(name)) return { message: `the header ${name} is the transport's own and cannot be set`, detail: {} };
  if (others.some((other) => other.name === name))
    return { message: `the header ${name} is given twice, in different case`, detail: {} };
  // A secret pasted with its newline is the usual cause; the value itself must not be shown.
  if (value.some((part) => typeof part === 'string' && BAD_VALUE.test(part)))
    return {
      message: 'has a line break or another character that no header can carry',
      detail: { received: undefined, allowed: 'one line of printable text; check the end of the secret' },
    };
  return undefined;
};
