/**
 * Splits a table's row into cells as GFM does (a pipe splits unless a backslash stands before it, inside code too). Undefined for a
 * line that is no row.
 */
export const cellsOf = (line: string): readonly string[] | undefined => {
  if (!line.startsWith('| ') || !line.endsWith(' |')) return undefined;
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
};

/** What is wrong with the structure of a report: tables whose rows differ in width, folds and fences left open. */
export const structureProblems = (markdown: string): readonly string[] => {
  const lines = markdown.split('\n');
  const problems: string[] = [];
  let fence: string | undefined;
  let folds = 0;
  lines.forEach((line, index) => {
    const tick = /^(`{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (line === fence) fence = undefined;
      return;
    }
    if (tick !== undefined) fence = tick;
    folds += Number(line.startsWith('<details')) - Number(line === '</details>');
    if (folds < 0 || folds > 1) problems.push(`line ${index + 1}: folds nest`);
    const cells = cellsOf(line);
    const before = cellsOf(lines[index - 1] ?? '');
    if (line.startsWith('|') && cells === undefined) problems.push(`line ${index + 1}: a broken row`);
    if (cells !== undefined && before !== undefined && cells.length !== before.length)
      problems.push(`line ${index + 1}: ${cells.length} cells under ${before.length}`);
    if (cells !== undefined && before === undefined && !/^\|( -{3}:? \|)+$/.test(lines[index + 1] ?? ''))
      problems.push(`line ${index + 1}: a row outside a table`);
  });
  if (fence !== undefined) problems.push('a fence is left open');
  if (folds !== 0) problems.push('a fold is left open');
  return problems;
};

/** The text that a reader of GitHub's page would see, as far as what came from outside goes: code left out, entities resolved. */
export const visibleText = (markdown: string): string =>
  markdown
    .replace(/^(`{3,})[\s\S]*?^\1$/gm, '')
    .replace(/`[^`\n]*`/g, '')
    .replace(/<!--[^\n]*?-->|<\/?(?:details|summary|sub|br)(?: open)?>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

/** What GitHub would turn into a mention, a reference, a link or an emoji in that text. */
export const livingReferences = (markdown: string): readonly string[] =>
  [
    /(?<![\w@])@[\w-]+/g,
    /(?<!\w)#\d+/g,
    /\bGH-\d+/gi,
    /\b(?:https?|ftp):\/\/\S+/gi,
    /\bwww\.\S+/gi,
    /:[a-z0-9_+-]+:/gi,
    /\b[0-9a-f]{7,40}\b/gi,
    /[\w.+-]@[\w.-]/g,
  ].flatMap((pattern) => visibleText(markdown).match(pattern) ?? []);
