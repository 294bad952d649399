import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { LATE } from '../../../src/adapters/load-thread/optimize-late.ts';

it('sets a flag that this V8 knows, to a higher number than its own', () => {
  const [name, value] = LATE.split('=') as [string, string];
  const { stdout } = spawnSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  const ownValue = new RegExp(`default: ${name}=(\\d+)`).exec(stdout)?.[1];
  expect(Number(ownValue)).toBeGreaterThan(0);
  expect(Number(value)).toBeGreaterThan(Number(ownValue));
});
