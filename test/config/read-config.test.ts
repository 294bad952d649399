import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatProblems } from '../../src/config/format-problems.ts';
import { BROKEN_CONFIGS } from './broken-configs.ts';
import { configOf, PRODUCT, PRODUCT_WORLD, readIn, readSound } from './load-config.ts';

const MODELS = (load: string, rest = ''): string => `version: 1
gateway: {url: "http://127.0.0.1:8080"}
scenarios: {a: {endpoint: models, load: ${load}}}
${rest}`;

describe('broken configurations', () => {
  it('is a table to reckon with', () => {
    expect(BROKEN_CONFIGS.length).toBeGreaterThanOrEqual(45);
    expect(new Set(BROKEN_CONFIGS.map(({ name }) => name)).size).toBe(BROKEN_CONFIGS.length);
  });

  it.each(BROKEN_CONFIGS)('$name', ({ text, world, problems }) => {
    const result = readIn(text, world);
    const found = result.ok ? [] : result.problems;
    expect(
      found.map(({ line, path, message, received, allowed, file }) => [
        line,
        path,
        message,
        received,
        allowed,
        ...(file === 'gatemark.yml' ? [] : [file]),
      ]),
    ).toEqual(problems);
  });

  it('never shows a secret, whatever is wrong beside it', () => {
    const secret = 'sk-very-secret';
    for (const { text } of BROKEN_CONFIGS) {
      const keyed = text.replace(
        '8080"',
        '8080", headers: {x-a: "${env.KEY}", authorization: "Bearer plain-secret", x-b: [1]}',
      );
      const result = readIn(keyed, { env: { KEY: secret } });
      const shown = result.ok ? '' : formatProblems(result.problems);
      expect(shown).not.toContain(secret);
      expect(shown).not.toContain('plain-secret');
    }
  });

  it.each([
    ['a header that is no text', 'headers: {x-api-key: [plain]}', '***'],
    [
      'headers under a misspelt key',
      'header: {authorization: Bearer plain, x-a: b}',
      '{"authorization":"***","x-a":"b"}',
    ],
    ['a header given twice', 'headers: {authorization: Bearer plain, authorization: Bearer plain}', undefined],
  ])('hides what sounds secret in the file itself: %s', (_, written, received) => {
    const result = readIn(MODELS('{rate: 1/s}').replace('8080"', `8080", ${written}`));
    const problems = result.ok ? [] : result.problems;
    expect(problems.map((problem) => problem.received)).toEqual([received]);
  });

  it('are placed at the last of doubled keys, whose value counts', () => {
    const result = readIn(MODELS('{rate: 1/s}', 'limits:\n  requests: 5\n  requests: -1\n'));
    expect(result.ok ? [] : result.problems.map(({ line, message }) => [line, message])).toEqual([
      [6, 'the key "requests" is given twice'],
      [6, 'is too small'],
    ]);
  });

  it('never throws, whatever the text', () => {
    const piece = fc.constantFrom(
      'version: 1\n',
      'gateway:\n',
      '  url: ${env.X}\n',
      'scenarios: {a: {',
      '}}\n',
      '- ',
      '&a ',
      '*a ',
      '<<: ',
      '"',
      '\t',
      '!!set ',
      '? ',
      '__proto__: {a: 1}\n',
      'load: {rate: 1/s}',
      'profiles: {pr: ',
      'null',
      '1',
      '|\n',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 14 }), (pieces) => {
        const result = readIn(pieces.join(''));
        if (!result.ok) expect(result.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the example of the documentation', () => {
  it('reads word for word', () => {
    const { config, secrets, warnings } = readSound(PRODUCT, PRODUCT_WORLD);
    expect(config.gateway.url).toBe('https://gateway.example/v1');
    expect(secrets).toEqual(['sk-secret-1']);
    expect(warnings).toEqual(['gatemark.yml:20: data.documents: no scenario uses it']);
    expect(config.limits).toEqual({
      requests: 6_000,
      duration: 240_000_000,
      concurrency: 200,
      tokens: 500_000,
      abort: { errorRate: 0.5, over: 5_000_000 },
    });
    expect(config.lists).toEqual({
      questions: ['What are your business hours?', 'How do I reset my password?'],
      documents: ['First document.', 'Second document.'],
    });
    expect(config.tenants.map(({ id, vars }) => [id, vars])).toEqual([
      ['free', { model: 'gpt-4o-mini' }],
      ['pro', { model: 'claude-3-5-sonnet' }],
    ]);
    expect(config.providers[1]).toEqual({
      kind: 'started',
      name: 'fallback',
      listen: { host: '127.0.0.1', port: 9902 },
      latency: { p50: 400_000, p95: 900_000 },
      outputTokens: 120,
      tokenInterval: 12_000,
    });
    expect(config.loads).toEqual([
      {
        name: 'chat',
        arrival: { kind: 'constant-rate', rate: 20, process: 'uniform', duration: 30_000_000 },
        warmup: 5_000_000,
        blocks: 40,
        after: undefined,
        members: [{ scenario: 'chat', weight: 1 }],
      },
    ]);
    expect(config.regression).toMatchObject({ minChange: 0.1, minChangeMs: 10, confidence: 0.99, window: 10 });
    expect(config.regression.metrics.map(({ text }) => text)).toEqual(['p50', 'p95', 'ttft.p95', 'error_rate']);
  });

  it('reads everything that a provider can be told', () => {
    const { config, secrets } = readSound(
      `
version: 1
gateway: {url: "http://127.0.0.1:1"}
providers:
  full:
    listen: 127.0.0.1:0
    ttft: {p50: 100ms, p95: 200ms}
    latency: {p50: 0s, p95: 0s}
    models: [a, b]
    keys: ["\${env.PROVIDER_KEY}", plain]
    limit: {requests: 60, window: 1m, algorithm: token-bucket}
    dimensions: 256
    faults:
      - {name: status, status: 529, share: 5%, from: 10s, until: 20s}
      - {name: cut, after: 25%}
  elsewhere: {url: "http://\${env.PROVIDER_HOST}:9901/base/"}
scenarios: {models: {load: {rate: 1/s}, endpoint: models}}
`,
      { env: { PROVIDER_KEY: 'sk-provider', PROVIDER_HOST: 'provider' }, files: {} },
    );
    expect(config.providers).toEqual([
      {
        kind: 'started',
        name: 'full',
        listen: { host: '127.0.0.1', port: 0 },
        latency: { p50: 0, p95: 0 },
        ttft: { p50: 100_000, p95: 200_000 },
        outputTokens: 120,
        tokenInterval: 12_000,
        models: ['a', 'b'],
        keys: ['sk-provider', 'plain'],
        limit: { requests: 60, window: 60_000_000, algorithm: 'token-bucket' },
        dimensions: 256,
        faults: [
          { name: 'status', status: 529, share: 0.05, from: 10_000_000, until: 20_000_000 },
          { name: 'cut', after: 0.25 },
        ],
      },
      { kind: 'running', name: 'elsewhere', url: 'http://provider:9901/base' },
    ]);
    expect(secrets).toEqual(['sk-provider']);
  });

  it('reads its scenarios', () => {
    const { scenarios } = configOf(PRODUCT, PRODUCT_WORLD);
    const [chat, faq, quota] = scenarios;
    expect(chat).toMatchObject({
      name: 'chat',
      probe: undefined,
      endpoint: { kind: 'chat' },
      stream: true,
      tenants: ['free', 'pro'],
      timeout: 30_000_000,
      expect: {
        status: [200, 429],
        headers: [{ name: 'x-upstream-provider', matcher: { kind: 'present' } }],
        body: [
          { path: 'choices', matcher: { kind: 'nonempty' } },
          { path: 'model', matcher: { kind: 'present' } },
        ],
      },
    });
    expect(chat?.slos.map(({ text }) => text)).toEqual([
      'p95 < 2.5s',
      'ttft.p95 < 800ms',
      'error_rate < 1%',
      'throttled_rate in 0%..10%',
      'provider.share.openai in 40%..60%',
    ]);
    expect(faq?.probe).toEqual({
      kind: 'cache',
      prompts: 20,
      crowd: 20,
      settle: 2_000_000,
      ttl: undefined,
      changes: ['model', 'temperature', 'system', 'stream', 'bypass'],
      otherModel: undefined,
      bypass: [],
    });
    expect(quota).toMatchObject({ probe: { kind: 'rate-limit', limit: 60, window: 60_000_000 }, tenants: ['free'] });
  });

  it.each([
    ['pr', 6_000, 30_000_000, false],
    ['nightly', 60_000, 120_000_000, false],
    ['release', 6_000, 30_000_000, true],
  ])('reads with the profile %s', (profile, requests, duration, requireBaseline) => {
    const config = configOf(PRODUCT, { ...PRODUCT_WORLD, profile });
    expect(config.profile).toBe(profile);
    expect(config.limits.requests).toBe(requests);
    expect(config.loads[0]?.arrival).toMatchObject({ duration });
    expect(config.regression.requireBaseline).toBe(requireBaseline);
  });
});

describe('where values come from', () => {
  const text = MODELS(
    '{rate: 4/s, duration: 10s}',
    'profiles:\n  slow:\n    scenarios:\n      a: {load: {rate: 1/s}}\n',
  );

  it('merges a profile key by key, and says so', () => {
    const config = configOf(text, { profile: 'slow', overrides: { gatewayUrl: 'http://127.0.0.1:9', seed: '7' } });
    expect(config.loads[0]?.arrival).toMatchObject({ rate: 1, duration: 10_000_000 });
    const load = ['scenarios', 'a', 'load'];
    expect(config.originOf([...load, 'rate'])).toMatchObject({ source: 'profile', line: 7 });
    expect(config.originOf([...load, 'duration'])).toMatchObject({ source: 'file', line: 3 });
    expect(config.originOf([...load, 'warmup'])).toMatchObject({ source: 'default', line: 3 });
    expect(config.originOf(['gateway', 'url'])).toMatchObject({ source: 'override', line: undefined });
    expect(config.originOf(['seed']).source).toBe('override');
    expect([config.gateway.url, config.seed]).toEqual(['http://127.0.0.1:9', '7']);
  });

  it('lets null in a profile remove a key, so that one form of load can take the place of another', () => {
    const swap = MODELS('{rate: 4/s}', 'profiles: {users: {scenarios: {a: {load: {rate: null, users: 3}}}}}\n');
    expect(configOf(swap, { profile: 'users' }).loads[0]?.arrival.kind).toBe('constant-users');
    expect(configOf(swap).loads[0]?.arrival.kind).toBe('constant-rate');
  });

  it('takes the pr profile where none is chosen', () => {
    const withPr = MODELS('{rate: 4/s}', 'profiles: {pr: {limits: {requests: 9}}}\n');
    expect(configOf(withPr).limits.requests).toBe(9);
  });

  it('does not ask for the variables of a profile that is not in force', () => {
    const keyed = MODELS(
      '{rate: 4/s}',
      'profiles: {live: {gateway: {url: "${env.LIVE}", headers: {x-key: "${env.KEY}"}}}}\n',
    );
    expect(readIn(keyed).ok).toBe(true);
    expect(readIn(keyed, { profile: 'live' }).ok).toBe(false);
  });

  it('reads no expression in a url from outside', () => {
    const gatewayUrl = 'http://127.0.0.1/${env.X}';
    const { gateway } = configOf(MODELS('{rate: 4/s}'), { overrides: { gatewayUrl } });
    expect(gateway.url).toBe('http://127.0.0.1/$%7Benv.X%7D');
  });

  it('needs no url in the file when one comes from outside, and then no variable for it', () => {
    const bare = MODELS('{rate: 4/s}').replace('"http://127.0.0.1:8080"', '"${env.NOWHERE}"');
    expect(configOf(bare, { overrides: { gatewayUrl: 'http://[::1]:80/x/' } }).gateway.url).toBe('http://[::1]/x');
    const none = MODELS('{rate: 4/s}').replace('gateway: {url: "http://127.0.0.1:8080"}\n', '');
    expect(configOf(none, { overrides: { gatewayUrl: 'http://127.0.0.1:1' } }).gateway.url).toBe('http://127.0.0.1:1');
  });
});

describe('secrets', () => {
  it('are all that came from the environment, but of the URL only its credentials', () => {
    const text = `version: 1
gateway: {url: "\${env.URL}", headers: {x-key: "\${env.KEY}"}}
tenants: {t: {vars: {key: "\${env.VAR}"}, headers: {x-t: "a \${env.HEAD} b"}}}
scenarios:
  a:
    endpoint: chat
    tenants: [t]
    body: {user: "\${env.BODY}"}
    load: {rate: 1/s}
    expect: {body: {model: "\${env.MODEL}"}}
`;
    const env = {
      URL: 'https://me:p%40ss@gw.example/x',
      KEY: 'k-1',
      VAR: 'v-1',
      HEAD: 'h-1',
      BODY: 'b-1',
      MODEL: 'm-1',
    };
    const { secrets, config } = readSound(text, { env });
    const basic = Buffer.from('me:p@ss').toString('base64');
    expect(secrets.toSorted()).toEqual(['k-1', 'v-1', 'h-1', 'b-1', 'm-1', 'p@ss', 'p%40ss', basic].toSorted());
    expect(config.gateway.url).toBe('https://gw.example/x');
    expect(config.gateway.headers[0]).toMatchObject({ name: 'authorization', value: [`Basic ${basic}`] });
    expect(config.tenants[0]).toMatchObject({ vars: { key: 'v-1' }, sources: { key: '${env.VAR}' } });
  });

  it('are not read as templates', () => {
    const { config } = readSound(MODELS('{rate: 1/s}').replace('8080"', '8080", headers: {x-key: "${env.KEY}"}'), {
      env: { KEY: '${uuid}' },
    });
    expect(config.gateway.headers[0]?.value).toEqual(['${uuid}']);
  });
});

describe('loads', () => {
  it.each([
    ['{rate: 600/m}', { kind: 'constant-rate', rate: 10, process: 'uniform', duration: 30_000_000 }],
    [
      '{rate: 2/s, arrivals: poisson, duration: 1m}',
      { kind: 'constant-rate', rate: 2, process: 'poisson', duration: 60_000_000 },
    ],
    [
      '{users: 25, think: 1s..3s}',
      { kind: 'constant-users', users: 25, think: { min: 1_000_000, max: 3_000_000 }, duration: 30_000_000 },
    ],
    ['{users: 2}', { kind: 'constant-users', users: 2, think: { min: 0, max: 0 }, duration: 30_000_000 }],
    [
      '{stages: [{to: 5/s, over: 10s}, {to: 50/s, over: 30s}]}',
      {
        kind: 'ramping-rate',
        stages: [
          { to: 5, over: 10_000_000 },
          { to: 50, over: 30_000_000 },
        ],
        process: 'uniform',
      },
    ],
    [
      '{stages: [{to: 5, over: 0s}, {to: 9, over: 30s}], think: 1s}',
      {
        kind: 'ramping-users',
        stages: [
          { to: 5, over: 0 },
          { to: 9, over: 30_000_000 },
        ],
        think: { min: 1_000_000, max: 1_000_000 },
      },
    ],
    [
      '{steps: {from: 10/s, to: 200/s, by: 10/s, hold: 5s}}',
      { kind: 'steps', from: 10, to: 200, by: 10, hold: 5_000_000 },
    ],
  ])('%s', (load, arrival) => {
    expect(configOf(MODELS(load)).loads[0]?.arrival).toEqual(arrival);
  });

  it.each([
    ['{rate: 3/s, duration: 10s}', { rate: 6, duration: 40_000_000 }],
    ['{users: 3, duration: 10s}', { users: 6, duration: 40_000_000 }],
    ['{stages: [{to: 5/s, over: 10s}]}', { stages: [{ to: 10, over: 40_000_000 }] }],
    [
      '{stages: [{to: 0, over: 1s}, {to: 3, over: 10s}]}',
      {
        stages: [
          { to: 0, over: 4_000_000 },
          { to: 6, over: 40_000_000 },
        ],
      },
    ],
    ['{steps: {from: 1/s, to: 3/s, by: 1/s, hold: 5s}}', { from: 2, to: 6, by: 2, hold: 20_000_000 }],
  ])('scaled by 4 in duration and 2 in rate: %s', (load, scaled) => {
    const text = MODELS(load, 'load_scale: {duration: 4, rate: 2}\n');
    expect(configOf(text).loads[0]?.arrival).toMatchObject(scaled);
    expect(configOf(text).loads[0]?.warmup).toBe(5_000_000);
  });

  const SHARED = `version: 1
gateway: {url: "http://127.0.0.1:8080"}
loads:
  visitors: {users: 25, think: 1s..3s, duration: 30s, warmup: 0s, blocks: 10}
  late: {rate: 2/s, after: faq}
  idle: {rate: 1/s}
scenarios:
  chat: {endpoint: models, load: visitors, weight: 3}
  faq: {endpoint: models, load: visitors}
  last: {endpoint: models, load: late}
  own: {endpoint: models, load: {rate: 1/s}, after: last}
`;

  it('are shared by weight, and wait for the load of a scenario or a load', () => {
    const { config, warnings } = readSound(SHARED);
    expect(config.loads.map(({ name, members, after }) => [name, members, after])).toEqual([
      [
        'visitors',
        [
          { scenario: 'chat', weight: 3 },
          { scenario: 'faq', weight: 1 },
        ],
        undefined,
      ],
      ['late', [{ scenario: 'last', weight: 1 }], 'visitors'],
      ['own', [{ scenario: 'own', weight: 1 }], 'late'],
    ]);
    expect(config.loads[0]).toMatchObject({ warmup: 0, blocks: 10 });
    expect(warnings).toEqual(['gatemark.yml:6: loads.idle: no scenario uses this load']);
  });

  it('count what they wait for when it comes to the end of the run', () => {
    const problems = readIn(`${SHARED}limits: {duration: 1m}\n`);
    expect(problems.ok ? [] : problems.problems.map(({ path, message }) => [path, message])).toEqual([
      ['loads.late', 'ends 1m5s after the start of the run, but limits.duration is 1m'],
      ['scenarios.own.load', 'ends 1m40s after the start of the run, but limits.duration is 1m'],
    ]);
  });
});

describe('expectations', () => {
  const expectationOf = (written: string) =>
    configOf(`version: 1
gateway: {url: "http://127.0.0.1:8080"}
tenants: {t: {vars: {model: m}}}
scenarios:
  a: {endpoint: chat, tenants: [t], body: {}, load: {rate: 1/s}, expect: ${written}}
`).scenarios[0]?.expect;

  it.each([
    ['present', { kind: 'present' }],
    ['absent', { kind: 'absent' }],
    ['nonempty', { kind: 'nonempty' }],
    ['hit', { kind: 'equals', value: { template: ['hit'] } }],
    ['5', { kind: 'equals', value: 5 }],
    ['null', { kind: 'equals', value: null }],
    ['"${tenant.model}"', { kind: 'equals', value: { template: [{ kind: 'tenant', variable: 'model' }] } }],
    ['[hit, miss]', { kind: 'oneOf', values: [{ template: ['hit'] }, { template: ['miss'] }] }],
    ['{not: hit}', { kind: 'not', values: [{ template: ['hit'] }] }],
    ['{not: [hit, 1]}', { kind: 'not', values: [{ template: ['hit'] }, 1] }],
    ['{matches: "^gpt-"}', { kind: 'matches', pattern: '^gpt-' }],
    ['{equals: present}', { kind: 'equals', value: { template: ['present'] } }],
    ['{equals: {a: [1]}}', { kind: 'equals', value: { object: [['a', { array: [1] }]] } }],
  ])('%s', (written, matcher) => {
    expect(expectationOf(`{headers: {X-Cache: ${written}}, body: {a.0.b: ${written}}}`)).toEqual({
      status: [200],
      headers: [{ name: 'x-cache', matcher }],
      body: [{ path: 'a.0.b', matcher }],
    });
  });

  it('of one status, and of no doubled one', () => {
    expect(expectationOf('{status: 201}')?.status).toEqual([201]);
    expect(expectationOf('{status: [200, 429, 200]}')?.status).toEqual([200, 429]);
  });
});

describe('the pairs of a semantic-cache probe', () => {
  const pairsOf = (keys: string, files = {}) => {
    const { scenarios } = configOf(
      `version: 1
gateway: {url: "http://127.0.0.1:8080"}
scenarios: {a: {probe: semantic-cache, endpoint: chat, body: {q: "\${prompt} \${nonce}"}${keys}}}
`,
      { files },
    );
    const probe = scenarios[0]?.probe;
    return probe?.kind === 'semantic-cache' ? probe.pairs : [];
  };
  const b = { topic: undefined, prompt: 'a', paraphrase: 'b', nearMiss: undefined };

  it('are ours, from several topics, unless they are given', () => {
    const pairs = pairsOf('');
    expect(new Set(pairs.map(({ topic }) => topic)).size).toBeGreaterThan(4);
    const texts = pairs.flatMap(({ prompt, paraphrase, nearMiss }) => [prompt, paraphrase, nearMiss]);
    expect(new Set(texts).size).toBe(3 * pairs.length);
  });

  it('are a list', () => {
    expect(pairsOf(', pairs: [{prompt: a, paraphrase: b}, {topic: t, prompt: c, near_miss: "${nonce}"}]')).toEqual([
      b,
      { topic: 't', prompt: 'c', paraphrase: undefined, nearMiss: '${nonce}' },
    ]);
  });

  it('are a file', () => {
    const files = { 'pairs.jsonl': '\uFEFF{"prompt": "a", "paraphrase": "b"}\r\n\r\n' };
    expect(pairsOf(', pairs: {file: pairs.jsonl}', files)).toEqual([b]);
  });
});

describe('an isolation probe', () => {
  const warningsOf = (body: string) =>
    readSound(`version: 1
gateway: {url: "http://127.0.0.1:8080"}
tenants: {t: {vars: {model: small, plan: x}}, u: {vars: {model: large, plan: x}}}
scenarios:
  a: {probe: isolation, endpoint: chat, tenants: [t, u], body: {q: "\${nonce} ${body}"}}
`).warnings;
  it.each([
    ['a variable that differs', '${tenant.model}', 1],
    ['the id', '${ tenant.id }', 1],
    ['a variable that is the same', '${tenant.plan}', 0],
    ['an escaped expression', '$${tenant.model}', 0],
  ])('warns of bodies that differ by %s', (_, body, count) => {
    expect(warningsOf(body).filter((line) => line.includes('answers that they share would not be seen'))).toHaveLength(
      count,
    );
  });
});

describe('what is sound', () => {
  it.each([
    ['the id of a tenant, no variable of its own', 'tenants: [t], body: {user: "${tenant.id}"}, load: {rate: 1/s}'],
    [
      'an SLO of streams for a probe, which streams as it pleases',
      'body: {q: "${nonce}"}, probe: stream, slo: [ttft.p95 < 1s]',
    ],
    ['an SLO of a probe for a probe', 'body: {q: "${nonce}"}, probe: cache, slo: [cache.false_hits == 0]'],
    ['a knee with steps', 'body: {}, load: {steps: {from: 1/s, to: 2/s, by: 1/s, hold: 1s}}, slo: [knee >= 1/s]'],
    ['an SLO of a tenant', 'tenant: t, body: {}, load: {rate: 1/s}, slo: [tenant(t).p95 < 1s]'],
    ['the nonce in an expectation', 'body: {q: "${nonce}"}, load: {rate: 1/s}, expect: {body: {echo: "${nonce}"}}'],
  ])('%s', (_, scenario) => {
    const text = `version: 1
gateway: {url: "http://127.0.0.1:8080"}
tenants: {t: {}}
scenarios:
  a: {endpoint: chat, ${scenario}}
`;
    const result = readIn(text);
    expect(result.ok ? '' : formatProblems(result.problems)).toBe('');
  });
});

describe('data files', () => {
  const listOf = (entry: string, file: string) =>
    configOf(MODELS('{rate: 1/s}', `data: {x: ${entry}}\n`), { files: { 'x.file': file } }).lists.x;

  it.each([
    ['lines of a text, blank ones left out', '{file: x.file}', '\uFEFFone\r\n\n two \n', ['one', ' two ']],
    ['a field of JSONL', '{file: x.file, field: q}', '{"q": "one"}\n\n{"q": 2, "r": 1}\n', ['one', '2']],
    ['expressions stay text', '{file: x.file}', '${uuid}\n', ['${uuid}']],
    ['an inline list', '[one, 2, true]', '', ['one', '2', 'true']],
  ])('%s', (_, entry, file, texts) => {
    expect(listOf(entry, file)).toEqual(texts);
  });
});

describe('a gateway', () => {
  it('may bring its own certificate authority, dialect and timeout', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
    const text = MODELS('{rate: 1/s}').replace(
      '8080"',
      '8080", ca: {file: ca.pem}, timeout: 2s, dialect: {base: kong, request_id: [{header: X-Id}]}',
    );
    const config = configOf(text, { files: { 'ca.pem': pem } });
    expect(config.gateway.ca).toBe(pem);
    expect(config.gateway.dialect).toEqual({ base: 'kong', request_id: [{ header: 'X-Id' }] });
    expect(config.scenarios[0]?.timeout).toBe(2_000_000);
  });
});
