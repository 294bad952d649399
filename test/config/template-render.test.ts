import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/config/random.ts';
import { parseTemplate } from '../../src/config/template.ts';
import {
  createNonces,
  nonceOf,
  type RenderContext,
  renderJsonValue,
  renderTemplate,
} from '../../src/config/template-render.ts';
import { GateError } from '../../src/model/errors.ts';

const template = (text: string) => parseTemplate(text, () => undefined).template;

const context = (overrides: Partial<RenderContext> = {}): RenderContext => ({
  random: createRandom('seed'),
  seq: 7,
  nonce: 'n0nce',
  tenant: { id: 'free', vars: { model: 'gpt-4o-mini', depth: 3, fast: true } },
  lists: { colours: ['red', 'green', 'blue'] },
  ...overrides,
});

describe('renderTemplate', () => {
  it.each([
    ['plain', 'plain'],
    ['${nonce} ${nonce}', 'n0nce n0nce'],
    ['#${seq}', '#7'],
    ['${tenant.id}:${tenant.model}:${tenant.depth}:${tenant.fast}', 'free:gpt-4o-mini:3:true'],
    ['${int 4 4}', '4'],
  ])('%j → %j', (text, expected) => {
    expect(renderTemplate(template(text), context())).toBe(expected);
  });

  it('picks every member of a list, and only members', () => {
    const random = createRandom('pick');
    const picked = new Set(
      Array.from({ length: 200 }, () => renderTemplate(template('${pick colours}'), context({ random }))),
    );
    expect([...picked].sort()).toEqual(['blue', 'green', 'red']);
  });

  it('draws a number from one end of its range to the other', () => {
    const random = createRandom('int');
    const drawn = new Set(
      Array.from({ length: 100 }, () => renderTemplate(template('${int -1 2}'), context({ random }))),
    );
    expect([...drawn].sort()).toEqual(['-1', '0', '1', '2']);
  });

  it('makes valid version 4 UUIDs, all unlike, from the stream', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const render = () => renderTemplate(template('${uuid} ${uuid}'), context({ random: createRandom(seed) }));
        const [one, two] = render().split(' ');
        expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(one).not.toBe(two);
        expect(render()).toBe(`${one} ${two}`);
      }),
    );
  });

  it('fills every digit of a UUID', () => {
    const random = createRandom('digits');
    const texts = Array.from({ length: 400 }, () => renderTemplate(template('${uuid}'), context({ random })));
    const seen = Array.from({ length: 36 }, (_, place) => new Set(texts.map((text) => text[place])));
    expect(seen.map((digits) => digits.size).join(' ')).toBe(
      '16 16 16 16 16 16 16 16 1 16 16 16 16 1 1 16 16 16 1 4 16 16 16 1 16 16 16 16 16 16 16 16 16 16 16 16',
    );
  });

  it.each([
    ['a list that is not there', '${pick shapes}', {}],
    ['a list named like a built-in', '${pick toString}', {}],
    ['an empty list', '${pick none}', { lists: { none: [] } }],
    ['a variable that is not there', '${tenant.colour}', {}],
    ['no tenant', '${tenant.id}', { tenant: undefined }],
  ])('throws for %s', (_, text, overrides) => {
    expect(() => renderTemplate(template(text), context(overrides))).toThrow(GateError);
  });
});

describe('renderJsonValue', () => {
  it('gives an expression that stands alone its own type, and any other a string', () => {
    const of = (text: string) => ({ template: template(text) });
    const json = {
      object: [
        ['seq', of('${seq}')],
        ['int', of('${int 5 5}')],
        ['depth', of('${tenant.depth}')],
        ['fast', of('${tenant.fast}')],
        ['model', of('${tenant.model}')],
        ['text', of('n=${seq}')],
        ['pick', of('${nonce}')],
        ['empty', of('')],
        ['list', { array: [null, true, 1.5, of('x')] }],
        ['__proto__', of('own')],
      ],
    } as const;
    expect(JSON.stringify(renderJsonValue(json, context()))).toBe(
      '{"seq":7,"int":5,"depth":3,"fast":true,"model":"gpt-4o-mini","text":"n=7","pick":"n0nce","empty":"","list":[null,true,1.5,"x"],"__proto__":"own"}',
    );
  });
});

describe('nonceOf', () => {
  it('is short, safe in a URL, and the same for the same request', () => {
    expect(nonceOf('seed', 'chat', 0)).toMatch(/^[0-9a-z]{18}$/);
    expect(nonceOf('seed', 'chat', 41)).toBe(createNonces('seed', 'chat')(41));
    expect(nonceOf('seed', 'chat', 41)).toMatchInlineSnapshot(`"1v0x51qleg206oudf6"`);
  });

  it('is unlike for every index, scenario and seed', () => {
    const nonces = ['a', 'b'].flatMap((seed) =>
      ['chat', 'faq'].flatMap((scenario) => {
        const of = createNonces(seed, scenario);
        return Array.from({ length: 20_000 }, (_, index) => of(index));
      }),
    );
    expect(new Set(nonces).size).toBe(80_000);
  });
});
