import { PROBE_SUBJECTS } from '../../src/config/slo-subject.ts';
import { DIALECT_NAMES } from '../../src/dialects/resolve-dialect.ts';

/** A world around a configuration; everything is absent unless given. */
export interface World {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly profile?: string;
  readonly overrides?: { readonly gatewayUrl?: string; readonly seed?: string };
}

/** A broken configuration, and every problem that is to be reported, in order. */
export interface BrokenConfig {
  readonly name: string;
  readonly text: string;
  readonly world?: World;
  readonly problems: readonly (readonly [
    line: number | undefined,
    path: string,
    message: string,
    received: string | undefined,
    allowed: string | undefined,
    file?: string,
  ])[];
}

/** A scenario `a` that calls chat; its load and all else from line 7 on are the case's own. */
const CHAT = (lines: readonly string[]): string => `version: 1
gateway: {url: "http://127.0.0.1:8080"}
scenarios:
  a:
    endpoint: chat
    body: {messages: []}
${lines.map((line) => `    ${line}`).join('\n')}
`;
/** A sound file, and from line 4 on the case's own. */
const TOP = (lines: readonly string[]): string => `version: 1
gateway: {url: "http://127.0.0.1:8080"}
scenarios: {a: {endpoint: models, load: {rate: 1/s}}}
${lines.join('\n')}
`;
const SEMANTIC = (line: string): string =>
  CHAT(['probe: semantic-cache', line]).replace('messages: []', () => 'q: "${prompt} ${nonce}"');
const PAIR_LABELS = 'paraphrase, near_miss, or both';
const LOAD = (load: string): string => CHAT([`load: ${load}`]);
const WITH = (...lines: readonly string[]): string => CHAT(['load: {rate: 1/s}', ...lines]);

