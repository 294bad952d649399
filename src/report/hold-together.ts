/** A fenced block from its first fence to its last, or a span of code. */
const CODE = /^(`{3,})[^\n]*\n[\s\S]*?^\1$|`[^`\n]+`/gm;

/** What reads badly at the end or the beginning of a line, each with a no-break space where it is held. */
const HELD: readonly (readonly [pattern: RegExp, held: string])[] = [
  [/(\d) (?=%|(?:µs|ms|s|min|h|points)(?![\p{L}\p{N}]))/gu, '$1\u00a0'],
  [/ ([·→]) /g, `\u00a0$1 `],
];

/**
 * Markdown whose numbers keep their units beside them, however narrow the page, and of which no line begins with the dot between
 * two facts or the arrow between two numbers. Code stays as it is, since people copy it.
 */
export const holdTogether = (markdown: string): string => {
  const codes = [...markdown.matchAll(CODE)];
  const ends = codes.map((code) => code.index + code[0].length);
  const between = [...codes.map((code) => code.index), markdown.length].map((end, index) =>
    held(markdown.slice(ends[index - 1] ?? 0, end)),
  );
  return between.map((text, index) => `${text}${codes[index]?.[0] ?? ''}`).join('');
};

const held = (text: string): string => HELD.reduce((each, [pattern, by]) => each.replace(pattern, by), text);
