import { describe, expect, it } from 'vitest';
import { explain } from '../../src/entry/explain.ts';
import { ConfigError, GateError } from '../../src/model/errors.ts';

describe('explain', () => {
  it('lists every problem of a configuration and counts them', () => {
    const problem = (line: number) => ({
      file: 'gatemark.yml',
      line,
      path: 'limits.requests',
      message: 'is not a number',
      received: 'many',
      allowed: 'a whole number',
    });
    const text = explain(new ConfigError([problem(2), problem(7)]));
    expect(text).toContain('gatemark.yml:2: limits.requests');
    expect(text).toContain('gatemark.yml:7: limits.requests');
    expect(text).toMatch(/2 problems in the configuration$/);
  });

  it('says what to do, without a stack, for what users can mend', () => {
    expect(explain(new GateError('usage', 'no such file', { hint: 'Name it.' }))).toBe(
      'gatemark: no such file\nName it.',
    );
  });

  it.each([
    ['a fault of our own', new GateError('internal', 'the load thread crashed', { cause: new Error('deep down') })],
    ['anything else', new TypeError('x is not a function')],
  ])('shows the stack of %s', (_, error) => {
    const text = explain(error);
    expect(text).toContain('internal fault');
    expect(text).toContain(error.message);
    expect(text).toContain('explain.test.ts');
    if (error.cause !== undefined) expect(text).toContain('deep down');
  });
});
