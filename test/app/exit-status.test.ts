import { describe, expect, it } from 'vitest';
import { conclusionOf, exitOfError, exitOfVerdict } from '../../src/app/exit-status.ts';
import { ConfigError, GateError } from '../../src/model/errors.ts';

describe('exit status', () => {
  it.each([
    ['pass', ['slo'], 0, 'success'],
    ['fail', ['slo'], 1, 'failure'],
    ['inconclusive', ['slo', 'regression'], 0, 'neutral'],
    ['inconclusive', ['slo', 'inconclusive'], 1, 'failure'],
    ['invalid', [], 3, 'failure'],
  ] as const)(
    'a verdict of %s with fail-on %j is %i, and a check run of it a %s',
    (status, failOn, exit, conclusion) => {
      expect(exitOfVerdict(status, failOn)).toBe(exit);
      expect(conclusionOf(status, exit)).toBe(conclusion);
    },
  );

  it.each([
    ['a bad configuration', new ConfigError([]), 2],
    ['bad usage', new GateError('usage', 'x'), 2],
    ['an unreadable baseline that was named', new GateError('baseline-unreadable', 'x'), 2],
    ['an unreachable gateway', new GateError('unreachable', 'x'), 3],
    ['a full disk', new GateError('io', 'x'), 4],
    ['a bug', new TypeError('x'), 4],
    ['something thrown that is no error', 'x', 4],
  ])('%s is %i', (_, error, exit) => {
    expect(exitOfError(error)).toBe(exit);
  });
});
