import { describe, expect, it } from 'vitest';
import { formatProblems } from '../../src/config/format-problems.ts';

describe('problems for people', () => {
  it('are one line each, with all that is known', () => {
    const file = 'gatemark.yml';
    const full = { file, line: 3, path: 'a.b[1]', message: 'is not a rate', received: '20', allowed: 'such as 20/s' };
    const bare = {
      file,
      line: undefined,
      path: '',
      message: 'the file is empty',
      received: undefined,
      allowed: undefined,
    };
    expect(formatProblems([full, bare])).toBe(
      'gatemark.yml:3: a.b[1]: is not a rate; received 20; allowed: such as 20/s\ngatemark.yml: the file is empty',
    );
    expect(formatProblems([])).toBe('');
  });
});
