import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type Path, readDocument } from '../../src/config/source-document.ts';

const TEXT = `# a comment
base: &base
  rate: 20/s
  long: |
    one
    two
scenarios:
  chat:
    <<: *base
    tags: [a,
      b]
  faq: *base
"quoted": 1
1: one
`;

describe('the way back to the line', () => {
  it.each<[Path, number | undefined]>([
    [['base'], 2],
    [['base', 'rate'], 3],
    [['base', 'long'], 4],
    [['scenarios', 'chat'], 8],
    [['scenarios', 'chat', 'rate'], 3],
    [['scenarios', 'chat', 'tags', 0], 10],
    [['scenarios', 'chat', 'tags', 1], 11],
    [['scenarios', 'faq'], 12],
    [['scenarios', 'faq', 'rate'], 3],
    [['quoted'], 13],
    [['1'], 14],
    [['missing'], undefined],
    [['scenarios', 'chat', 'tags', 2], undefined],
    [['base', 'rate', 'deeper'], undefined],
    [[], 2],
  ])('%j', (path, line) => {
    expect(readDocument(TEXT).lineOf(path)).toBe(line);
  });

  it('resolves aliases and merge keys', () => {
    expect(readDocument(TEXT).value).toMatchObject({ scenarios: { chat: { rate: '20/s' }, faq: { rate: '20/s' } } });
  });

  it('points at a line that holds the value, for any document', () => {
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.integer().map((number) => `v${number}`),
        fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tie('node'), { minKeys: 1, maxKeys: 3 }),
      ),
    })).node;
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), value, { minKeys: 1 }), (tree) => {
        const text = stringify(tree);
        const document = readDocument(text);
        expect(document.value).toEqual(tree);
        const lines = text.split('\n');
        for (const [path, leaf] of leavesOf(tree)) expect(lines[document.lineOf(path)! - 1]).toContain(leaf);
      }),
    );
  });

  it('holds still for a bomb of aliases', () => {
    const levels = Array.from({ length: 12 }, (_, level) =>
      level === 0
        ? 'l0: &l0 [a, a]'
        : `l${level}: &l${level} [${Array(10)
            .fill(`*l${level - 1}`)
            .join(', ')}]`,
    );
    const document = readDocument(levels.join('\n'));
    expect(document.value).toBeUndefined();
    expect(document.problems.map(({ message }) => message)).toEqual([
      'is not valid YAML: excessive alias count indicates a resource exhaustion attack',
    ]);
  });
});

const leavesOf = (tree: unknown, path: Path = []): readonly (readonly [Path, string])[] => {
  if (typeof tree === 'string') return [[path, tree]];
  if (Array.isArray(tree)) return tree.flatMap((item, index) => leavesOf(item, [...path, index]));
  return Object.entries(tree as object).flatMap(([key, value]) => leavesOf(value, [...path, key]));
};
