import { fromSeconds } from '../model/units.ts';
import { valueAt } from './config-source.ts';
import type { Reading } from './reading.ts';
import type { Path } from './source-document.ts';

/** How long writing an answer into a cache may take, unless a probe says otherwise. */
export const SETTLE = fromSeconds(2);

/** Reports a probe whose body has no place for an expression that it cannot do without; `why` is a clause. */
export const requireInBody = (
  word: string,
  { at, why }: { readonly at: Path; readonly why: string },
  { source, report }: Reading,
): void => {
  const body = JSON.stringify(valueAt(source.value, [...at, 'body']) ?? null);
  if (new RegExp(String.raw`(?<!\$)\$\{\s*${word}\s*\}`).test(body)) return;
  report([...at, 'body'], `has no \${${word}}: ${why}`, {
    received: undefined,
    allowed: `\${${word}} in a text of the body`,
  });
};