export const BROKEN_CONFIGS: readonly BrokenConfig[] = [
  {
    name: 'an empty file',
    text: '',
    problems: [[undefined, '', 'the file is empty', undefined, 'version, gateway, scenarios and more']],
  },
  {
    name: 'a file that is a list',
    text: '- version: 1\n',
    problems: [[1, '', 'must be a map of keys and values', '[{"version":1}]', 'version, gateway, scenarios and more']],
  },
  {
    name: 'broken YAML',
    text: 'version: 1\ngateway: {url: "http://127.0.0.1\n',
    problems: [
      [3, '', 'is not valid YAML: missing closing "quote', undefined, undefined],
      [
        3,
        '',
        'is not valid YAML: flow map in block collection must be sufficiently indented and end with a }',
        undefined,
        undefined,
      ],
    ],
  },
  {
    name: 'bad indentation',
    text: 'version: 1\ngateway:\n  url: x\n dialect: generic\n',
    problems: [
      [4, '', 'is not valid YAML: all mapping items must start at the same column', 'dialect: generic', undefined],
    ],
  },
  {
    name: 'an unknown alias',
    text: 'version: 1\ngateway: *missing\n',
    problems: [
      [
        2,
        '',
        'is not valid YAML: unresolved alias (the anchor must be set before the alias): missing',
        '*missing',
        undefined,
      ],
    ],
  },
  {
    name: 'a key given twice',
    text: TOP(['limits:', '  requests: 5', '  requests: 6']),
    problems: [[6, '', 'the key "requests" is given twice', 'requests: 6', undefined]],
  },
  {
    name: 'no version, gateway or scenarios',
    text: 'limits: {requests: 5}\n',
    problems: [
      [1, 'version', 'is required', undefined, '1'],
      [
        1,
        'gateway.url',
        'is required',
        undefined,
        'an absolute URL such as https://gateway.example:8443/v1, here or as the gateway-url input',
      ],
      [1, 'scenarios', 'is required', undefined, 'at least one scenario, by name'],
    ],
  },
  {
    name: 'another version',
    text: TOP([]).replace('version: 1', 'version: 2'),
    problems: [[1, 'version', 'is not a version of this format', '2', '1']],
  },
  {
    name: 'an unknown key at the top',
    text: TOP(['limit: {requests: 5}']),
    problems: [
      [
        4,
        'limit',
        'unknown key "limit"; did you mean "limits"?',
        '{"requests":5}',
        'version, gateway, limits, seed, data, tenants, providers, loads, scenarios, regression, fleet, load_scale, profiles',
      ],
    ],
  },
  {
    name: 'an unknown key deep down',
    text: TOP(['limits:', '  abort: {error_rat: 50%, for: 5s}']),
    problems: [
      [5, 'limits.abort.error_rate', 'is required', undefined, 'from 1% to 100%'],
      [5, 'limits.abort.error_rat', 'unknown key "error_rat"; did you mean "error_rate"?', '"50%"', 'error_rate, for'],
    ],
  },
  {
    name: 'a section that is no map',
    text: TOP(['limits: 6000']),
    problems: [
      [4, 'limits', 'must be a map of keys and values', '6000', 'requests, duration, concurrency, tokens, abort'],
    ],
  },
  {
    name: 'wrong types of limits',
    text: TOP(['limits:', '  requests: many', '  concurrency: 0', '  tokens: 1.5', '  duration: 30']),
    problems: [
      [5, 'limits.requests', 'must be a number', '"many"', undefined],
      [6, 'limits.concurrency', 'is too small', '0', 'at least 1'],
      [7, 'limits.tokens', 'must be a whole number', '1.5', undefined],
      [
        8,
        'limits.duration',
        'is not a duration',
        '30',
        'a number with its unit, such as 300ms, 2.5s, 4m or 1h, more than 0',
      ],
    ],
  },
  {
    name: 'an empty map of scenarios',
    text: 'version: 1\ngateway: {url: "http://127.0.0.1:8080"}\nscenarios: {}\n',
    problems: [[3, 'scenarios', 'must not be empty', '{}', 'at least one entry']],
  },
  {
    name: 'a scenario name that is none',
    text: TOP([]).replace('a: {end', '"a b": {end'),
    problems: [
      [3, 'scenarios.a b', 'is not a name', '"a b"', 'letters, digits, "_" and "-", at most 64, not starting with "-"'],
    ],
  },
  {
    name: 'a URL that is none',
    text: TOP([]).replace('"http://127.0.0.1:8080"', 'localhost'),
    problems: [
      [2, 'gateway.url', 'is not a URL', '"localhost"', 'an absolute URL such as https://gateway.example:8443/v1'],
    ],
  },
  {
    name: 'a URL of another scheme',
    text: TOP([]).replace('http:', 'ftp:'),
    problems: [
      [
        2,
        'gateway.url',
        'is not an http(s) URL',
        '"ftp://127.0.0.1:8080"',
        'an absolute URL such as https://gateway.example:8443/v1',
      ],
    ],
  },
  {
    name: 'a URL with a query and credentials',
    text: TOP([]).replace(':8080', ':8080?key=abc').replace('127', 'me:pw@127'),
    problems: [
      [
        2,
        'gateway.url',
        'has a query or fragment, which would be lost behind the path of an endpoint',
        '"http://***@127.0.0.1:8080?***"',
        'an absolute URL such as https://gateway.example:8443/v1; a query belongs into endpoint: {method, path}',
      ],
    ],
  },
  {
    name: 'a URL from outside that is none',
    text: TOP([]),
    world: { overrides: { gatewayUrl: 'nowhere' } },
    problems: [
      [
        undefined,
        'gateway.url',
        'is not a URL',
        '"nowhere"',
        'an absolute URL such as https://gateway.example:8443/v1',
      ],
    ],
  },
  {
    name: 'an environment variable that is not set',
    text: TOP([]).replace('"http://127.0.0.1:8080"', '"${env.NOWHERE}/v1"'),
    problems: [[2, 'gateway.url', 'the environment variable NOWHERE is not set', '${env.NOWHERE}', undefined]],
  },
  {
    name: 'an expression in the URL',
    text: TOP([]).replace(':8080', ':8080/${uuid}'),
    problems: [
      [2, 'gateway.url', 'only ${env.NAME} can stand here', '"http://127.0.0.1:8080/${uuid}"', 'text and ${env.NAME}'],
    ],
  },
  {
    name: 'an unknown dialect',
    text: TOP([]).replace('8080"', '8080", dialect: lightllm'),
    problems: [[2, 'gateway.dialect', 'no dialect is called lightllm', '"lightllm"', DIALECT_NAMES.join(', ')]],
  },
  {
    name: 'an unknown base of a dialect',
    text: TOP([]).replace('8080"', '8080", dialect: {base: nginx}'),
    problems: [[2, 'gateway.dialect.base', 'no dialect is called nginx', '"nginx"', DIALECT_NAMES.join(', ')]],
  },
  {
    name: 'a dialect with a cache status that is none',
    text: TOP([]).replace('8080"', '8080", dialect: {cache: {values: {HIT: warm}}}'),
    problems: [
      [2, 'gateway.dialect.cache.values.HIT', 'is not one of the allowed values', '"warm"', 'hit, miss or bypass'],
    ],
  },
  {
    name: 'a dialect with a header without a name',
    text: TOP([]).replace('8080"', '8080", dialect: {provider: [{header: ""}]}'),
    problems: [[2, 'gateway.dialect.provider[0].header', 'must be text', '""', 'text that is not empty']],
  },
  {
    name: 'a limit with two gaps in the name of its header',
    text: TOP([]).replace('8080"', '8080", dialect: {limits: [{of: requests, limit: x-*-*}]}'),
    problems: [
      [
        2,
        'gateway.dialect.limits[0].limit',
        'is not the name of a header',
        '"x-*-*"',
        'letters, digits, "_" and "-", with at most one "*" behind the first of them',
      ],
    ],
  },
  {
    name: 'a dialect with a format that is none',
    text: TOP([]).replace('8080"', '8080", dialect: {retry_after: [{header: x-wait, format: minutes}]}'),
    problems: [
      [
        2,
        'gateway.dialect.retry_after[0].format',
        'is not one of the allowed values',
        '"minutes"',
        'seconds, millis, epoch, http-date, go-duration, rfc3339 or any',
      ],
    ],
  },
  {
    name: 'a certificate that cannot be read',
    text: TOP([]).replace('8080"', '8080", ca: {file: ca.pem}'),
    problems: [[2, 'gateway.ca.file', 'the file cannot be read', '"ca.pem"', undefined]],
  },
  {
    name: 'a certificate that is none',
    text: TOP([]).replace('8080"', '8080", ca: {file: ca.pem}'),
    world: { files: { 'ca.pem': 'hello' } },
    problems: [
      [
        2,
        'gateway.ca.file',
        'the file holds no PEM certificate',
        '"ca.pem"',
        'a file with -----BEGIN CERTIFICATE-----',
      ],
    ],
  },
  {
    name: 'headers that cannot be sent',
    text: WITH('headers:', '  host: example.org', '  "x y": 1', '  x-list: [1]', '  X-A: 1', '  x-a: 2'),
    problems: [
      [
        9,
        'scenarios.a.headers.host',
        "the header host is the transport's own and cannot be set",
        '"example.org"',
        undefined,
      ],
      [
        10,
        'scenarios.a.headers.x y',
        'is not the name of a header',
        '"x y"',
        'letters, digits and the signs of an HTTP token',
      ],
      [11, 'scenarios.a.headers.x-list', 'must be text, a number, true or false', '[1]', 'a single value'],
      [13, 'scenarios.a.headers.x-a', 'the header x-a is given twice, in different case', '2', undefined],
    ],
  },
  {
    name: 'a secret with a line break',
    text: TOP([]).replace('8080"', '8080", headers: {authorization: "Bearer ${env.KEY}"}'),
    world: { env: { KEY: 'sk-1\n' } },
    problems: [
      [
        2,
        'gateway.headers.authorization',
        'has a line break or another character that no header can carry',
        undefined,
        'one line of printable text; check the end of the secret',
      ],
    ],
  },
  {
    name: 'no load',
    text: CHAT([]),
    problems: [
      [4, 'scenarios.a.load', 'is required', undefined, 'the name of a load under loads or a map of keys and values'],
    ],
  },
  {
    name: 'a load of no form',
    text: LOAD('{duration: 5s}'),
    problems: [
      [
        7,
        'scenarios.a.load',
        'does not say how requests arrive',
        '{"duration":"5s"}',
        'exactly one of rate, users, stages or steps',
      ],
    ],
  },
  {
    name: 'a load of two forms',
    text: LOAD('{rate: 5/s, users: 3}'),
    problems: [
      [
        7,
        'scenarios.a.load',
        'has rate and users',
        '{"rate":"5/s","users":3}',
        'exactly one of rate, users, stages or steps',
      ],
    ],
  },
  {
    name: 'a rate without unit',
    text: LOAD('{rate: 20}'),
    problems: [
      [7, 'scenarios.a.load.rate', 'is not a rate', '20', 'a number with its unit, more than 0, such as 20/s or 600/m'],
    ],
  },
  {
    name: 'a rate that is none',
    text: LOAD('{rate: fast}'),
    problems: [
      [
        7,
        'scenarios.a.load.rate',
        'is not a rate',
        '"fast"',
        'a number with its unit, more than 0, such as 20/s or 600/m',
      ],
    ],
  },
  {
    name: 'a duration without unit',
    text: LOAD('{rate: 20/s, duration: 30}'),
    problems: [
      [
        7,
        'scenarios.a.load.duration',
        'is not a duration',
        '30',
        'a number with its unit, such as 300ms, 2.5s, 4m or 1h, more than 0',
      ],
    ],
  },
  {
    name: 'a duration of nothing',
    text: LOAD('{rate: 20/s, duration: 0s}'),
    problems: [
      [
        7,
        'scenarios.a.load.duration',
        'is not a duration',
        '"0s"',
        'a number with its unit, such as 300ms, 2.5s, 4m or 1h, more than 0',
      ],
    ],
  },
  {
    name: 'users that are none',
    text: LOAD('{users: 2.5}'),
    problems: [[7, 'scenarios.a.load.users', 'must be a whole number', '2.5', undefined]],
  },
  {
    name: 'think time that runs backward',
    text: LOAD('{users: 2, think: 3s..1s}'),
    problems: [
      [
        7,
        'scenarios.a.load.think',
        'is not a duration or a range of durations',
        '"3s..1s"',
        'such as 2s or 1s..3s, the shorter one first',
      ],
    ],
  },
  {
    name: 'think time with a rate',
    text: LOAD('{rate: 20/s, think: 1s}'),
    problems: [
      [7, 'scenarios.a.load.think', 'think does not go with rate', '"1s"', 'think goes with users and stages'],
    ],
  },
  {
    name: 'arrivals with users',
    text: LOAD('{users: 2, arrivals: poisson}'),
    problems: [
      [
        7,
        'scenarios.a.load.arrivals',
        'arrivals does not go with users',
        '"poisson"',
        'arrivals goes with rate and stages',
      ],
    ],
  },
  {
    name: 'arrivals of an unknown process',
    text: LOAD('{rate: 2/s, arrivals: poison}'),
    problems: [
      [
        7,
        'scenarios.a.load.arrivals',
        'is not one of the allowed values; did you mean "poisson"?',
        '"poison"',
        'uniform or poisson',
      ],
    ],
  },
  {
    name: 'a duration with stages',
    text: LOAD('{stages: [{to: 5/s, over: 5s}], duration: 5s}'),
    problems: [
      [7, 'scenarios.a.load.duration', 'duration does not go with stages', '"5s"', 'duration goes with rate and users'],
    ],
  },
  {
    name: 'no stages',
    text: LOAD('{stages: []}'),
    problems: [[7, 'scenarios.a.load.stages', 'must not be empty', '[]', 'at least 1 entry']],
  },
  {
    name: 'stages of rates and users',
    text: LOAD('{stages: [{to: 5/s, over: 5s}, {to: 5, over: 5s}]}'),
    problems: [
      [
        7,
        'scenarios.a.load.stages',
        'mixes rates and users',
        '[{"to":"5/s","over":"5s"},{"to":5,"over":"5s"}]',
        'all rates, or all numbers of users',
      ],
    ],
  },
  {
    name: 'a stage without length',
    text: LOAD('{stages: [{to: 5/s}]}'),
    problems: [
      [
        7,
        'scenarios.a.load.stages[0].over',
        'is required',
        undefined,
        'a number with its unit, such as 300ms, 2.5s, 4m or 1h',
      ],
    ],
  },
  {
    name: 'stages that stay at 0',
    text: LOAD('{stages: [{to: 0/s, over: 5s}]}'),
    problems: [
      [
        7,
        'scenarios.a.load.stages',
        'never leaves 0',
        '[{"to":"0/s","over":"5s"}]',
        'at least one stage to a level above 0',
      ],
    ],
  },
  {
    name: 'steps that go down',
    text: LOAD('{steps: {from: 20/s, to: 10/s, by: 1/s, hold: 1s}}'),
    problems: [
      [
        7,
        'scenarios.a.load.steps',
        'goes down',
        '{"from":"20/s","to":"10/s","by":"1/s","hold":"1s"}',
        'from at most to',
      ],
    ],
  },
  {
    name: 'steps without end',
    text: LOAD('{steps: {from: 1/s, to: 1000/s, by: 1/s, hold: 1s}}'),
    problems: [
      [
        7,
        'scenarios.a.load.steps',
        'has 1000 steps',
        '{"from":"1/s","to":"1000/s","by":"1/s","hold":"1s"}',
        'at most 200',
      ],
    ],
  },
  {
    name: 'blocks of steps',
    text: LOAD('{steps: {from: 1/s, to: 2/s, by: 1/s, hold: 1s}, blocks: 4}'),
    problems: [
      [
        7,
        'scenarios.a.load.blocks',
        'blocks does not go with steps',
        '4',
        'blocks goes with rate and users and stages',
      ],
    ],
  },
  {
    name: 'more users than the run may have in flight',
    text: LOAD('{users: 101}'),
    problems: [
      [
        7,
        'scenarios.a.load',
        'has 101 users, but limits.concurrency is 100',
        '{"users":101}',
        'at most 100 users, or a higher limits.concurrency',
      ],
    ],
  },
  {
    name: 'a load that outlasts the run',
    text: LOAD('{rate: 1/s, duration: 10m}'),
    problems: [
      [
        7,
        'scenarios.a.load',
        'ends 10m5s after the start of the run, but limits.duration is 5m',
        '{"rate":"1/s","duration":"10m"}',
        'an end within 5m, or a longer limits.duration',
      ],
    ],
  },
  {
    name: 'an unknown load',
    text: `${CHAT(['load: vistors'])}loads: {visitors: {rate: 1/s}}\n`,
    problems: [
      [
        7,
        'scenarios.a.load',
        'there is no load "vistors"; did you mean "visitors"?',
        '"vistors"',
        'visitors, or a map of its own',
      ],
    ],
  },
  {
    name: 'a weight without a shared load',
    text: WITH('weight: 2'),
    problems: [
      [
        8,
        'scenarios.a.weight',
        'weight divides a load under loads, and this scenario has one of its own',
        '2',
        'load: the name of a load',
      ],
    ],
  },
  {
    name: 'after inside a shared load',
    text: `${CHAT(['load: both', 'after: a'])}loads: {both: {rate: 1/s}}\n`,
    problems: [[8, 'scenarios.a.after', 'after belongs to the load that scenarios share', '"a"', 'loads.both.after']],
  },
  {
    name: 'a load by the name of a scenario',
    text: `${WITH()}  b: {endpoint: models, load: a}\nloads: {a: {rate: 1/s}}\n`,
    problems: [[9, 'loads.a', 'the scenario "a" has a load of its own by this name', '{"rate":"1/s"}', 'another name']],
  },
  {
    name: 'after an unknown scenario',
    text: WITH('after: b'),
    problems: [[8, 'scenarios.a.after', 'there is no scenario or load "b"', '"b"', 'another scenario or load']],
  },
  {
    name: 'after itself, around a corner',
    text: `${WITH('after: b')}  b: {endpoint: models, load: {rate: 1/s}, after: a}\n`,
    problems: [[8, 'scenarios.a.after', 'waits for itself: a → b → a', '"b"', 'an order without a circle']],
  },
  {
    name: 'after a load that nobody uses',
    text: `${WITH('after: idle')}loads: {idle: {rate: 1/s}}\n`,
    problems: [
      [8, 'scenarios.a.after', 'the load "idle" never starts, for no scenario uses it', '"idle"', 'a load in use'],
    ],
  },
  {
    name: 'after a probe',
    text: `${WITH('after: p')}  p: {probe: stream, endpoint: chat, body: {q: "\${nonce}"}}\n`,
    problems: [[8, 'scenarios.a.after', '"p" is a probe, and a probe runs alone', '"p"', 'another scenario or load']],
  },
  {
    name: 'no endpoint',
    text: CHAT(['load: {rate: 1/s}']).replace('    endpoint: chat\n', ''),
    problems: [
      [
        4,
        'scenarios.a.endpoint',
        'is required',
        undefined,
        'chat, responses, messages, embeddings, models or a map of keys and values',
      ],
    ],
  },
  {
    name: 'an unknown endpoint',
    text: WITH().replace('endpoint: chat', 'endpoint: chats'),
    problems: [
      [
        5,
        'scenarios.a.endpoint',
        'is none of what is allowed here; did you mean "chat"?',
        '"chats"',
        'chat, responses, messages, embeddings, models or a map of keys and values',
      ],
    ],
  },
  {
    name: 'an endpoint without a path',
    text: WITH().replace('endpoint: chat', 'endpoint: {method: GET}'),
    problems: [[5, 'scenarios.a.endpoint.path', 'is required', undefined, 'text that is not empty']],
  },
  {
    name: 'an endpoint with bad parts',
    text: WITH().replace('endpoint: chat', 'endpoint: {method: "G T", path: "a b"}'),
    problems: [
      [5, 'scenarios.a.endpoint.path', 'does not start with a slash', '"a b"', 'a path such as /v1/rerank'],
      [
        5,
        'scenarios.a.endpoint.path',
        'has a character that no path can carry',
        '"a b"',
        'a percent-encoded path, without a fragment',
      ],
      [5, 'scenarios.a.endpoint.method', 'is not a method', '"G T"', 'GET, POST, PUT, PATCH, DELETE and the like'],
    ],
  },
  {
    name: 'no body',
    text: CHAT(['load: {rate: 1/s}']).replace('    body: {messages: []}\n', ''),
    problems: [[4, 'scenarios.a.body', 'is required', undefined, 'the JSON body of chat']],
  },
  {
    name: 'a body with a GET',
    text: WITH().replace('endpoint: chat', 'endpoint: models'),
    problems: [[6, 'scenarios.a.body', 'a GET has no body', '{"messages":[]}', 'no body']],
  },
  {
    name: 'a stream of what is not streamed',
    text: WITH('stream: true').replace('endpoint: chat', 'endpoint: embeddings'),
    problems: [
      [8, 'scenarios.a.stream', 'embeddings is not streamed', 'true', 'true with chat, responses or messages'],
    ],
  },
  {
    name: 'a body that streams on its own',
    text: CHAT(['load: {rate: 1/s}']).replace('messages: []', 'stream: true'),
    problems: [
      [
        6,
        'scenarios.a.body.stream',
        'asks for a stream that the scenario does not expect',
        'true',
        'stream: true of the scenario itself',
      ],
    ],
  },
  {
    name: 'a tenant that is not there',
    text: `${WITH('tenants: [fre]')}tenants: {free: {vars: {a: 1}}}\n`,
    problems: [[8, 'scenarios.a.tenants[0]', 'there is no tenant "fre"; did you mean "free"?', '"fre"', 'free']],
  },
  {
    name: 'tenant and tenants',
    text: `${WITH('tenants: [free]', 'tenant: free')}tenants: {free: {vars: {a: 1}}}\n`,
    problems: [[9, 'scenarios.a.tenant', 'has both tenant and tenants', '"free"', 'one of them']],
  },
  {
    name: 'no tenants in the list',
    text: WITH('tenants: []'),
    problems: [[8, 'scenarios.a.tenants', 'must not be empty', '[]', 'at least 1 entry']],
  },
  {
    name: 'a variable that one tenant lacks',
    text:
      CHAT(['load: {rate: 1/s}', 'tenants: [free, pro]']).replace('messages: []', 'model: "${tenant.model}"') +
      'tenants: {free: {vars: {model: x}}, pro: {vars: {modell: y}}}\n',
    problems: [
      [
        6,
        'scenarios.a.body.model',
        'the tenant "pro" has no variable "model"; did you mean "modell"?',
        '${tenant.model}',
        '${tenant.id}, ${tenant.modell}',
      ],
    ],
  },
  {
    name: 'a variable without tenants',
    text: CHAT(['load: {rate: 1/s}']).replace('messages: []', 'model: "${tenant.model}"'),
    problems: [
      [6, 'scenarios.a.body.model', 'the scenario "a" has no tenants', '${tenant.model}', 'a scenario with tenants'],
    ],
  },
  {
    name: 'a variable in a header of the gateway',
    text: TOP([]).replace('8080"', '8080", headers: {x-tenant: "${tenant.id}"}'),
    problems: [
      [2, 'gateway.headers.x-tenant', 'the scenario "a" has no tenants', '${tenant.id}', 'a scenario with tenants'],
    ],
  },
  {
    name: 'a variable called id',
    text: `${WITH('tenants: [free]')}tenants: {free: {vars: {id: 1}}}\n`,
    problems: [[9, 'tenants.free.vars.id', 'the variable id is the name of the tenant itself', '1', 'any other name']],
  },
  {
    name: 'a list that is not there',
    text: `${CHAT(['load: {rate: 1/s}']).replace('messages: []', 'q: ["${pick question}"]')}data: {questions: [a]}\n`,
    problems: [
      [
        6,
        'scenarios.a.body.q[0]',
        'there is no list "question" under data; did you mean "questions"?',
        '${pick question}',
        'questions',
      ],
    ],
  },
  {
    name: 'an unknown expression',
    text: CHAT(['load: {rate: 1/s}']).replace('messages: []', 'q: "${uid}"'),
    problems: [
      [
        6,
        'scenarios.a.body.q',
        'unknown expression "uid"; did you mean uuid?',
        '${uid}',
        '${env.NAME}, ${uuid}, ${nonce}, ${seq}, ${pick LIST}, ${int A B}, ${text N}, ${tenant.id} or ${tenant.VARIABLE}; ${prompt} for the semantic-cache probe; $${ for a literal ${',
      ],
    ],
  },
  {
    name: 'an expression without end',
    text: CHAT(['load: {rate: 1/s}']).replace('messages: []', 'q: "${uuid"'),
    problems: [[6, 'scenarios.a.body.q', 'this ${ has no closing }', '${uuid', '$${ for a literal ${']],
  },
  {
    name: 'int the wrong way round',
    text: CHAT(['load: {rate: 1/s}']).replace('messages: []', 'q: "${int 9 1}"'),
    problems: [
      [6, 'scenarios.a.body.q', 'int goes from 9 down to 1', '${int 9 1}', '${int A B} with whole numbers A <= B'],
    ],
  },
  {
    name: 'a body that JSON cannot say',
    text: CHAT(['load: {rate: 1/s}']).replace('messages: []', 'q: .nan'),
    problems: [
      [6, 'scenarios.a.body.q', 'has no place in JSON', 'NaN', 'text, number, true, false, null, list or map'],
    ],
  },
  {
    name: 'an empty list of data',
    text: TOP(['data: {questions: []}']),
    problems: [[4, 'data.questions', 'must not be empty', '[]', 'at least one text']],
  },
  {
    name: 'data that is neither list nor file',
    text: TOP(['data: {questions: 5}']),
    problems: [[4, 'data.questions', 'is neither a list of texts nor a file', '5', 'a list, {file} or {file, field}']],
  },
  {
    name: 'a data file that is not there',
    text: TOP(['data: {docs: {file: docs.txt}}']),
    problems: [
      [4, 'data.docs.file', 'the file cannot be read', '"docs.txt"', 'a path relative to the configuration file'],
    ],
  },
  {
    name: 'a data file without a text',
    text: TOP(['data: {docs: {file: docs.txt}}']),
    world: { files: { 'docs.txt': '\n\n' } },
    problems: [[4, 'data.docs.file', 'the file holds no text', '"docs.txt"', 'at least one line']],
  },
  {
    name: 'bad lines of JSONL',
    text: TOP(['data: {docs: {file: docs.jsonl, field: text}}']),
    world: { files: { 'docs.jsonl': '{"text": "a"}\nnot json\n\n{"txt": "b"}\n[1]\n{"text": false}\n' } },
    problems: [
      [2, 'data.docs', 'is not JSON', '"not json"', 'one JSON object a line, with text in "text"', 'docs.jsonl'],
      [
        4,
        'data.docs',
        'has no field "text"',
        '"{\\"txt\\": \\"b\\"}"',
        'one JSON object a line, with text in "text"',
        'docs.jsonl',
      ],
      [5, 'data.docs', 'is not a JSON object', '"[1]"', 'one JSON object a line, with text in "text"', 'docs.jsonl'],
      [
        6,
        'data.docs',
        'the field "text" is not a text',
        '"{\\"text\\": false}"',
        'one JSON object a line, with text in "text"',
        'docs.jsonl',
      ],
    ],
  },
  {
    name: 'a whole file of the wrong kind',
    text: TOP(['data: {docs: {file: docs.jsonl, field: text}}']),
    world: { files: { 'docs.jsonl': 'a\n'.repeat(9) } },
    problems: [
      [1, 'data.docs', 'is not JSON', '"a"', 'one JSON object a line, with text in "text"', 'docs.jsonl'],
      [2, 'data.docs', 'is not JSON', '"a"', 'one JSON object a line, with text in "text"', 'docs.jsonl'],
      [3, 'data.docs', 'is not JSON', '"a"', 'one JSON object a line, with text in "text"', 'docs.jsonl'],
      [4, 'data.docs', 'is not JSON', '"a"', 'one JSON object a line, with text in "text"', 'docs.jsonl'],
      [5, 'data.docs', 'is not JSON', '"a"', 'one JSON object a line, with text in "text"', 'docs.jsonl'],
      [6, 'data.docs', '4 more lines of this file have problems', undefined, undefined, 'docs.jsonl'],
    ],
  },
  {
    name: 'a list with an entry that is no text',
    text: TOP(['data: {questions: [a, [b]]}']),
    problems: [[4, 'data.questions[1]', 'must be text', '["b"]', 'text or a number']],
  },
  {
    name: 'SLOs that are no sentences',
    text: WITH('slo:', '  - p95', '  - p95 < 2', '  - p95 ~ 2s', '  - latency < 2s', '  - 5'),
    problems: [
      [9, 'scenarios.a.slo[0]', 'p95 has no limit', '"p95"', '< <= > >= == != or in LOW..HIGH, such as p95 < 800ms'],
      [
        10,
        'scenarios.a.slo[1]',
        'p95 needs a duration such as 800ms, not "2"',
        '"p95 < 2"',
        'a sentence such as "p95 < 2.5s" or "error_rate < 1%"',
      ],
      [11, 'scenarios.a.slo[2]', '"~" is no comparison', '"p95 ~ 2s"', '< <= > >= == != or in LOW..HIGH'],
      [
        12,
        'scenarios.a.slo[3]',
        'unknown subject "latency"',
        '"latency < 2s"',
        `p50 p90 p95 p99 p99.9 max, also behind ttft. itl. tpot. overhead. overhead.ttft. hit. miss., throughput, goodput, tokens_per_second, knee, error_rate, throttled_rate, dropped_rate, cache.hit_rate, auth_errors, truncated_streams, cache.delta.p50, status.502, provider.share.NAME, model.share.NAME, ${PROBE_SUBJECTS.join(', ')}`,
      ],
      [
        13,
        'scenarios.a.slo[4]',
        'must be one line of text',
        '5',
        'a sentence such as "p95 < 2.5s" or "error_rate < 1%"',
      ],
    ],
  },
  {
    name: 'an SLO of nobody',
    text: WITH('slo: ["tenant(free).p95 < 1s"]'),
    problems: [
      [
        8,
        'scenarios.a.slo[0]',
        'the scenario "a" has no tenant "free"',
        '"tenant(free).p95 < 1s"',
        'a scenario with tenants',
      ],
    ],
  },
  {
    name: 'an SLO of a tenant that is elsewhere',
    text: `${WITH('tenants: [free]', 'slo: ["tenant(fre).p95 < 1s"]')}tenants: {free: {vars: {a: 1}}}\n`,
    problems: [
      [
        9,
        'scenarios.a.slo[0]',
        'the scenario "a" has no tenant "fre"; did you mean "free"?',
        '"tenant(fre).p95 < 1s"',
        'free',
      ],
    ],
  },
  {
    name: 'a knee without steps',
    text: WITH('slo: ["knee >= 10/s"]'),
    problems: [
      [8, 'scenarios.a.slo[0]', 'knee needs a load in steps', '"knee >= 10/s"', 'load: {steps: {from, to, by, hold}}'],
    ],
  },
  {
    name: 'an SLO of a probe without one',
    text: WITH('slo: ["cache.false_hits == 0"]'),
    problems: [
      [
        8,
        'scenarios.a.slo[0]',
        'cache.false_hits is measured by a probe only',
        '"cache.false_hits == 0"',
        'a scenario with probe',
      ],
    ],
  },
  {
    name: 'an SLO of streams without one',
    text: WITH('slo: ["ttft.p95 < 1s"]'),
    problems: [
      [
        8,
        'scenarios.a.slo[0]',
        'is measured on streams only, and this scenario does not stream',
        '"ttft.p95 < 1s"',
        'stream: true',
      ],
    ],
  },
  {
    name: 'an SLO given twice',
    text: WITH('slo: [p95 < 1s, p95 < 1s]'),
    problems: [[8, 'scenarios.a.slo[1]', 'is given twice', '"p95 < 1s"', undefined]],
  },
  {
    name: 'an empty list of SLOs',
    text: WITH('slo: []'),
    problems: [[8, 'scenarios.a.slo', 'must not be empty', '[]', 'a list of sentences such as "p95 < 2.5s"']],
  },
  {
    name: 'an expectation of a status that is none',
    text: WITH('expect: {status: [200, 99]}'),
    problems: [[8, 'scenarios.a.expect.status[1]', 'is too small', '99', 'at least 200']],
  },
  {
    name: 'no status expected',
    text: WITH('expect: {status: []}'),
    problems: [[8, 'scenarios.a.expect.status', 'must not be empty', '[]', 'at least 1 entry']],
  },
  {
    name: 'matchers that are none',
    text: WITH(
      'expect:',
      '  headers: {x-cache: {contains: hit}}',
      '  body: {a: {matches: "("}, b: [], c: {not: []}, d: "${uuid}"}',
    ),
    problems: [
      [
        9,
        'scenarios.a.expect.headers.x-cache',
        'is no way to match',
        '{"contains":"hit"}',
        'present, absent, nonempty, a literal, a list of literals, {not: …}, {matches: …} or {equals: …}',
      ],
      [
        10,
        'scenarios.a.expect.body.a.matches',
        'is not a regular expression: Unterminated group',
        '"("',
        'a regular expression of JavaScript',
      ],
      [10, 'scenarios.a.expect.body.b', 'must not be empty', '[]', 'at least one literal'],
      [10, 'scenarios.a.expect.body.c.not', 'must not be empty', '[]', 'at least one literal'],
      [
        10,
        'scenarios.a.expect.body.d',
        '${uuid} would be drawn anew and never match',
        '"${uuid}"',
        '${env.X}, ${nonce}, ${seq}, ${tenant.id} and ${tenant.VARIABLE}, which are those of the request',
      ],
    ],
  },
  {
    name: 'an unknown probe',
    text: TOP([]).replace('load: {rate: 1/s}', 'probe: cach'),
    problems: [
      [
        3,
        'scenarios.a.probe',
        'is not one of the allowed values; did you mean "cache"?',
        '"cach"',
        'cache, semantic-cache, rate-limit, isolation, neighbour, failover, stream, routing or cancel',
      ],
    ],
  },
  {
    name: 'a cache probe of the same prompt again and again',
    text: CHAT(['probe: cache']).replace('messages: []', () => 'q: "$${nonce}"'),
    problems: [
      [
        6,
        'scenarios.a.body',
        'has no ${nonce}: every prompt of the probe must be new to the cache',
        undefined,
        '${nonce} in a text of the body',
      ],
    ],
  },
  {
    name: 'keys of a cache probe',
    text: CHAT([
      'probe: cache',
      'crowd: 1',
      'settle: 2',
      'changes: [model, seed, model]',
      'bypass: {x-no-cache: "${uuid}", "bad name": 1}',
    ]).replace('messages: []', () => 'q: "${ nonce }"'),
    problems: [
      [8, 'scenarios.a.crowd', 'is too small', '1', 'at least 2'],
      [
        9,
        'scenarios.a.settle',
        'is not a duration',
        '2',
        'a number with its unit, such as 300ms, 2.5s, 4m or 1h, more than 0',
      ],
      [
        10,
        'scenarios.a.changes[1]',
        'is not one of the allowed values',
        '"seed"',
        'model, temperature, system, stream or bypass',
      ],
      [
        11,
        'scenarios.a.bypass.bad name',
        'is not the name of a header',
        '"bad name"',
        'letters, digits and the signs of an HTTP token',
      ],
      [11, 'scenarios.a.bypass.x-no-cache', 'only ${env.NAME} can stand here', '"${uuid}"', 'text and ${env.NAME}'],
    ],
  },
  {
    name: 'a change of a cache probe given twice',
    text: CHAT(['probe: cache', 'changes: [model, stream, model]']).replace('messages: []', () => 'q: "${nonce}"'),
    problems: [[8, 'scenarios.a.changes[2]', 'is given twice', '"model"', undefined]],
  },
  {
    name: 'a semantic-cache probe without places for its prompts and its nonce',
    text: CHAT(['probe: semantic-cache', 'headers: {x: "${prompt}"}']),
    problems: [
      [
        6,
        'scenarios.a.body',
        'has no ${prompt}: the probe puts its prompts there',
        undefined,
        '${prompt} in a text of the body',
      ],
      [
        6,
        'scenarios.a.body',
        'has no ${nonce}: prompts of other runs could be in the cache',
        undefined,
        '${nonce} in a text of the body',
      ],
      [
        8,
        'scenarios.a.headers.x',
        'only the semantic-cache probe has prompts, for its body',
        '${prompt}',
        'the body of a scenario with probe: semantic-cache',
      ],
    ],
  },
  {
    name: 'a prompt of the semantic-cache probe elsewhere',
    text: WITH('headers: {x: "${prompt} x"}'),
    problems: [
      [
        8,
        'scenarios.a.headers.x',
        'only the semantic-cache probe has prompts, for its body',
        '${prompt}',
        'the body of a scenario with probe: semantic-cache',
      ],
    ],
  },
  {
    name: 'pairs that are none',
    text: SEMANTIC('pairs: [{prompt: a, paraphrase: b}, {prompt: c}, {paraphrase: d, near: e}]'),
    problems: [
      [8, 'scenarios.a.pairs[1]', 'has neither a paraphrase nor a near miss', '{"prompt":"c"}', PAIR_LABELS],
      [8, 'scenarios.a.pairs[2].near', 'unknown key "near"', '"e"', 'topic, prompt, paraphrase, near_miss'],
      [8, 'scenarios.a.pairs[2].prompt', 'is required', undefined, 'text that is not empty'],
    ],
  },
  {
    name: 'no pairs',
    text: SEMANTIC('pairs: []'),
    problems: [[8, 'scenarios.a.pairs', 'has 0 pairs', undefined, '1 to 1000 pairs']],
  },
  {
    name: 'pairs that are neither a list nor a file',
    text: SEMANTIC('pairs: pairs.jsonl'),
    problems: [
      [
        8,
        'scenarios.a.pairs',
        'is neither a list of pairs nor a file',
        '"pairs.jsonl"',
        'a list of {prompt, paraphrase, near_miss}, or {file}',
      ],
    ],
  },
  {
    name: 'a file of pairs that is not there',
    text: SEMANTIC('pairs: {file: pairs.jsonl}'),
    problems: [
      [
        8,
        'scenarios.a.pairs.file',
        'the file cannot be read',
        '"pairs.jsonl"',
        'a path relative to the configuration file',
      ],
    ],
  },
  {
    name: 'a file of pairs with bad lines',
    text: SEMANTIC('pairs: {file: pairs.jsonl}'),
    world: { files: { 'pairs.jsonl': '{"prompt": "a", "near_miss": "b"}\n\n{"prompt": "c"}\nnothing\n' } },
    problems: [
      [
        3,
        'scenarios.a.pairs',
        'has neither a paraphrase nor a near miss',
        '"{\\"prompt\\": \\"c\\"}"',
        PAIR_LABELS,
        'pairs.jsonl',
      ],
      [
        4,
        'scenarios.a.pairs',
        'is no labelled prompt',
        '"nothing"',
        'one JSON object a line: {"prompt": …, "paraphrase": …, "near_miss": …}',
        'pairs.jsonl',
      ],
    ],
  },
  {
    name: 'an isolation probe with one tenant',
    text: `${CHAT(['probe: isolation', 'tenant: t', 'mixed: 1']).replace('{messages: []}', () => '{q: "${nonce}"}')}tenants: {t: {}}\n`,
    problems: [
      [
        4,
        'scenarios.a.tenants',
        'the isolation probe needs two tenants at least',
        undefined,
        'a list of tenants defined under tenants',
      ],
      [9, 'scenarios.a.mixed', 'is too small', '1', 'at least 2'],
    ],
  },
  {
    name: 'a probe with a load',
    text: CHAT(['probe: stream', 'load: {rate: 1/s}']).replace('messages: []', () => 'q: "${nonce}"'),
    problems: [
      [
        8,
        'scenarios.a.load',
        'unknown key "load"',
        '{"rate":"1/s"}',
        'probe, endpoint, stream, headers, body, tenants, tenant, timeout, expect, slo, requests',
      ],
    ],
  },
  {
    name: 'a probe of limits without its limit',
    text: TOP([]).replace('load: {rate: 1/s}', 'probe: rate-limit, window: 60s'),
    problems: [[3, 'scenarios.a.limit', 'is required', undefined, undefined]],
  },
  {
    name: 'a stream probe that wants no stream, of the same prompt again and again',
    text: CHAT(['probe: stream', 'stream: false', 'requests: 0']),
    problems: [
      [
        6,
        'scenarios.a.body',
        'has no ${nonce}: no stream may come from a cache',
        undefined,
        '${nonce} in a text of the body',
      ],
      [8, 'scenarios.a.stream', 'a stream probe asks for streams', 'false', 'true, or no such key'],
      [9, 'scenarios.a.requests', 'is too small', '0', 'at least 1'],
    ],
  },
  {
    name: 'a cancel probe without providers',
    text: CHAT(['probe: cancel', 'within: 0s']),
    problems: [
      [
        6,
        'scenarios.a.body',
        'has no ${nonce}: it tells which upstream calls belong to a request',
        undefined,
        '${nonce} in a text of the body',
      ],
      [
        7,
        'scenarios.a.probe',
        'needs simulated providers behind the gateway: only they know when their calls end',
        '"cancel"',
        'providers, with at least one',
      ],
      [
        8,
        'scenarios.a.within',
        'is not a duration',
        '"0s"',
        'a number with its unit, such as 300ms, 2.5s, 4m or 1h, more than 0',
      ],
    ],
  },
  {
    name: 'a failover probe without providers',
    text: CHAT(['probe: failover']),
    problems: [
      [
        6,
        'scenarios.a.body',
        'has no ${nonce}: it tells which upstream calls belong to a request',
        undefined,
        '${nonce} in a text of the body',
      ],
      [
        7,
        'scenarios.a.probe',
        'needs simulated providers behind the gateway: the probe makes one of them fail',
        '"failover"',
        'providers, with at least one',
      ],
    ],
  },
  {
    name: 'keys of a failover probe',
    text: `${CHAT([
      'probe: failover',
      'primary: opnai',
      'faults: [503, 418, 503]',
      'requests: 0',
      'recovery: 5',
    ]).replace('messages: []', () => 'q: "${nonce}"')}providers: {openai: {url: "http://127.0.0.1:9901"}}\n`,
    problems: [
      [8, 'scenarios.a.primary', 'there is no provider "opnai"; did you mean "openai"?', '"opnai"', 'openai'],
      [9, 'scenarios.a.faults[1]', 'is not one of the allowed values', '418', '429, 500, 503, reset, silence or cut'],
      [10, 'scenarios.a.requests', 'is too small', '0', 'at least 1'],
      [
        11,
        'scenarios.a.recovery',
        'is not a duration',
        '5',
        'a number with its unit, such as 300ms, 2.5s, 4m or 1h, more than 0',
      ],
    ],
  },
  {
    name: 'a failover probe with the same fault twice',
    text: `${CHAT(['probe: failover', 'faults: [503, cut, 503]']).replace('messages: []', () => 'q: "${nonce}"')}providers: {openai: {url: "http://127.0.0.1:9901"}}\n`,
    problems: [[8, 'scenarios.a.faults[2]', 'is given twice', '503', undefined]],
  },
  {
    name: 'a neighbour probe with one tenant',
    text: CHAT(['probe: neighbour', 'tenants: [a]', 'rate: 20']).replace(
      'scenarios:',
      'tenants: {a: {vars: {x: 1}}}\nscenarios:',
    ),
    problems: [
      [
        9,
        'scenarios.a.tenants',
        'the neighbour probe needs two tenants: the noisy one, then the quiet one',
        '["a"]',
        'a list of two tenants defined under tenants, or noise_request for noise from another endpoint',
      ],
      [10, 'scenarios.a.rate', 'is not a rate', '20', 'a number with its unit, more than 0, such as 20/s or 600/m'],
    ],
  },
  {
    name: 'noise of another endpoint',
    text: CHAT([
      'probe: neighbour',
      'tenants: [a, b, c]',
      'noise_request: {endpoint: embeddings, stream: true, body: {input: "${tenant.x}${pick y}"}}',
    ]).replace('scenarios:', 'tenants: {a: {vars: {x: 1}}, b: {vars: {x: 1}}, c: {vars: {x: 1}}}\nscenarios:'),
    problems: [
      [
        9,
        'scenarios.a.tenants',
        'the noise and what it may disturb have a tenant each at most',
        '["a","b","c"]',
        'one tenant for both, or two: the noisy one, then the quiet one',
      ],
      [
        10,
        'scenarios.a.noise_request.body.input',
        'there is no list "y" under data',
        '${pick y}',
        'a list defined under data',
      ],
      [
        10,
        'scenarios.a.noise_request.stream',
        'embeddings is not streamed',
        'true',
        'true with chat, responses or messages',
      ],
    ],
  },
  {
    name: 'noise without an endpoint',
    text: CHAT(['probe: neighbour', 'noise_request: {model: m}']),
    problems: [
      [
        8,
        'scenarios.a.noise_request.endpoint',
        'is required',
        undefined,
        'chat, responses, messages, embeddings, models or a map of keys and values',
      ],
      [8, 'scenarios.a.noise_request.model', 'unknown key "model"', '"m"', 'endpoint, stream, body'],
    ],
  },
  {
    name: 'a routing probe without weight, for a tenant of another scenario',
    text: CHAT(['probe: routing', 'weights: {a: 0}', 'forbidden: {tenant: b, model: large}']),
    problems: [
      [
        6,
        'scenarios.a.body',
        'has no ${nonce}: it tells which upstream call belongs to a request',
        undefined,
        '${nonce} in a text of the body',
      ],
      [8, 'scenarios.a.weights', 'has no weight above 0', '{"a":0}', 'a weight for each provider, such as 60'],
      [9, 'scenarios.a.forbidden.tenant', 'is no tenant of this scenario', 'b', 'a scenario with tenants'],
    ],
  },
  {
    name: 'a limit for another probe',
    text: CHAT(['probe: stream', 'limit: 5']).replace('messages: []', () => 'q: "${nonce}"'),
    problems: [
      [
        8,
        'scenarios.a.limit',
        'unknown key "limit"',
        '5',
        'probe, endpoint, stream, headers, body, tenants, tenant, timeout, expect, slo, requests',
      ],
    ],
  },
  {
    name: 'providers at one address',
    text: TOP([
      'providers:',
      '  a: {listen: "127.0.0.1:9901"}',
      '  b: {listen: "127.0.0.1:9901", latency: {p50: 2s, p95: 1s}}',
      '  c: {listen: 9901}',
    ]),
    problems: [
      [6, 'providers.b.latency', 'the p95 is below the p50', '{"p50":"2s","p95":"1s"}', 'p50 at most p95'],
      [6, 'providers.b.listen', 'is the address of "a" as well', '"127.0.0.1:9901"', undefined],
      [
        7,
        'providers.c.listen',
        'is not an address to listen on',
        '9901',
        'host:port, such as 127.0.0.1:9901 (port 0: any free one)',
      ],
    ],
  },
  {
    name: 'providers that could not do as they are told',
    text: TOP([
      'providers:',
      '  a:',
      '    listen: 127.0.0.1:0',
      '    ttft: {p50: 2s, p95: 1s}',
      '    latency: {p50: 0s, p95: 1s}',
      '    limit: {requests: 5, window: 1s, algorithm: leaky}',
      '    faults:',
      '      - {name: reset, status: 500}',
      '      - {name: slow, until: 1s, from: 2s, after: 50%}',
      '      - {name: lying-429}',
      '      - {name: late}',
    ]),
    problems: [
      [7, 'providers.a.ttft', 'the p95 is below the p50', '{"p50":"2s","p95":"1s"}', 'p50 at most p95'],
      [
        8,
        'providers.a.latency',
        'a p50 of 0 goes with a p95 of 0',
        '{"p50":"0s","p95":"1s"}',
        'p50 above 0, or 0 for both',
      ],
      [9, 'providers.a.limit.algorithm', 'is not one of the allowed values', '"leaky"', 'fixed-window or token-bucket'],
      [
        14,
        'providers.a.faults[3].name',
        'is not one of the allowed values',
        '"late"',
        'status, slow, drip, truncate, cut, reset, silence, malformed-sse, wrong-content-type, wrong-model, wrong-usage or lying-429',
      ],
    ],
  },
  {
    name: 'faults that say what does not go with them',
    text: TOP([
      'providers:',
      '  a:',
      '    listen: 127.0.0.1:0',
      '    faults:',
      '      - {name: reset, status: 500}',
      '      - {name: slow, until: 1s, from: 2s, after: 50%}',
      '      - {name: lying-429}',
    ]),
    problems: [
      [8, 'providers.a.faults[0].status', 'does not go with reset', '500', 'share, from and until only'],
      [9, 'providers.a.faults[1].after', 'does not go with slow', '"50%"', 'factor, add'],
      [9, 'providers.a.faults[1].until', 'is not after from', '"1s"', 'from before until'],
      [
        10,
        'providers.a.faults[2]',
        'without a limit there is no 429 to lie in',
        '{"name":"lying-429"}',
        'limit beside faults',
      ],
    ],
  },
  {
    name: 'providers that are neither started nor running, or both',
    text: TOP([
      'providers:',
      '  a: {}',
      '  b: {listen: "127.0.0.1:9901", url: "http://127.0.0.1:9901"}',
      '  c: {url: "127.0.0.1:9901"}',
      '  d: {url: "http://user:pass@127.0.0.1:9901"}',
      '  e: {url: "http://127.0.0.1:9901", latency: {p50: 1s, p95: 1s}, output_tokens: 5}',
    ]),
    problems: [
      [5, 'providers.a', 'has no address', '{}', 'listen, where the run is to start it, or url, where it runs already'],
      [
        6,
        'providers.b',
        'has both listen and url',
        '{"listen":"127.0.0.1:9901","url":"http://127.0.0.1:9901"}',
        'listen, where the run is to start it, or url, where it runs already',
      ],
      [
        7,
        'providers.c.url',
        'is not the URL of a provider',
        '"127.0.0.1:9901"',
        'an http(s) URL such as http://127.0.0.1:9901, without credentials and query',
      ],
      [
        8,
        'providers.d.url',
        'is not the URL of a provider',
        '"http://***@127.0.0.1:9901"',
        'an http(s) URL such as http://127.0.0.1:9901, without credentials and query',
      ],
      [
        9,
        'providers.e.latency',
        'goes with listen only: a provider that runs already is as it is',
        '{"p50":"1s","p95":"1s"}',
        undefined,
      ],
      [
        9,
        'providers.e.output_tokens',
        'goes with listen only: a provider that runs already is as it is',
        '5',
        undefined,
      ],
    ],
  },
  {
    name: 'a regression policy with bad parts',
    text: TOP([
      'regression:',
      '  metrics: [p95, latency]',
      '  min_change: 110%',
      '  confidence: 20%',
      '  window: 0',
      '  require_baseline: maybe',
    ]),
    problems: [
      [
        5,
        'regression.metrics[1]',
        'unknown subject "latency"',
        '"latency"',
        `p50 p90 p95 p99 p99.9 max, also behind ttft. itl. tpot. overhead. overhead.ttft. hit. miss., throughput, goodput, tokens_per_second, knee, error_rate, throttled_rate, dropped_rate, cache.hit_rate, auth_errors, truncated_streams, cache.delta.p50, status.502, provider.share.NAME, model.share.NAME, ${PROBE_SUBJECTS.join(', ')}`,
      ],
      [6, 'regression.min_change', 'is not a percentage within bounds', '"110%"', 'from 0% to 100%'],
      [7, 'regression.confidence', 'is not a percentage within bounds', '"20%"', 'from 50% to 99.99%'],
      [8, 'regression.window', 'is too small', '0', 'at least 1'],
      [9, 'regression.require_baseline', 'must be true or false', '"maybe"', undefined],
    ],
  },
  {
    name: 'a factor that is none',
    text: TOP(['load_scale: {duration: 0, rates: 2}']),
    problems: [
      [4, 'load_scale.rates', 'unknown key "rates"; did you mean "rate"?', '2', 'duration, rate'],
      [4, 'load_scale.duration', 'is too small', '0', 'more than 0'],
    ],
  },
  {
    name: 'a fleet that cannot be',
    text: TOP(['fleet: {missing: ignore, late: 5, gathers: 60s}']),
    problems: [
      [4, 'fleet.gathers', 'unknown key "gathers"; did you mean "gather"?', '"60s"', 'missing, late, gather'],
      [4, 'fleet.missing', 'is not one of the allowed values', '"ignore"', 'invalid or scale'],
      [4, 'fleet.late', 'is not a duration', '5', 'a number with its unit, such as 300ms, 2.5s, 4m or 1h'],
    ],
  },
  {
    name: 'an unknown profile',
    text: TOP(['profiles: {nightly: {load_scale: {duration: 2}}}']),
    world: { profile: 'nigthly' },
    problems: [[4, 'profiles', 'there is no profile "nigthly"; did you mean "nightly"?', '"nigthly"', 'pr or nightly']],
  },
  {
    name: 'a profile in force with a mistake',
    text: TOP(['profiles:', '  nightly:', '    limits: {request: 5}']),
    world: { profile: 'nightly' },
    problems: [
      [
        6,
        'profiles.nightly.limits.request',
        'unknown key "request"; did you mean "requests"?',
        '5',
        'requests, duration, concurrency, tokens, abort',
      ],
    ],
  },
  {
    name: 'a profile not in force with mistakes',
    text: TOP([
      'profiles:',
      '  nightly:',
      '    limits: {request: 5}',
      '    version: 2',
      '  Release!: {}',
      '  empty: 5',
    ]),
    problems: [
      [
        6,
        'profiles.nightly.limits.request',
        'unknown key "request"; did you mean "requests"?',
        '5',
        'requests, duration, concurrency, tokens, abort',
      ],
      [
        7,
        'profiles.nightly.version',
        'unknown key "version"',
        '2',
        'gateway, limits, seed, data, tenants, providers, loads, scenarios, regression, fleet, load_scale',
      ],
      [
        8,
        'profiles.Release!',
        'is not a name',
        '{}',
        'letters, digits, "_" and "-", at most 64, not starting with "-"',
      ],
      [
        9,
        'profiles.empty',
        'must be a map of keys and values',
        '5',
        'gateway, limits, seed, data, tenants, providers, loads, scenarios, regression, fleet, load_scale',
      ],
    ],
  },
  {
    name: 'a profile that contradicts the file',
    text: TOP(['profiles:', '  quick:', '    limits: {duration: 10s}']),
    problems: [
      [
        3,
        'scenarios.a.load',
        'with the profile "quick": ends 35s after the start of the run, but limits.duration is 10s',
        '{"rate":"1/s"}',
        'an end within 10s, or a longer limits.duration',
      ],
    ],
  },
  {
    name: 'a seed that is none',
    text: TOP(['seed: [1]']),
    problems: [[4, 'seed', 'must be text or a number', '[1]', 'a single value']],
  },
  {
    name: 'many problems at once',
    text: `version: 1
gateway:
  url: nowhere
  headers: {authorization: "Bearer \${env.NOBODY}"}
limits: {requests: -1}
scenarios:
  chat:
    endpoint: chat
    tenants: [free]
    load: {rate: 20, duration: 1s}
    body: {messages: "\${pick q}"}
    slo: [p95 < 2]
  other:
    endpoint: models
    load: {users: 5}
    after: chatt
`,
    problems: [
      [3, 'gateway.url', 'is not a URL', '"nowhere"', 'an absolute URL such as https://gateway.example:8443/v1'],
      [4, 'gateway.headers.authorization', 'the environment variable NOBODY is not set', '${env.NOBODY}', undefined],
      [5, 'limits.requests', 'is too small', '-1', 'at least 1'],
      [9, 'scenarios.chat.tenants[0]', 'there is no tenant "free"', '"free"', 'a tenant defined under tenants'],
      [
        10,
        'scenarios.chat.load.rate',
        'is not a rate',
        '20',
        'a number with its unit, more than 0, such as 20/s or 600/m',
      ],
      [11, 'scenarios.chat.body.messages', 'there is no list "q" under data', '${pick q}', 'a list defined under data'],
      [
        12,
        'scenarios.chat.slo[0]',
        'p95 needs a duration such as 800ms, not "2"',
        '"p95 < 2"',
        'a sentence such as "p95 < 2.5s" or "error_rate < 1%"',
      ],
      [16, 'scenarios.other.after', 'there is no scenario or load "chatt"; did you mean "chat"?', '"chatt"', 'chat'],
    ],
  },
];
