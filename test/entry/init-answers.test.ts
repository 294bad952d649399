import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import {
  type Answers,
  completeAnswers,
  createAsk,
  parseBaseline,
  parseGatewayUrl,
  parseKeyVariable,
  parseTenants,
} from '../../src/entry/commands/init-answers.ts';

const URL_GIVEN = { gatewayUrl: 'https://gateway.example' } as const;

/** Answers one question after the other, and keeps what was asked. */
const script = (...answers: readonly string[]) => {
  const asked: string[] = [];
  const rest = [...answers];
  const ask = async (question: string): Promise<string> => {
    asked.push(question);
    const answer = rest.shift();
    if (answer === undefined) throw new Error(`not expected: ${question}`);
    return answer;
  };
  return { ask, asked };
};

describe('what is typed', () => {
  it.each<readonly [parse: (text: string) => unknown, text: string, value: unknown]>([
    [parseGatewayUrl, ' https://gateway.example:8443/v1/ ', 'https://gateway.example:8443/v1'],
    [parseGatewayUrl, 'http://127.0.0.1', 'http://127.0.0.1'],
    [parseTenants, 'free, pro', ['free', 'pro']],
    [parseTenants, '', []],
    [parseBaseline, ' live', 'live'],
    [parseKeyVariable, 'GATEWAY_KEY', 'GATEWAY_KEY'],
  ])('%o of %j', (parse, text, value) => expect(parse(text)).toEqual(value));

  it.each<readonly [parse: (text: string) => unknown, text: string, message: RegExp]>([
    [parseGatewayUrl, '127.0.0.1:8080', /an absolute http\(s\) URL/],
    [parseGatewayUrl, 'ftp://a', /an absolute http\(s\) URL/],
    [parseGatewayUrl, 'http://user:secret@a', /credentials, which must not lie in a file/],
    [parseGatewayUrl, 'http://a/?key=1', /no query/],
    [parseTenants, 'a,,b', /"" is no name/],
    [parseTenants, 'a: {x}', /is no name/],
    [parseTenants, 'a,"b"', /is no name/],
    [parseTenants, 'a,a', /twice/],
    [parseBaseline, 'maybe', /Allowed: stored, live, none/],
    [parseKeyVariable, 'sk-123', /not the key itself/],
    [parseKeyVariable, 'GITHUB_KEY', /begins with GITHUB_/],
  ])('%o refuses %j', (parse, text, message) => expect(() => parse(text)).toThrow(message));
});

describe('completeAnswers', () => {
  it('takes the defaults where nobody is asked', async () => {
    expect(await completeAnswers(URL_GIVEN, undefined)).toEqual({ ...URL_GIVEN, tenants: [], baseline: 'stored' });
  });

  it.each<readonly [given: Answers, flag: string]>([
    [{}, '--gateway-url'],
    [{ ...URL_GIVEN, baseline: 'live' }, '--baseline-url'],
  ])('names the flag of what has no default: %j', async (given, flag) => {
    await expect(completeAnswers(given, undefined)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(flag),
    });
  });

  it('needs no second URL where the second gateway is started beside the first', async () => {
    const local = { gatewayUrl: 'http://localhost:4000', baseline: 'live' } as const;
    expect(await completeAnswers(local, undefined)).toEqual({ ...local, tenants: [] });
  });

  it('refuses a second gateway where nothing is compared side by side', async () => {
    await expect(completeAnswers({ ...URL_GIVEN, baselineUrl: 'http://b' }, undefined)).rejects.toThrow(
      '--baseline-url',
    );
  });

  it('asks for what is missing, and again for what cannot be used', async () => {
    const { ask, asked } = script('gateway', 'http://a', '', 'free', 'Live', 'live', 'http://b');
    expect(await completeAnswers({}, ask)).toEqual({
      gatewayUrl: 'http://a',
      tenants: ['free'],
      baseline: 'live',
      baselineUrl: 'http://b',
    });
    expect(asked[1]).toMatch(/^Allowed: an absolute.*\nURL of the gateway: $/);
    expect(asked).toHaveLength(7);
  });

  it('asks for nothing that was given', async () => {
    const given = { ...URL_GIVEN, apiKeyEnv: 'KEY', tenants: ['a'], baseline: 'none' } as const;
    const { ask, asked } = script();
    expect([await completeAnswers(given, ask), asked]).toEqual([given, []]);
  });
});

describe('createAsk', () => {
  it('puts questions to a terminal, and fails when that goes away', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const { ask, close } = createAsk(input, output);
    input.write('one\ntwo\n');
    expect([await ask('first? '), await ask('next? ')]).toEqual(['one', 'two']);
    expect(String(output.read())).toContain('first? ');
    const second = ask('last? ');
    input.end();
    await expect(second).rejects.toMatchObject({ code: 'usage' });
    close();
  });
});
