import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseRun } from '../../src/archive/run-codec.ts';
import { newOutDir, readReport, runCli } from '../support/bundle-process.ts';

// Two gateways that differ wildly from pair to pair and not on average, so that the first part cannot tell; in the extension
// they are alike. What they do is settled by the number of a request, whatever the machine does meanwhile.
const PAIRS = 30;
const PER_BLOCK = 10;
const WARMUP = 10;
const FIRST_PART = WARMUP + PAIRS * PER_BLOCK;
/** Whether the candidate is the slower one of a pair: as often as not, and in no order. */
const IS_SLOWER = '+--+-++-+--+++-+--++-+-+--++--'.split('').map((sign) => sign === '+');
const USUAL_MS = 60;
/** From the usual time to that of a quick or a slow block. */
const FACTOR = Math.exp(0.5);

type Side = 'candidate' | 'baseline';

const open: Server[] = [];
afterAll(() => {
  for (const server of open) server.closeAllConnections();
  return Promise.all(open.map((server) => new Promise((closed) => server.close(closed))));
});

const waitOf = (side: Side, request: number): number => {
  const isSlower = IS_SLOWER[Math.floor((request - WARMUP) / PER_BLOCK)];
  if (isSlower === undefined || request < WARMUP) return USUAL_MS;
  return isSlower === (side === 'candidate') ? USUAL_MS * FACTOR : USUAL_MS / FACTOR;
};

/** `isGone`: it goes down when the first part is over. */
const gateway = async (side: Side, isGone: boolean): Promise<string> => {
  let seen = 0;
  let answered = 0;
  const server = createServer((_request, response) => {
    const wait = waitOf(side, seen++);
    setTimeout(() => {
      response.setHeader('content-type', 'application/json');
      response.end('{"data": [{"id": "model"}]}', () => {
        answered += 1;
        if (isGone && answered === FIRST_PART) {
          server.close();
          server.closeAllConnections();
        }
      });
    }, wait);
  });
  open.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const CONFIG = `version: 1
gateway: {url: "\${env.CANDIDATE}"}
limits: {requests: 3000, duration: 4m, concurrency: 50, abort: {error_rate: 50%, for: 1s}}
regression: {metrics: [p50], min_change: 25%, min_change_ms: 1}
scenarios:
  models:
    load: {rate: 50/s, duration: 6s, warmup: 200ms}
    endpoint: models
    timeout: 5s
`;

const compare = async (gone?: Side) => {
  const [mine, other] = [
    await gateway('candidate', gone === 'candidate'),
    await gateway('baseline', gone === 'baseline'),
  ];
  const out = newOutDir();
  const config = join(out, 'gatemark.yml');
  writeFileSync(config, CONFIG);
  const args = ['run', '--config', config, '--baseline-url', other, '--seed', 'extension', '--out', out];
  const { status, stderr } = await runCli(args, { env: { CANDIDATE: mine } });
  const runs = ['run', 'baseline-run'].map((name) => parseRun(readFileSync(join(out, `${name}.json`), 'utf8')));
  return { status, stderr, report: readReport(out), runs };
};

type Compared = Awaited<ReturnType<typeof compare>>;

/** A machine that is too busy to measure says so, of the whole or of the extension, which is then left out. */
const isTooBusy = ({ report }: Compared): boolean =>
  [...report.reasons, ...report.warnings].some((text) => text.includes('generator saturated'));

const extensionOf = ({ report }: Compared): number =>
  Number(/was extended once, by (\d+) more/.exec(report.warnings.join('\n'))?.[1]);

describe.concurrent('an undecided live comparison', () => {
  it('is extended once, judged as a whole, and says whether that decided it', async () => {
    const compared = await compare();
    if (isTooBusy(compared)) return;
    const { report, runs, stderr, status } = compared;
    const more = extensionOf(compared);
    expect(more).toBeGreaterThan(0);
    expect(stderr).toContain(`extending it once, by ${more} pairs of blocks`);
    for (const run of runs) expect(run.scenarios[0]!.slices[0]!.blocks).toHaveLength(PAIRS + more);
    const p50 = report.regressions.find(({ metric }) => metric === 'p50')!;
    expect([p50.verdict, status]).toEqual([report.verdict, 0]);
    if (report.verdict !== 'pass') expect(report.reasons[0]).toMatch(/p50 against the baseline could not be decided: /);
  });

  it('fails where the gateway under test goes down in the extension', async () => {
    const compared = await compare('candidate');
    if (isTooBusy(compared)) return;
    expect(extensionOf(compared)).toBeGreaterThan(0);
    expect([compared.status, compared.report.verdict]).toEqual([1, 'fail']);
    expect(compared.report.reasons[0]).toMatch(
      /^The run was stopped early to spare the gateway: \d+ of \d+ requests failed/,
    );
  });

  it('is invalid where the other gateway goes down in the extension', async () => {
    const compared = await compare('baseline');
    if (isTooBusy(compared)) return;
    expect(extensionOf(compared)).toBeGreaterThan(0);
    expect([compared.status, compared.report.verdict]).toEqual([3, 'invalid']);
    expect(compared.report.reasons[0]).toMatch(/^The baseline gateway failed so often/);
  });
});
