import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Status } from '../../src/model/verdict.ts';
import type { ReportJson } from '../../src/report/report-json-schema.ts';
import { rate } from './tally.ts';

/** Real gates: two processes on loopback, loaded by the engine, judged by the command. */
export interface RealBench {
  /** Of each row. */
  readonly gates: number;
  /** Keys of the rows; undefined = all. */
  readonly only: readonly string[] | undefined;
  /** Requests a second, and for how long on each side. */
  readonly load: { readonly rate: number; readonly seconds: number };
}

const CLI = join(import.meta.dirname, '../../src/entry/cli.ts');

/** Answers in 20 ms, p95 60 ms, and so much more on the candidate. */
const LATENCY = { p50: 20, p95: 60 } as const;

/** By how much the candidate is slower, and whether both sides draw their times from the same seed. */
const ROWS = [
  { key: 'aa', name: 'the same twice (A/A)', slower: 0, seeds: ['one', 'other'] },
  { key: 'slower', name: 'p95 20 % higher', slower: 0.2, seeds: ['one', 'other'] },
  { key: 'aa-paired', name: 'the same twice, same provider times', slower: 0, seeds: ['one', 'one'] },
  { key: 'slower-paired', name: 'p95 20 % higher, same provider times', slower: 0.2, seeds: ['one', 'one'] },
] as const;

const configOf = ({ load }: RealBench): string => `
version: 1
gateway: {url: "http://127.0.0.1:1"}
limits: {requests: 1000000, duration: 10m, concurrency: 500}
scenarios:
  chat:
    load: {rate: ${load.rate}/s, duration: ${load.seconds}s, warmup: 1s, arrivals: poisson}
    endpoint: chat
    body: {model: gpt-4o-mini, max_tokens: 5, messages: [{role: user, content: "hello \${nonce}"}]}
regression: {min_change_ms: 1}
`;

/** Runs all rows; a Markdown table, line by line as it comes. */
export const realGates = async function* (bench: RealBench): AsyncGenerator<string> {
  const { gates, load, only } = bench;
  yield `**Two processes on loopback**, ${load.rate * load.seconds} requests a side at ${load.rate}/s (${gates} gates a row)\n`;
  yield '| Candidate | fail | pass | inconclusive | invalid | median of p95 | each took |';
  yield '| --- | --: | --: | --: | --: | --: | --: |';
  for (const row of ROWS.filter(({ key }) => only?.includes(key) ?? true)) {
    const start = performance.now();
    const seen = await realRow(row, bench);
    const count = (status: Status): string =>
      rate(seen.filter(({ verdict }) => verdict === status).length, seen.length);
    const changes = seen
      .flatMap(({ regressions }) => regressions.find(({ metric }) => metric === 'p95')?.change ?? [])
      .sort((a, b) => a - b);
    const middle = changes[changes.length >> 1];
    const cells = [
      row.name,
      ...(['fail', 'pass', 'inconclusive', 'invalid'] as const).map(count),
      middle === undefined ? '–' : `${(100 * middle).toFixed(1)} %`,
      `${((performance.now() - start) / 1_000 / gates).toFixed(0)} s`,
    ];
    yield `| ${cells.join(' | ')} |`;
  }
};

const realRow = async ({ key, slower, seeds }: (typeof ROWS)[number], bench: RealBench): Promise<ReportJson[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-verdict-'));
  const servers: Server[] = [];
  try {
    // One after the other, so that what is up is in the list when the next one does not come up.
    servers.push(await startServer(1 + slower, seeds[0]));
    servers.push(await startServer(1, seeds[1]));
    const config = join(folder, 'gatemark.yml');
    writeFileSync(config, configOf(bench));
    const [candidate, baseline] = servers.map(({ url }) => url) as [string, string];
    const seen: ReportJson[] = [];
    for (let gate = 0; gate < bench.gates; gate++) {
      const out = join(folder, `gate-${gate}`);
      await gateOnce({ config, candidate, baseline, out });
      const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as ReportJson;
      seen.push(report);
      process.stderr.write(
        `${key} ${gate + 1}: ${report.verdict}${report.verdict === 'pass' ? '' : `: ${report.reasons[0]}`}\n`,
      );
    }
    return seen;
  } finally {
    for (const { process: server } of servers) server.kill('SIGTERM');
    rmSync(folder, { recursive: true });
  }
};

interface Server {
  readonly url: string;
  readonly process: ChildProcess;
}

const startServer = async (times: number, seed: string): Promise<Server> => {
  const latency = `${LATENCY.p50 * times}ms..${LATENCY.p95 * times}ms`;
  const options = ['--listen', '127.0.0.1:0', '--latency', latency, '--output-tokens', '5', '--seed', seed];
  const server = spawn(process.execPath, [CLI, 'provider', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: server.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url !== undefined) return { url, process: server };
  }
  throw new Error('the server ended before it was up');
};

/** The exit status is the verdict's, which is read from the report. */
const gateOnce = async (gate: Readonly<Record<'config' | 'candidate' | 'baseline' | 'out', string>>): Promise<void> => {
  const { config, candidate, baseline, out } = gate;
  const options = ['--config', config, '--gateway-url', candidate, '--baseline-url', baseline, '--out', out];
  const child = spawn(process.execPath, [CLI, 'run', ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const [status] = (await once(child, 'close')) as [number];
  if (status !== 0 && status !== 1 && status !== 3) throw new Error(`gatemark run ended with ${status}: ${said}`);
};
