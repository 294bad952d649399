/** A part of a markdown report that stands or falls as a whole. */
export interface Section {
  /** How it is called where it was left out: plain words of our own. */
  readonly title: string;
  /** 0 = never left out; the highest goes first. */
  readonly rank: number;
  /** From the fullest text to the shortest; the last step, leaving it out, is not in the list. Markdown, no blank at either end. */
  readonly variants: readonly string[];
}

/** How a text is measured, and how much there may be of it. */
export interface Room {
  readonly max: number;
  measure(text: string): number;
  /** What is said when something was left out: where it can be found. Markdown. */
  readonly elsewhere: string;
}

/**
 * Joins sections, in their order, into a text that measures at most `room.max`: the least important gives way first, to its
 * next shorter variant and then whole, and a line at the end names what is gone. Only when the parts of rank 0 alone are too
 * long is text cut, at the end of a line.
 */
export const fitSections = (sections: readonly Section[], room: Room): string => {
  const chosen = sections.map(() => 0);
  const byLeastImportant = sections
    .map((_, index) => index)
    .sort((a, b) => sections[b]!.rank - sections[a]!.rank || b - a);
  let text = join(sections, chosen, room);
  for (const index of byLeastImportant) {
    const { rank, variants } = sections[index]!;
    const last = rank === 0 ? variants.length - 1 : variants.length;
    while (room.measure(text) > room.max && chosen[index]! < last) {
      chosen[index]! += 1;
      text = join(sections, chosen, room);
    }
  }
  return room.measure(text) > room.max ? cutLines(text, room) : text;
};

const join = (sections: readonly Section[], chosen: readonly number[], room: Room): string => {
  const parts = sections.map(({ variants }, index) => variants[chosen[index]!] ?? '');
  const gone = sections.filter(({ variants }, index) => variants.length > 0 && chosen[index]! >= variants.length);
  const note = `_Left out to fit: ${gone.map((section) => section.title).join(', ')}. ${room.elsewhere}_`;
  return `${[...parts, gone.length === 0 ? '' : note].filter((part) => part !== '').join('\n\n')}\n`;
};

const cutLines = (text: string, { max, measure }: Room): string => {
  let cut = '';
  for (const line of text.split('\n')) {
    if (measure(`${cut}${line}\n…\n`) > max) break;
    cut += `${line}\n`;
  }
  return `${cut}…\n`;
};
