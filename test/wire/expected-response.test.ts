import { describe, expect, it } from 'vitest';
import { checkBody, checkHeaders, type RenderedMatcher } from '../../src/wire/expected-response.ts';
import { headerLookup } from '../../src/wire/headers.ts';
import { type Json, parseJson } from '../../src/wire/json.ts';

type Case = readonly [
  matcher: RenderedMatcher,
  matching: readonly (Json | undefined)[],
  other: readonly (Json | undefined)[],
];

const isMatch = (matcher: RenderedMatcher, value: Json | undefined): boolean =>
  checkBody([{ path: 'x', matcher }], value === undefined ? {} : { x: value }) === undefined;

describe('checkBody', () => {
  it.each<Case>([
    [{ kind: 'present' }, ['', 0, false, [], {}, 'a'], [null, undefined]],
    [{ kind: 'absent' }, [null, undefined], ['', 0, false, [], {}]],
    [{ kind: 'nonempty' }, ['a', 0, false, [0], { a: null }], ['', [], {}, null, undefined]],
    [{ kind: 'equals', value: 'a' }, ['a'], ['A', 'ab', ['a'], null, undefined]],
    [{ kind: 'equals', value: 1 }, [1], ['1', 2, true, undefined]],
    [{ kind: 'equals', value: null }, [null], [undefined, 0, '', {}]],
    [
      { kind: 'equals', value: { a: [1, { b: 2 }], c: null } },
      [{ c: null, a: [1, { b: 2 }] }],
      [
        { a: [1, { b: 2 }] },
        { a: [1, { b: 2 }], c: null, d: 1 },
        { a: [{ b: 2 }, 1], c: null },
        { a: [1, { b: 2 }], d: null },
      ],
    ],
    [{ kind: 'equals', value: parseJson('{"__proto__":{}}')! }, [parseJson('{"__proto__":{}}')], [{ a: {} }]],
    [{ kind: 'equals', value: { a: {} } }, [{ a: {} }], [parseJson('{"__proto__":{}}')]],
    [{ kind: 'equals', value: [] }, [[]], [{}, [[]], null]],
    [{ kind: 'equals', value: {} }, [{}], [[], null]],
    [{ kind: 'oneOf', values: ['a', 2] }, ['a', 2], ['2', 'b', null, undefined]],
    [{ kind: 'oneOf', values: [] }, [], ['a', undefined]],
    [{ kind: 'not', values: ['a', 2] }, ['b', 3, [], false], ['a', 2, null, undefined]],
    [{ kind: 'matches', pattern: '^gpt-4' }, ['gpt-4o', 'gpt-4'], ['a gpt-4', '', null, undefined, ['gpt-4']]],
    [{ kind: 'matches', pattern: '^[12]' }, [1, 20, '1'], [3, true]],
  ])('%j', (matcher, matching, other) => {
    expect(matching.filter((value) => !isMatch(matcher, value))).toEqual([]);
    expect(other.filter((value) => isMatch(matcher, value))).toEqual([]);
  });

  it.each<readonly [path: string, matcher: RenderedMatcher, words: string]>([
    ['model', { kind: 'equals', value: 'gpt-4o' }, 'body model: expected "gpt-4o", received "mini"'],
    ['choices.0.text', { kind: 'nonempty' }, 'body choices.0.text: expected something that is not empty, received ""'],
    ['choices.1', { kind: 'present' }, 'body choices.1: expected a value, received nothing'],
    ['error', { kind: 'absent' }, 'body error: expected no value, received {"code":1}'],
    ['model', { kind: 'oneOf', values: ['a', 1] }, 'body model: expected one of "a", 1, received "mini"'],
    ['model', { kind: 'not', values: ['mini'] }, 'body model: expected none of "mini", received "mini"'],
    ['model', { kind: 'matches', pattern: '^gpt' }, 'body model: expected a match of /^gpt/, received "mini"'],
    ['long', { kind: 'equals', value: 0 }, `body long: expected 0, received "${'x'.repeat(58)}…`],
  ])('says what it found at %s', (path, matcher, words) => {
    const body = { model: 'mini', choices: [{ text: '' }], error: { code: 1 }, long: 'x'.repeat(90) };
    expect(checkBody([{ path, matcher }], body)).toBe(words);
  });

  it('names the first mismatch, and nothing where all match', () => {
    const present = { kind: 'present' } as const;
    const expected = ['a', 'b', 'c'].map((path) => ({ path, matcher: present }));
    expect(checkBody(expected, { a: 1 })).toMatch(/^body b:/);
    expect(checkBody(expected, { a: 1, b: 1, c: 1 })).toBeUndefined();
    expect(checkBody([], undefined)).toBeUndefined();
    expect(checkBody(expected, undefined)).toMatch(/^body a:/);
  });
});

describe('checkHeaders', () => {
  const header = headerLookup(['x-cache', 'HIT', 'x-count', '5', 'via', 'a', 'via', 'b', 'x-empty', '']);
  it.each<readonly [name: string, matcher: RenderedMatcher, mismatch: string | undefined]>([
    ['x-cache', { kind: 'present' }, undefined],
    ['x-other', { kind: 'present' }, 'header x-other: expected a value, received nothing'],
    ['x-other', { kind: 'absent' }, undefined],
    ['x-empty', { kind: 'present' }, undefined],
    ['x-empty', { kind: 'nonempty' }, 'header x-empty: expected something that is not empty, received ""'],
    ['x-cache', { kind: 'equals', value: 'HIT' }, undefined],
    ['x-cache', { kind: 'equals', value: 'hit' }, 'header x-cache: expected "hit", received "HIT"'],
    ['x-count', { kind: 'equals', value: 5 }, undefined],
    ['x-count', { kind: 'oneOf', values: [4, 5] }, undefined],
    ['x-count', { kind: 'equals', value: [5] }, 'header x-count: expected [5], received "5"'],
    ['x-count', { kind: 'not', values: [5] }, 'header x-count: expected none of 5, received "5"'],
    ['x-other', { kind: 'not', values: [5] }, 'header x-other: expected none of 5, received nothing'],
    ['via', { kind: 'equals', value: 'a, b' }, undefined],
    ['x-cache', { kind: 'matches', pattern: '^(HIT|MISS)$' }, undefined],
  ])('%s %j', (name, matcher, mismatch) => {
    expect(checkHeaders([{ name, matcher }], header)).toBe(mismatch);
  });
});
