import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CORES, pinned } from '../engine/child.ts';

// How much one core of a simulated provider carries: wrk asks it in a closed loop, from another core.

const CLI = join(import.meta.dirname, '../../dist/cli/index.js');
const SCRIPT = join(import.meta.dirname, 'chat.lua');
const PORT = 9_931;
/** What `/proc` counts CPU time in, a second. */
const TICKS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

interface Case {
  readonly name: string;
  readonly provider: readonly string[];
  readonly connections: number;
  readonly stream: boolean;
}

const CASES: readonly Case[] = [
  {
    name: 'chat, answered at once, 120 tokens',
    provider: ['--latency', '0s..0s', '--output-tokens', '120'],
    connections: 64,
    stream: false,
  },
  {
    name: 'chat, 200 to 400 ms, 120 tokens',
    provider: ['--latency', '200ms..400ms', '--output-tokens', '120'],
    connections: 800,
    stream: false,
  },
  {
    name: 'streams, 500 at a time, 120 tokens, one every 12 ms',
    provider: ['--latency', '300ms..700ms', '--output-tokens', '120', '--token-interval', '12ms'],
    connections: 500,
    stream: true,
  },
];

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } });

/** CPU time of a process so far, seconds: user and system. */
const cpuOf = ({ pid }: ChildProcess): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
};

const ask = async ({ connections, stream }: Case, seconds: number): Promise<string> => {
  const target = `http://127.0.0.1:${PORT}/v1/chat/completions`;
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', SCRIPT, target];
  const [command, ...rest] = pinned(CORES.generator, ['wrk', ...args]);
  const wrk = spawn(command!, rest, { env: { ...process.env, STREAM: stream ? 'true' : 'false' } });
  let output = '';
  wrk.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await once(wrk, 'close');
  return output;
};

const measure = async (each: Case, seconds: number): Promise<string> => {
  const listen = ['--listen', `127.0.0.1:${PORT}`];
  const [command, ...args] = pinned(CORES.server, [process.execPath, CLI, 'provider', ...listen, ...each.provider]);
  const provider = spawn(command!, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await once(provider.stdout, 'data');
    await ask(each, 2);
    const before = cpuOf(provider);
    const output = await ask(each, seconds);
    const cpu = cpuOf(provider) - before;
    if (output.includes('Non-2xx')) throw new Error(output);
    const [, count, took] = /(\d+) requests in ([\d.]+)s/.exec(output)!;
    const perSecond = Number(count) / Number(took);
    const share = ((100 * cpu) / Number(took)).toFixed(0);
    return `| ${each.name} | ${perSecond.toFixed(0)} | ${share} % | ${(Number(count) / cpu).toFixed(0)} |`;
  } finally {
    provider.kill('SIGTERM');
    await once(provider, 'close');
  }
};

console.log('| Load | Answers/s | Of one core | Answers per second of CPU |');
console.log('| --- | --: | --: | --: |');
for (const each of CASES) console.log(await measure(each, Number(values.seconds)));
