import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foundOnPage } from '../support/found-on-page.ts';
import { type RunningPortkey, startPortkey } from '../support/portkey.ts';
import { failedIn, notPassed, probeInFront, type SimulatedUpstream } from '../support/simulated-upstream.ts';

/** `x-portkey-config`, made from one target for each provider. */
type PortkeyConfig = (targets: { readonly primary: object; readonly fallback: object }) => object;

const scenario = (keys: string, slos: readonly string[]) => (config: string) =>
  `
scenarios:
  probe: {${keys}, endpoint: chat, headers: {x-portkey-config: '${config}'},
    body: {model: small, temperature: 0, messages: [{role: user, content: "What is new? \${nonce}"}]}, slo: [${slos.join(', ')}]}
`;

const FAILOVER_SLOS = [
  'failover.rescued == 100%',
  'failover.amplification <= 2',
  'failover.retried_400 == 0',
  'failover.recovery < 5s',
  'failover.midstream.hidden == 0',
];
const FAILOVER = scenario('probe: failover, requests: 5, timeout: 6s', FAILOVER_SLOS);
const OUTAGE = scenario('probe: failover, requests: 5, faults: [503], timeout: 30s', FAILOVER_SLOS.slice(0, 4));
const ROUTING = scenario('probe: routing, weights: {primary: 80, fallback: 20}', [
  'routing.max_deviation < 12%',
  'routing.wrong_model == 0',
  'routing.wrong_usage == 0',
]);
const STREAM = scenario('probe: stream, requests: 10', [
  'stream.truncated == 0',
  'stream.altered == 0',
  'stream.usage_missing == 0',
  'stream.buffered == 0',
  'stream.burst_share < 90%',
]);
const CANCEL = scenario('probe: cancel, requests: 6, stream: true', [
  'cancel.upstream_ended == 100%',
  'cancel.late_calls == 0',
]);
const CACHE = scenario('probe: cache, prompts: 8, crowd: 10, settle: 300ms', [
  'cache.hit_rate == 100%',
  'cache.wrong_status == 0',
]);

/** Shares of the load. */
const balanced =
  (ofPrimary: number): PortkeyConfig =>
  ({ primary, fallback }) => ({
    strategy: { mode: 'loadbalance' },
    targets: [
      { ...primary, weight: ofPrimary },
      { ...fallback, weight: 1 - ofPrimary },
    ],
  });

const CODES = [408, 429, 500, 502, 503, 504];
const RESCUE: PortkeyConfig = ({ primary, fallback }) => ({
  strategy: { mode: 'fallback', on_status_codes: CODES },
  request_timeout: 1500,
  targets: [primary, fallback],
});

/** As it is called on the page; what is put to the test; the gateway's configuration; what must not pass. */
type Case = readonly [name: string, probe: (config: string) => string, config: PortkeyConfig, found: readonly string[]];

const CASES: readonly Case[] = [
  ['fallback, on_status_codes, request_timeout', FAILOVER, RESCUE, []],
  ['one target', FAILOVER, ({ primary }) => ({ ...primary, request_timeout: 1500 }), ['fail failover.rescued']],
  [
    'fallback without on_status_codes',
    FAILOVER,
    ({ primary, fallback }) => ({
      strategy: { mode: 'fallback' },
      request_timeout: 1500,
      targets: [primary, fallback],
    }),
    ['fail failover.retried_400'],
  ],
  [
    'fallback without request_timeout',
    FAILOVER,
    (targets) => ({ ...RESCUE(targets), request_timeout: undefined }),
    ['fail failover.rescued'],
  ],
  [
    'retry of one target',
    OUTAGE,
    ({ primary }) => ({ ...primary, retry: { attempts: 2, on_status_codes: CODES } }),
    ['fail failover.rescued', 'fail failover.amplification'],
  ],
  [
    'retry, then fallback',
    OUTAGE,
    ({ primary, fallback }) => ({
      strategy: { mode: 'fallback', on_status_codes: CODES },
      targets: [{ ...primary, retry: { attempts: 2, on_status_codes: CODES } }, fallback],
    }),
    ['fail failover.amplification'],
  ],
  ['loadbalance, weights 0.8 and 0.2', ROUTING, balanced(0.8), []],
  ['loadbalance, weights 0.5 and 0.5', ROUTING, balanced(0.5), ['fail routing.max_deviation']],
  ['streaming', STREAM, ({ primary }) => primary, []],
  ['a client that hangs up', CANCEL, ({ primary }) => primary, ['fail cancel.upstream_ended']],
  ['cache, mode simple', CACHE, ({ primary }) => ({ ...primary, cache: { mode: 'simple' } }), ['fail cache.hit_rate']],
];

let portkey: RunningPortkey;

beforeAll(async () => {
  portkey = await startPortkey();
});

afterAll(() => portkey?.stop());

const targetAt = (port: number): object => ({
  provider: 'openai',
  api_key: 'sk-simulated',
  custom_host: `http://127.0.0.1:${port}/v1`,
});

describe.concurrent('Portkey in front of simulated providers', () => {
  it.each(CASES)('%s', async (_name, probe, config, found) => {
    const yaml = ({ primary, fallback }: SimulatedUpstream): string =>
      probe(JSON.stringify(config({ primary: targetAt(primary), fallback: targetAt(fallback) })));
    const world = await probeInFront(yaml, async () => ({
      url: portkey.url,
      dialect: 'portkey',
      stop: async () => {},
    }));
    expect([notPassed(world), world.run.incomplete]).toEqual([found, undefined]);
  });
});

describe('the page about it', () => {
  const page = readFileSync('docs/probes/real-gateways.md', 'utf8');
  it.each(CASES)('says of "%s" what is found', (name, _probe, _config, found) => {
    expect(foundOnPage(page, name)).toEqual(failedIn(found));
  });
});
