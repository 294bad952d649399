import { describe, expect, it } from 'vitest';
import { overrideReport } from '../../src/app/override-report.ts';
import type { Status } from '../../src/model/verdict.ts';
import type { OverrideLookup } from '../../src/ports/override-lookup.ts';
import { report, verdict } from '../support/report-builders.ts';

const OVERRIDE = { label: 'gatemark-override', by: 'maintainer', at: '2026-11-02T10:05:00Z' };
const reportOf = (status: Status) => report({ verdict: verdict({ status }), warnings: ['before'] });
const finding = (lookup: OverrideLookup) => async () => lookup;

describe('an override', () => {
  it('stands in the report of a failure, whose verdict stays', async () => {
    const overridden = await overrideReport(reportOf('fail'), finding({ kind: 'found', override: OVERRIDE }));
    expect(overridden).toEqual({ ...reportOf('fail'), override: OVERRIDE });
  });

  it('that does not count is told first', async () => {
    const refused = await overrideReport(reportOf('fail'), finding({ kind: 'refused', reason: 'a bot set it' }));
    expect([refused.override, refused.warnings]).toEqual([undefined, ['a bot set it', 'before']]);
  });

  it('that is not there changes nothing', async () => {
    expect(await overrideReport(reportOf('fail'), finding({ kind: 'none' }))).toEqual(reportOf('fail'));
    expect(await overrideReport(reportOf('fail'), undefined)).toEqual(reportOf('fail'));
  });

  it.each(['pass', 'inconclusive', 'invalid'] as const)(
    'is not even looked for where the verdict is %s',
    async (status) => {
      const find = () => Promise.reject(new Error('asked'));
      expect(await overrideReport(reportOf(status), find)).toEqual(reportOf(status));
    },
  );
});
