import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** The bundles, as users run them. */
export const BUNDLES = { cli: join(ROOT, 'dist/cli/index.js'), action: join(ROOT, 'dist/action/index.js') } as const;

/** What a process left behind. */
export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Wall time, ms. */
  readonly tookMs: number;
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves once the text stands in the output; rejects when the process ends before. */
  saw(text: string): Promise<void>;
}

/** Starts a bundle with an environment of its own: PATH and what is given, nothing else. */
export const startBundle = (
  bundle: string,
  args: readonly string[],
  { env = {}, cwd = ROOT }: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Running => {
  const started = performance.now();
  const child = spawn(process.execPath, [bundle, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    for (const watch of watchers) watch();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    for (const watch of watchers) watch();
  });
  const finished = new Promise<Finished>((done, reject) => {
    child.on('error', reject);
    child.on('close', (status) => done({ status, stdout, stderr, tookMs: performance.now() - started }));
  });
  const saw = (text: string): Promise<void> =>
    new Promise((found, missed) => {
      const watch = (): void => {
        if (stdout.includes(text) || stderr.includes(text)) found();
      };
      watchers.add(watch);
      watch();
      void finished.then(() => missed(new Error(`ended without "${text}":\n${stdout}\n${stderr}`)));
    });
  return { child, finished, saw };
};

/** Runs the command to its end. */
export const runCli = (
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<Finished> => startBundle(BUNDLES.cli, args, options).finished;

/** The reference gateway and its providers, as the command starts them. */
export interface ReferenceGateway {
  readonly url: string;
  readonly key: string;
  stop(): Promise<void>;
}

/** Starts `gatemark provider --gateway` on a free port. */
export const startReferenceGateway = async (...args: readonly string[]): Promise<ReferenceGateway> => {
  const running = startBundle(BUNDLES.cli, ['provider', '--gateway', '127.0.0.1:0', '--key', 'sk-test-key', ...args]);
  let out = '';
  running.child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  await running.saw('gateway: ');
  return {
    url: /gateway: (\S+)/.exec(out)![1]!,
    key: 'sk-test-key',
    stop: async () => {
      running.child.kill('SIGTERM');
      await running.finished;
    },
  };
};

/** A new folder for the reports of one run. */
export const newOutDir = (): string => mkdtempSync(join(tmpdir(), 'gatemark-e2e-'));

/** A report file, parsed. */
export const readReport = (outDir: string): ReportFile =>
  JSON.parse(readFileSync(join(outDir, 'report.json'), 'utf8')) as ReportFile;

/** What the tests look at in report.json. */
export interface ReportFile {
  readonly verdict: string;
  readonly reasons: readonly string[];
  readonly scenarios: readonly {
    readonly name: string;
    readonly requests: number;
    readonly ok: number;
    readonly throttled: number;
    readonly dropped: number;
    readonly errors: Readonly<Record<string, number>>;
    readonly status: Readonly<Record<string, number>>;
    readonly latencyMs: Readonly<Record<string, number>>;
    readonly ttftMs?: Readonly<Record<string, number>>;
    readonly overheadMs?: Readonly<Record<string, number>>;
    readonly upstream?: { readonly joined: number; readonly hits: number; readonly unseen: number };
    readonly providers: Readonly<Record<string, number>>;
    readonly models?: Readonly<Record<string, number>>;
    readonly cache?: Readonly<Record<string, number>>;
    readonly tenants: Readonly<Record<string, { readonly requests: number }>>;
  }[];
  readonly slos: readonly { readonly scenario: string; readonly text: string; readonly verdict: string }[];
  readonly run: Readonly<Record<string, string | number>>;
  readonly warnings: readonly string[];
  readonly override?: Readonly<Record<string, string>>;
  readonly regressions: readonly {
    readonly scenario: string;
    readonly metric: string;
    readonly verdict: string;
    readonly change?: number;
  }[];
  readonly generator: { readonly healthy: boolean };
  readonly ending: { readonly kind: string; readonly reason?: string; readonly signal?: string };
  readonly baseline: { readonly kind: string };
  readonly trend?: { readonly runs: number };
}
