import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CORES } from './child.ts';
import { type Bench, measureSection } from './measure.ts';
import { PEERS, type Peer, UNCORRECTED_AUTOCANNON } from './peers.ts';
import type { Section } from './section.ts';
import {
  accuracySection,
  costSection,
  type Extent,
  omissionSection,
  reportedSection,
  streamSection,
  throughputSection,
} from './sections.ts';
import { startTruthServer } from './start-server.ts';
import { putBetweenMarkers, renderSection } from './table.ts';

const FULL: Extent = {
  warmup: 2,
  duration: 8,
  rates: [200, 2_000, 5_000, 10_000],
  peerRate: 2_000,
  omission: { duration: 10, stallMs: 1_000 },
  streams: [50, 150, 350],
  streamTokens: 100,
  slowStreams: { count: 2_000, tokens: 40, intervalMs: 250 },
  costDurations: [0.05, 0.5, 5, 25],
};

const QUICK: Extent = { ...FULL, duration: 4, streams: [50, 350], costDurations: [0.05, 0.5, 5] };

/** Every part once, as short as it can be and still go wrong. */
const SMOKE: Extent = {
  warmup: 0.5,
  duration: 1,
  rates: [200, 2_000],
  peerRate: 500,
  omission: { duration: 2, stallMs: 200 },
  streams: [50],
  streamTokens: 20,
  slowStreams: { count: 300, tokens: 5, intervalMs: 250 },
  costDurations: [0.05],
};

const PAGE = join(import.meta.dirname, '../../docs/performance.md');

const { values: options } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    repeat: { type: 'boolean', default: true },
    only: { type: 'string' },
    tools: { type: 'string' },
  },
  allowNegative: true,
});

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Those that `--tools` names, or all; the engine is always there. */
const availablePeers = (): readonly Peer[] => {
  const wanted = options.tools?.split(',');
  const peers = [...PEERS, UNCORRECTED_AUTOCANNON].filter(({ name }) => wanted?.includes(name) ?? true);
  return peers.filter((peer) => {
    const missing = peer.missing();
    if (missing !== undefined) say(`${peer.name} is left out: ${missing}`);
    return missing === undefined;
  });
};

const sectionsOf = (bench: Bench, extent: Extent, peers: readonly Peer[]): readonly Section[] => {
  const closed = peers.filter((peer) => peer !== UNCORRECTED_AUTOCANNON);
  const all = [
    throughputSection(bench, extent, closed),
    accuracySection(bench, extent),
    reportedSection(bench, extent, peers),
    omissionSection(bench, extent, peers),
    streamSection(bench, extent),
    costSection(bench, extent),
  ];
  const wanted = options.only?.split(',');
  const unknown = wanted?.filter((key) => !all.some((section) => section.key === key)) ?? [];
  if (unknown.length > 0) throw new Error(`no such part: ${unknown}; there are ${all.map((section) => section.key)}`);
  return all.filter((section) => wanted?.includes(section.key) ?? true);
};

const machineLine = (language: string): string => {
  const pins = CORES.generator === undefined ? 'not pinned' : 'generator and server pinned to one core each';
  return `${cpus().length} cores, ${cpus()[0]?.model.trim()}, Node ${process.version}; server in ${language}, ${pins}.`;
};

/** At once, so that a long run that breaks off has shown what it had. */
const show = (key: string, text: string): void => {
  process.stdout.write(`${text}\n`);
  if (options.write) writeFileSync(PAGE, putBetweenMarkers(readFileSync(PAGE, 'utf8'), key, text));
};

const folder = mkdtempSync(join(tmpdir(), 'bench-engine-'));
const server = await startTruthServer(folder);
const extent = options.smoke ? SMOKE : options.quick ? QUICK : FULL;
const rounds = options.smoke ? 1 : Number(options.rounds);
const problems: string[] = [];
try {
  show('machine', machineLine(server.language));
  for (const section of sectionsOf({ server, folder }, extent, options.smoke ? [] : availablePeers())) {
    const rows = await measureSection(section, { rounds, server, say, repeat: options.repeat && !options.smoke });
    for (const row of rows)
      for (const { problems: found } of row.measurements)
        problems.push(...found.map((problem) => `${section.key}, ${row.name}: ${problem}`));
    show(section.key, renderSection(section, rows));
  }
} finally {
  await server.close();
  rmSync(folder, { recursive: true });
}
for (const problem of problems) say(`broken: ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
