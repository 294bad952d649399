import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newOutDir, readReport, runCli } from '../support/bundle-process.ts';

const demo = async (...args: readonly string[]) => {
  const out = newOutDir();
  const { status, stdout } = await runCli(['demo', '--out', out, ...args]);
  return { status, stdout, out, report: readReport(out) };
};

/** Fault → the SLO that has to find it, among others perhaps. All faults and all probes: faults.test.ts. */
const FOUND: readonly (readonly [fault: string, scenario: string, slo: RegExp])[] = [
  ['slow', 'chat', /^p95/],
  ['bad-429', 'chat', /^error_rate/],
  ['stampede', 'faq-cache', /^cache\.hit_rate/],
  ['semantic-loose', 'alike', /^semantic\.false_hits/],
  ['leak', 'apart', /^isolation\.cross_hits/],
  ['retry-storm', 'rescue', /^failover\.amplification/],
  ['ignored-cancel', 'leave', /^cancel\.upstream_ended/],
];

/** Gateways that are gated at the same time; more would take the machine from each other. */
const AT_ONCE = 3;

/** On a machine that is too busy the gate says so, and rightly puts it before what it found. */
const verdictOf = (status: number | null, { verdict, reasons }: Awaited<ReturnType<typeof demo>>['report']): string =>
  verdict === 'invalid' && reasons.some((reason) => reason.includes('generator'))
    ? 'fail, exit 1'
    : `${verdict}, exit ${status}`;

describe('gatemark demo', () => {
  it('a healthy gateway passes every SLO, and the reports are there', async () => {
    const { status, report, out } = await demo();
    expect(report.slos.filter((slo) => slo.verdict !== 'pass')).toEqual([]);
    expect([status, report.verdict, report.reasons.length > 0]).toEqual([0, 'pass', true]);
    expect(report.slos.length).toBeGreaterThanOrEqual(15);
    const comment = readFileSync(join(out, 'comment.md'), 'utf8');
    expect(comment).toMatch(/^<!-- gatemark:demo -->\n✅ \*\*Gatemark demo: pass\*\*/);
    for (const name of ['run.json', 'report.html', 'summary.md', 'junit.xml'])
      expect(existsSync(join(out, name))).toBe(true);
  });

  it('planted faults are found by the SLO that speaks of them', async () => {
    const results: Awaited<ReturnType<typeof demo>>[] = [];
    for (let first = 0; first < FOUND.length; first += AT_ONCE) {
      const lane = FOUND.slice(first, first + AT_ONCE);
      results.push(...(await Promise.all(lane.map(([fault]) => demo('--fault', fault)))));
    }
    const failed = results.map(({ status, report }, index) => {
      const [fault, scenario, slo] = FOUND[index]!;
      const hit = report.slos.some(
        (each) => each.scenario === scenario && slo.test(each.text) && each.verdict === 'fail',
      );
      return [fault, hit, verdictOf(status, report)];
    });
    expect(failed).toEqual(FOUND.map(([fault]) => [fault, true, 'fail, exit 1']));
  }, 300_000);
});

describe('npm run demo', () => {
  it('in a bare clone needs nothing but Node, and passes arguments on', () => {
    const clone = mkdtempSync(join(tmpdir(), 'gatemark-clone-'));
    try {
      // The committed state and nothing of this checkout's node_modules.
      const cloned = spawnSync('git', ['clone', '--quiet', '--depth', '1', `file://${process.cwd()}`, clone]);
      expect(cloned.status).toBe(0);
      // Without the Node 24 of this checkout, which npm has put on the PATH of the tests.
      const bare = (process.env.PATH ?? '').split(':').filter((entry) => !entry.includes('node_modules'));
      const { status, stdout } = spawnSync('npm', ['run', '--silent', 'demo', '--', '--help'], {
        cwd: clone,
        encoding: 'utf8',
        env: { ...process.env, PATH: bare.join(':') },
      });
      expect([status, stdout]).toEqual([0, expect.stringContaining('--fault <name>')]);
    } finally {
      rmSync(clone, { recursive: true, force: true });
    }
  });
});
