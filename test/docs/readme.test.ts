import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readSound } from '../config/load-config.ts';

const ROOT = join(import.meta.dirname, '../..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const [workflow, configuration] = [...readme.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text]) => text!);

describe('README.md', () => {
  it('shows a configuration that is sound', () => {
    readSound(configuration!, { env: {}, files: {} });
  });

  it('shows a workflow of at most ten lines whose inputs exist', () => {
    expect(workflow!.trim().split('\n').length).toBeLessThanOrEqual(10);
    const { inputs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as { inputs: object };
    const { steps } = (parse(workflow!) as { jobs: { gate: { steps: { uses?: string; with?: object }[] } } }).jobs.gate;
    const own = steps.find((step) => step.uses?.startsWith('gatemark/'));
    expect(Object.keys(own!.with!).filter((name) => !(name in inputs))).toEqual([]);
  });

  it('links to files that are there', () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target!);
    expect(links.length).toBeGreaterThan(4);
    expect(links.filter((target) => !/^https?:/.test(target) && !existsSync(join(ROOT, target)))).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
    const named = [...readme.matchAll(/npm run ([\w-]+)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
