/** What YAML takes for something else than text (YAML 1.2 §10.3.2, and what older readers take for a boolean). */
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** Texts that are the same with and without quotes, also inside `{}` and `[]`. */
const PLAIN = /^[A-Za-z][\w./-]*(?::\/\/[\w.:/%~-]*[\w/])?$/;

/**
 * A text as a YAML scalar on one line, in quotes where it needs them: a JSON string is one in YAML too (YAML 1.2 §1.3). Characters
 * that YAML does not allow in a file, or takes for the end of a line, are escaped.
 */
export const yamlText = (text: string): string =>
  PLAIN.test(text) && !WORDS.test(text)
    ? text
    : JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped);

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The same as a value of a workflow, where `${{` begins an expression: then it is the text that one yields. */
export const workflowText = (text: string): string => yamlText(text.replaceAll('${{', () => "${{ '${{' }}"));
