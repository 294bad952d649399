import { z } from 'zod';
import type { Slo } from '../model/slo.ts';
import { valueAt } from './config-source.ts';
import { reportIssue } from './issue-to-problem.ts';
import type { Reading } from './reading.ts';
import { sloLine } from './schema-scenario.ts';
import type { Path } from './source-document.ts';

/** Reads an `slo` list line by line, so that one bad sentence hides no other; undefined stands for a bad one. */
export const readSlos = (at: Path, { source, report }: Reading): readonly (Slo | undefined)[] => {
  const written = valueAt(source.value, at);
  if (written === undefined) return [];
  if (!Array.isArray(written) || written.length === 0) {
    report(at, Array.isArray(written) ? 'must not be empty' : 'must be a list', {
      allowed: 'a list of sentences such as "p95 < 2.5s"',
    });
    return [];
  }
  return written.map((line: unknown, index) => {
    const read = z.safeParse(sloLine(), line);
    const place = { tree: source.value, at: [...at, index], knownKeys: () => [], report };
    if (!read.success) for (const issue of read.error.issues) reportIssue(issue, place);
    return read.data;
  });
};
