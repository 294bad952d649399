import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileJson, expressionsOf, templateLists, templateVariables } from '../../src/config/compile-json.ts';
import { createRandom } from '../../src/config/random.ts';
import { parseTemplate } from '../../src/config/template.ts';
import { type RenderContext, renderJsonValue } from '../../src/config/template-render.ts';
import type { Expression, JsonTemplate, Template } from '../../src/model/template.ts';

const template = (text: string): Template => parseTemplate(text, () => undefined).template;

const contextOf = (seed: string, awkward: readonly string[]): RenderContext => ({
  random: createRandom(seed),
  seq: 12,
  nonce: 'n"o\\nce',
  tenant: { id: 'free', vars: { text: awkward[0]!, count: 3, flag: false } },
  lists: { awkward },
});

const expression: fc.Arbitrary<Expression> = fc.oneof(
  fc.constantFrom<Expression>(
    { kind: 'uuid' },
    { kind: 'nonce' },
    { kind: 'seq' },
    { kind: 'pick', list: 'awkward' },
    { kind: 'int', min: -10, max: 10 },
    { kind: 'text', tokens: 9 },
  ),
  fc.constantFrom('id', 'text', 'count', 'flag').map((variable): Expression => ({ kind: 'tenant', variable })),
);

const json = (text: fc.Arbitrary<string>): fc.Arbitrary<JsonTemplate> =>
  fc.letrec<{ json: JsonTemplate }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, true, false),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.array(fc.oneof(text, expression), { maxLength: 4 }).map((parts) => ({ template: parts })),
      fc.array(tie('json'), { maxLength: 4 }).map((array) => ({ array })),
      fc
        .uniqueArray(
          fc.tuple(
            text.map((key) => `k${key}`),
            tie('json'),
          ),
          { selector: ([key]) => key, maxLength: 4 },
        )
        .map((object) => ({ object })),
    ),
  })).json;

const wellFormed = fc.string({ unit: 'grapheme' });
const anyUnits = fc.string({ unit: 'binary' });

describe('compileJson', () => {
  it('writes what JSON.stringify writes of the rendered value, on the same stream', () => {
    fc.assert(
      fc.property(json(wellFormed), fc.string(), fc.array(wellFormed, { minLength: 1 }), (source, seed, awkward) => {
        const expected = JSON.stringify(renderJsonValue(source, contextOf(seed, awkward)));
        expect(compileJson(source)(contextOf(seed, awkward))).toBe(expected);
      }),
    );
  });

  it('writes the same value even where halves of surrogate pairs meet', () => {
    const halves = fc.constantFrom('\ud83d', '\ude00', 'x', '"');
    fc.assert(
      fc.property(json(fc.oneof(halves, anyUnits)), fc.array(halves, { minLength: 1 }), (source, awkward) => {
        const expected = JSON.parse(JSON.stringify(renderJsonValue(source, contextOf('s', awkward))));
        expect(JSON.parse(compileJson(source)(contextOf('s', awkward)))).toEqual(expected);
      }),
    );
  });

  it.each<[string, JsonTemplate, string]>([
    ['null', null, 'null'],
    ['an empty object', { object: [] }, '{}'],
    ['an empty array', { array: [] }, '[]'],
    [
      'keys that look like numbers, in their order',
      {
        object: [
          ['b', 1],
          ['1', 2],
        ],
      },
      '{"b":1,"1":2}',
    ],
    ['quotes', { object: [['a"b', { template: template('say "${nonce}"') }]] }, '{"a\\"b":"say \\"n\\"o\\\\nce\\""}'],
    ['a lone number', { template: template('${seq}') }, '12'],
    ['a lone flag', { template: template('${tenant.flag}') }, 'false'],
    ['a number among text', { template: template('${seq} ') }, '"12 "'],
  ])('%s', (_, source, expected) => {
    expect(compileJson(source)(contextOf('s', ['x']))).toBe(expected);
  });

  it('renders anew each time', () => {
    const render = compileJson({ template: template('${uuid}') });
    const context = contextOf('s', ['x']);
    expect(render(context)).not.toBe(render(context));
  });
});

describe('expressionsOf and what is made of it', () => {
  const source: JsonTemplate = {
    object: [
      ['a', { array: [1, null, { template: template('${pick one} and ${pick two} for ${tenant.model}') }] }],
      ['b', { template: template('${pick one} ${tenant.id} ${seq}') }],
    ],
  };

  it('finds every expression in order, repeats included', () => {
    expect(expressionsOf(source).map(({ kind }) => kind)).toEqual(['pick', 'pick', 'tenant', 'pick', 'tenant', 'seq']);
    expect(expressionsOf(template('x ${seq}'))).toEqual([{ kind: 'seq' }]);
    expect(expressionsOf(null)).toEqual([]);
  });

  it('finds lists and tenant variables, each once', () => {
    expect(templateLists(source)).toEqual(['one', 'two']);
    expect(templateVariables(source)).toEqual(['model', 'id']);
    expect(templateLists(template('${pick one}'))).toEqual(['one']);
  });
});
