/**
 * Characters that change how the text around them is read, or that a terminal obeys: controls, formats (zero-width and
 * bidirectional marks, tags), line and paragraph separators, everything invisible (Unicode TR 36, §2).
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Longest texts that a report shows in one place, in code points: a name, a detail, a whole sentence. */
export const LONGEST = { name: 60, detail: 200, sentence: 500 } as const;

/**
 * One line of harmless text from a text of unknown origin: unsafe characters and runs of white space become one space,
 * lone surrogates U+FFFD, and what is longer than `longest` code points is cut with an ellipsis. Empty → empty.
 */
export const cleanText = (text: string, longest: number = LONGEST.detail): string => {
  const line = text.toWellFormed().replace(UNSAFE, ' ').replace(/\s+/gu, ' ').trim();
  if (line.length <= longest) return line;
  const points = [...line];
  return points.length <= longest ? line : `${points.slice(0, longest - 1).join('')}…`;
};
