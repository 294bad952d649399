import { describe, expect, it } from 'vitest';
import { detectDialect, type SeenResponse } from '../../src/dialects/detect-dialect.ts';
import { DIALECT_FIXTURES, type FixtureResponse } from '../support/dialect-fixtures.ts';

const seen = ({ headers, body, stream }: FixtureResponse): SeenResponse => ({
  headers: Object.entries(headers).flat(),
  bodies: [body, stream?.at(-1)],
});

const response = (headers: Readonly<Record<string, string>>, ...bodies: readonly unknown[]): SeenResponse => ({
  headers: Object.entries(headers).flat(),
  bodies,
});

describe('detectDialect', () => {
  it.each(DIALECT_FIXTURES.map((fixture) => [fixture.dialect, fixture] as const))(
    'knows %s by its responses',
    (name, fixture) => {
      const [first, second] = detectDialect(fixture.responses.map(seen));
      expect(first?.dialect).toBe(name);
      expect(first?.evidence.length).toBeGreaterThan(0);
      const sures = second?.evidence.filter(({ sure }) => sure) ?? [];
      expect(sures).toEqual([]);
    },
  );

  it('says what it saw, the sure first, and in how many responses', () => {
    const [kong] = detectDialect([
      response({ server: 'kong/3.11.0', 'x-kong-request-id': 'a', 'x-ai-ratelimit-limit-minute-openai': '5' }),
      response({ 'x-kong-request-id': 'b', 'x-ai-ratelimit-limit-minute-openai': '5' }),
      response({ 'x-kong-request-id': 'c', 'x-ai-ratelimit-limit-minute-openai': '5' }),
    ]);
    expect(kong).toEqual({
      dialect: 'kong',
      evidence: [
        { what: 'header x-kong-request-id', sure: true, responses: 3 },
        { what: 'header server: kong/3.11.0', sure: true, responses: 1 },
        { what: 'header x-ai-ratelimit-limit-minute-openai', sure: false, responses: 3 },
      ],
    });
  });

  it('names both where one gateway stands behind another', () => {
    const both = detectDialect([
      response({ 'x-kong-request-id': 'a', 'x-litellm-call-id': 'b', 'x-litellm-version': '1' }),
    ]);
    expect(both.map(({ dialect }) => dialect)).toEqual(['litellm', 'kong', 'generic']);
  });

  it('prefers one sure mark to many hints', () => {
    const headers = {
      'x-cache': 'a',
      'x-provider': 'b',
      'server-timing': 'c',
      'x-ratelimit-limit': '1',
      'helicone-id': 'd',
    };
    expect(detectDialect([response(headers)]).map(({ dialect }) => dialect)).toEqual(['helicone', 'generic']);
  });

  it.each<readonly [name: string, responses: readonly SeenResponse[]]>([
    ['nothing', []],
    ['plain answers', [response({ 'content-type': 'application/json', 'x-request-id': 'r' }, { id: 'c', model: 'm' })]],
    ['a body that is no JSON', [response({}, undefined, 'text', null, 7, [])]],
    ['keys that every object has', [response({}, { provider: undefined }, Object.create({ episode_id: 'x' }))]],
    ['a header with nothing in place of the star', [response({ 'x-kong-': 'a' })]],
  ])('falls back to generic, without evidence, for %s', (_name, responses) => {
    expect(detectDialect(responses)).toEqual([{ dialect: 'generic', evidence: [] }]);
  });

  it('shows no more of a value than a line', () => {
    const [, first] = /server: (.*)/.exec(
      detectDialect([response({ server: `kong/${'x'.repeat(300)}` })])[0]!.evidence[0]!.what,
    )!;
    expect(first).toHaveLength(40);
  });
});
