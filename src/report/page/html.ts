import { cleanText, LONGEST } from '../clean-text.ts';

/** A piece of a page: markup of ours, and between it texts that are escaped when the page is written. */
export interface Html {
  readonly parts: readonly (string | { readonly text: string })[];
}

/** What may stand in a template: nothing, a text (escaped), a number of ours, markup, or a list of markup. */
export type Slot = string | number | undefined | Html | readonly Html[];

const partsOf = (slot: Slot): Html['parts'] => {
  if (slot === undefined || slot === '') return [];
  if (typeof slot === 'string' || typeof slot === 'number') return [{ text: String(slot) }];
  return 'parts' in slot ? slot.parts : slot.flatMap((each) => each.parts);
};

/** Markup with slots. Every text in a slot is a text of the page, in an element or in a quoted attribute. */
export const html = (literals: TemplateStringsArray, ...slots: readonly Slot[]): Html => ({
  parts: literals.flatMap((literal, index) => [literal, ...(index < slots.length ? partsOf(slots[index]) : [])]),
});

/** No markup. */
export const NOTHING: Html = { parts: [] };

/** A text from outside as one line of harmless characters; a dash stands for nothing. */
export const line = (text: string, longest: number = LONGEST.detail): string => cleanText(text, longest) || '–';

/** `line` for a scenario, tenant, provider or model. */
export const name = (text: string): string => line(text, LONGEST.name);

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The markup. `mask` sees every text before it is escaped, since an escaped secret would not be recognised. */
export const writeHtml = ({ parts }: Html, mask: (text: string) => string): string =>
  parts
    .map((part) =>
      typeof part === 'string' ? part : mask(part.text).replace(/[&<>"']/g, (character) => ENTITIES[character]!),
    )
    .join('');

/**
 * A value as JSON inside a script element: nothing in it ends the element or a line (HTML, "restrictions for contents of script
 * elements"). `mask` sees every string in it, names of properties excepted.
 */
export const writeJson = (value: unknown, mask: (text: string) => string): string =>
  JSON.stringify(value, (_, each) => (typeof each === 'string' ? mask(each) : each)).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
