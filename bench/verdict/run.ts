// How often the verdict is wrong: whole gates on simulated systems that did or did not change, judged by the code that judges real
// ones, beside rules that people use. `--quick` for CI, `--write` puts the tables into docs/method.md, `--only KEY` for a part.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { putBetweenMarkers } from '../engine/table.ts';
import { renderSection, runWorld, sectionsOf } from './sections.ts';

const PAGE = join(import.meta.dirname, '../../docs/method.md');
const GATES = { full: 2_000, quick: 60 } as const;

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    gates: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});

const sections = sectionsOf(Number(options.gates ?? (options.quick ? GATES.quick : GATES.full)));
const wanted = options.only?.split(',') ?? sections.map(({ key }) => key);
const unknown = wanted.filter((key) => !sections.some((section) => section.key === key));
if (unknown.length > 0) throw new Error(`no such part: ${unknown}; there are ${sections.map(({ key }) => key)}`);

for (const section of sections.filter(({ key }) => wanted.includes(key))) {
  const start = performance.now();
  const rows = section.worlds.map((world) => {
    const row = { world, tally: runWorld(section, world, Number(options.seed) * 1_000_003) };
    process.stderr.write(`${section.key}: ${world.name}, ${Math.round((performance.now() - start) / 1_000)} s\n`);
    return row;
  });
  const table = renderSection(section, rows);
  process.stdout.write(`${table}\n`);
  if (options.write)
    writeFileSync(PAGE, putBetweenMarkers(readFileSync(PAGE, 'utf8'), `verdict-${section.key}`, table));
}
