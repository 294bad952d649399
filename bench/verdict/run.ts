// How often the verdict is wrong: whole gates on systems that did or did not change, judged by the code that judges any run, beside
// rules that people use. Simulated by default; `--real` loads two processes on loopback. `--quick` for CI, `--write` puts the tables
// into docs/method.md, `--only KEY` for a part of them, `--gates N` for another number of gates.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { putBetweenMarkers } from '../engine/table.ts';
import { realGates } from './real.ts';
import { extendedSectionsOf, renderExtended, renderSection, runWorld, type Section, sectionsOf } from './sections.ts';

const PAGE = join(import.meta.dirname, '../../docs/method.md');
const GATES = { full: 2_000, quick: 20, real: 100 } as const;

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    real: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    gates: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});

const write = (key: string, table: string): void => {
  if (options.write) writeFileSync(PAGE, putBetweenMarkers(readFileSync(PAGE, 'utf8'), `verdict-${key}`, table));
};

const SEED = Number(options.seed) * 1_000_003;

const tableOf = (section: Section): string => {
  const start = performance.now();
  const rows = section.worlds.map((world) => {
    const row = { world, tally: runWorld(section, world, SEED) };
    process.stderr.write(`${section.key}: ${world.name}, ${Math.round((performance.now() - start) / 1_000)} s\n`);
    return row;
  });
  return renderSection(section, rows);
};

const simulate = (): void => {
  const gates = Number(options.gates ?? (options.quick ? GATES.quick : GATES.full));
  const tables = new Map([
    ...sectionsOf(gates).map((section) => [section.key, () => tableOf(section)] as const),
    ...extendedSectionsOf(gates).map((section) => [section.key, () => renderExtended(section, SEED)] as const),
  ]);
  const wanted = options.only?.split(',') ?? [...tables.keys()];
  const unknown = wanted.filter((key) => !tables.has(key));
  if (unknown.length > 0) throw new Error(`no such part: ${unknown}; there are ${[...tables.keys()]}`);
  for (const [key, make] of tables) {
    if (!wanted.includes(key)) continue;
    const table = make();
    process.stdout.write(`${table}\n`);
    write(key, table);
  }
};

const measure = async (): Promise<void> => {
  const lines: string[] = [];
  const gates = Number(options.gates ?? (options.quick ? 2 : GATES.real));
  for await (const line of realGates({ gates, only: options.only?.split(','), load: { rate: 200, seconds: 10 } })) {
    process.stdout.write(`${line}\n`);
    lines.push(line);
  }
  write('real', `${lines.join('\n')}\n`);
};

if (options.real) await measure();
else simulate();
