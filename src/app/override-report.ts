import type { Report } from '../model/report.ts';
import type { FindOverride } from '../ports/override-lookup.ts';

/**
 * A failed report with the override that was found for it, or with a warning why it does not count. Nothing but `fail` can be
 * overridden: `invalid` means that nothing is known that somebody could answer for. Without `find`, none is looked for.
 */
export const overrideReport = async (report: Report, find: FindOverride | undefined): Promise<Report> => {
  if (report.verdict.status !== 'fail' || find === undefined) return report;
  const found = await find();
  switch (found.kind) {
    case 'found':
      return { ...report, override: found.override };
    case 'refused':
      return { ...report, warnings: [found.reason, ...report.warnings] };
    case 'none':
      return report;
  }
};
