import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/wire/json.ts';
import type { Usage } from '../../src/wire/reading.ts';
import { estimateTokens, readUsage } from '../../src/wire/tokens.ts';

describe('readUsage', () => {
  it.each<readonly [usage: Json | undefined, read: Usage | undefined]>([
    [
      { prompt_tokens: 8, completion_tokens: 3, total_tokens: 11 },
      { prompt: 8, completion: 3 },
    ],
    [
      { prompt_tokens: 8, total_tokens: 8 },
      { prompt: 8, completion: 0 },
    ],
    [{ total_tokens: 8 }, { prompt: 8, completion: 0 }],
    [
      { input_tokens: 8, output_tokens: 3, input_tokens_details: { cached_tokens: 4 } },
      { prompt: 8, completion: 3 },
    ],
    [
      { input_tokens: 8, cache_creation_input_tokens: 20, cache_read_input_tokens: 300, output_tokens: 3 },
      { prompt: 328, completion: 3 },
    ],
    [
      { input_tokens: 8, cache_creation_input_tokens: null, output_tokens: 3 },
      { prompt: 8, completion: 3 },
    ],
    [
      { prompt_tokens: 0, completion_tokens: 0 },
      { prompt: 0, completion: 0 },
    ],
    [{ completion_tokens: 3 }, undefined],
    [{ prompt_tokens: -1, completion_tokens: 3 }, undefined],
    [{ prompt_tokens: '8' }, undefined],
    [{}, undefined],
    [null, undefined],
    [[8, 3], undefined],
    [undefined, undefined],
  ])('of %j is %j', (usage, read) => {
    expect(readUsage(usage)).toEqual(read);
  });
});

it.each([
  [0, 0],
  [1, 1],
  [4, 1],
  [5, 2],
])('estimateTokens of %i characters is %i', (chars, tokens) => {
  expect(estimateTokens(chars)).toBe(tokens);
});
