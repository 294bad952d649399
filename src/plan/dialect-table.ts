import { describeDialect } from '../dialects/describe-dialect.ts';
import type { Dialect } from '../model/dialect.ts';

/** What a dialect tells of a response and where, a line a signal, for a terminal. */
export const dialectTable = (dialect: Dialect): string => {
  const signals = describeDialect(dialect);
  const width = Math.max(...signals.map(({ title }) => title.length));
  const lines = signals.map(
    ({ title, places }) => `  ${title.padEnd(width)}  ${places.length === 0 ? 'unsupported' : places.join(', ')}`,
  );
  return [`What the dialect ${dialect.name} tells of a response:`, ...lines, ''].join('\n');
};
