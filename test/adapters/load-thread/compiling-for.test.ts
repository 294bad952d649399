import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { callsFor, FLAG, V8_DEFAULT } from '../../../src/adapters/load-thread/compiling-for.ts';
import { aLoad, anArrival, someUsers } from '../../support/plan-builders.ts';

describe('the last compiler', () => {
  it('is told by a flag that this V8 knows, with that default', () => {
    const { stdout } = spawnSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
    expect(stdout).toContain(`default: ${FLAG}=${V8_DEFAULT}\n`);
  });

  it('is for users without a pause, and for nothing that is paced', () => {
    const callsOf = (...arrivals: ReturnType<typeof anArrival>[]) =>
      callsFor({ loads: arrivals.map((arrival) => aLoad({ arrival })) });
    expect(callsOf(someUsers(5))).toBe(V8_DEFAULT);
    expect(callsOf(anArrival(), someUsers(5))).toBe(V8_DEFAULT);
    expect(callsOf(anArrival())).toBe(1_000_000_000);
    expect(callsOf(someUsers(5, [0, 1]))).toBe(1_000_000_000);
    expect(callsOf()).toBe(1_000_000_000);
  });
});
