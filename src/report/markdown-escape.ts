import { cleanText, LONGEST } from './clean-text.ts';
import { DASH } from './number-text.ts';

/** Breaks what GitHub looks for in text (after markdown was parsed, so that no backslash helps); as an entity, so that it can be seen in the source. */
const BREAK = '&#8203;';

/** Punctuation with a meaning in GitHub's markdown, as entities: those are never structure (CommonMark 0.31, §2.5). */
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '|': '&#124;',
  '`': '&#96;',
  '*': '&#42;',
  _: '&#95;',
  '~': '&#126;',
  '[': '&#91;',
  ']': '&#93;',
  '\\': '&#92;',
  $: '&#36;',
};

/**
 * What GitHub turns into something else in plain text, each with where it is broken: mentions, e-mail addresses, issue references (#1,
 * GH-1), commit hashes, addresses (schemes, www.), emoji codes.
 */
const REFERENCES: readonly (readonly [pattern: RegExp, broken: string])[] = [
  [/@|#(?=[\p{L}\p{N}_-])|:(?=\/\/|[\w+-]+:)/gu, `$&\0`],
  [/\b(gh)-(?=\d)/gi, `$1-\0`],
  [/\b(www)\./gi, `$1\0.`],
  [/[0-9a-f]{6}(?=[0-9a-f])/gi, `$&\0`],
];

/**
 * Text from outside as inline markdown that shows it literally: no markup, link, mention, reference, math or emoji comes
 * to life, and no table row breaks. One line of at most `longest` characters. Empty → a dash. Never put it at the start
 * of a line.
 */
export const escapeMarkdown = (text: string, longest: number = LONGEST.detail): string => {
  const line = cleanText(text, longest);
  if (line === '') return DASH;
  const broken = REFERENCES.reduce((each, [pattern, by]) => each.replace(pattern, by), line);
  // An underscore inside a word is no emphasis in GFM, and `error_rate` should stay readable in the source.
  return broken
    .replace(/[&<>|`*~[\]\\$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (character) => ENTITIES[character]!)
    .replaceAll('\0', BREAK);
};

/** `escapeMarkdown` for a scenario, tenant, provider or model. */
export const escapeName = (name: string): string => escapeMarkdown(name, LONGEST.name);

/** `escapeMarkdown` for a whole sentence, our own words around texts from outside. */
export const escapeSentence = (text: string): string => escapeMarkdown(text, LONGEST.sentence);

/**
 * Text from outside in a code span, where GitHub looks for nothing. Falls back to `escapeMarkdown` for the two characters that
 * do not survive one everywhere: a backtick, and a pipe, which splits a table's cell even inside code.
 */
export const codeSpan = (text: string): string => {
  const line = cleanText(text);
  return line === '' || /[`|]/.test(line) ? escapeMarkdown(text) : `\`${line}\``;
};

/** A fenced block of code of one or more lines; its fence is longer than any run of backticks inside. */
export const codeBlock = (text: string, language: string): string => {
  const lines = text.split(/\r?\n/).map((line) => cleanText(line, 2_000));
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence].join('\n');
};

/** `[label](url)`, or undefined when the URL is not an absolute http(s) one. The label is our own text. */
export const markdownLink = (label: string, url: string | undefined): string | undefined => {
  if (url === undefined || !/^https?:\/\//i.test(url)) return undefined;
  const encoded = [...url.toWellFormed()].map((each) =>
    /[\w\-.~:/?#@!$&'+,;=%]/.test(each) ? each : encodeURIComponent(each),
  );
  return `[${label}](${encoded.join('').replace(/[()'*]/g, (each) => `%${each.charCodeAt(0).toString(16)}`)})`;
};

/** The hidden first line of a comment, by which it is found again. Any key is safe; different keys give different markers. */
export const commentMarker = (key: string): string => {
  const encoded = encodeURIComponent(key.toWellFormed()).replaceAll('--', '-%2D').replace(/-$/, '%2D');
  return `<!-- gatemark:${encoded} -->`;
};
