import { describe, expect, it } from 'vitest';
import { parseShardName, shardName, startName } from '../../../src/adapters/github/shard-names.ts';

const share = { index: 1, count: 8 };

describe('names of a fleet', () => {
  it('differ by attempt, so that those of an earlier one are no conflict', () => {
    expect(startName({ key: 'default', attempt: 1 })).toBe('gatemark-start-default');
    expect(startName({ key: 'default', attempt: 2 })).toBe('gatemark-start-default-attempt-2');
    expect(shardName({ key: 'eu.1', attempt: 1 }, share)).toBe('gatemark-shard-eu.1-2-of-8');
  });

  it.each([1, 2, 12])('are read back (attempt %i)', (attempt) => {
    expect(parseShardName(shardName({ key: 'a-b', attempt }, share), 'a-b')).toEqual({ share, attempt });
  });

  it.each([
    'gatemark-run-default',
    'gatemark-shard-other-2-of-8',
    'gatemark-shard-default-1-2-of-8',
    'gatemark-shard-default-0-of-8',
    'gatemark-shard-default-9-of-8',
    'gatemark-shard-default-2-of-8-attempt-',
    'gatemark-shard-default-2-of-8x',
  ])('%s is none of a shard of this fleet', (name) => expect(parseShardName(name, 'default')).toBeUndefined());
});
