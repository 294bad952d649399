import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../src/config/template.ts';

const ENV: Readonly<Record<string, string>> = { HOST: 'gw.test', TRICKY: '${uuid} and $${x}', EMPTY: '' };
const parse = (text: string) => parseTemplate(text, (name) => ENV[name]);

describe('parseTemplate', () => {
  it.each([
    ['', []],
    ['plain $ text {with} braces $', ['plain $ text {with} braces $']],
    ['${uuid}', [{ kind: 'uuid' }]],
    ['a-${nonce}-${seq}', ['a-', { kind: 'nonce' }, '-', { kind: 'seq' }]],
    ['${ pick questions }', [{ kind: 'pick', list: 'questions' }]],
    ['${int -5 99999}', [{ kind: 'int', min: -5, max: 99_999 }]],
    ['${text 200}', [{ kind: 'text', tokens: 200 }]],
    ['${tenant.id}/${tenant.model}', [{ kind: 'tenant', variable: 'id' }, '/', { kind: 'tenant', variable: 'model' }]],
    ['https://${env.HOST}/v1', ['https://gw.test/v1']],
    ['$${uuid}', ['${uuid}']],
    ['a $${ b', ['a ${ b']],
    ['$$${uuid}', ['$${uuid}']],
    ['$${x}${seq}', ['${x}', { kind: 'seq' }]],
    ['${env.TRICKY}', ['${uuid} and $${x}']],
  ])('%j', (text, template) => {
    const parsed = parse(text);
    expect(parsed.problems).toEqual([]);
    expect(parsed.template).toEqual(template);
  });

  it.each([
    ['${uuid', 'this ${ has no closing }', '${uuid'],
    ['say ${', 'this ${ has no closing }', '${'],
    ['${}', 'nothing stands inside ${}', '${}'],
    ['${pik questions}', 'unknown expression "pik"; did you mean pick?', '${pik questions}'],
    ['${tennant.id}', 'unknown expression "tennant.id"; did you mean tenant?', '${tennant.id}'],
    ['${GATEWAY}', 'unknown expression "GATEWAY"', '${GATEWAY}'],
    ['${constructor}', 'unknown expression "constructor"', '${constructor}'],
    ['${env}', 'unknown expression "env"', '${env}'],
    ['${uuid 4}', 'uuid takes nothing behind it', '${uuid 4}'],
    ['${pick}', 'pick takes the name of one list', '${pick}'],
    ['${pick a b}', 'pick takes the name of one list', '${pick a b}'],
    ['${int 5}', 'int takes two whole numbers', '${int 5}'],
    ['${int 1 2 3}', 'int takes two whole numbers', '${int 1 2 3}'],
    ['${int 1.5 2}', 'int takes two whole numbers', '${int 1.5 2}'],
    ['${int 9 1}', 'int goes from 9 down to 1', '${int 9 1}'],
    [
      '${int -9007199254740991 9007199254740991}',
      'int spans too many numbers',
      '${int -9007199254740991 9007199254740991}',
    ],
    ['${text}', 'text takes a number of tokens', '${text}'],
    ['${text 0}', 'text takes a number of tokens', '${text 0}'],
    ['${text 99999999}', 'text takes a number of tokens', '${text 99999999}'],
    ['${env.NOPE}', 'the environment variable NOPE is not set', '${env.NOPE}'],
    ['${env.EMPTY}', 'the environment variable EMPTY is empty', '${env.EMPTY}'],
    ['${env.A B}', '"A B" is no name of an environment variable', '${env.A B}'],
    ['${tenant.}', '"" is no name of a tenant\'s variable', '${tenant.}'],
  ])('%j: %s', (text, message, received) => {
    expect(parse(text).problems).toEqual([expect.objectContaining({ message, received })]);
  });

  it('collects every problem, and reads on behind one that never closes', () => {
    const parsed = parse('${uuid and ${int 2 1} and ${env.NOPE} and ${seq}');
    expect(parsed.problems.map((problem) => problem.received)).toEqual([
      '${uuid and ${int 2 1} and ${env.NOPE} an…',
      '${int 2 1}',
      '${env.NOPE}',
    ]);
    expect(parsed.template).toContainEqual({ kind: 'seq' });
  });

  it('names every environment variable once, set or not', () => {
    expect(parse('${env.HOST} ${env.NOPE} ${env.HOST}').envNames).toEqual(['HOST', 'NOPE']);
  });

  it('never shows the value of a variable in a problem', () => {
    expect(JSON.stringify(parse('${env.HOST} ${wrong}').problems)).not.toContain('gw.test');
  });

  it('keeps any text without an expression as it is, and any escaped text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'a', ' ', 'uuid') }), (text) => {
        const escaped = parse(text.replaceAll('${', () => '$${'));
        expect(escaped.problems).toEqual([]);
        expect(escaped.template.join('')).toBe(text);
        if (!text.includes('${')) expect(parse(text).template.join('')).toBe(text);
      }),
    );
  });

  it('never has two literals side by side', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('${seq}', '$${', '${env.HOST}', 'x', '${bad}', '')), (pieces) => {
        const { template } = parse(pieces.join(''));
        template.forEach((part, index) => {
          expect(part).not.toBe('');
          expect(typeof part === 'string' && typeof template[index + 1] === 'string').toBe(false);
        });
      }),
    );
  });
});
