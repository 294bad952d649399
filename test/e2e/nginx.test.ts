import { describe, expect, it } from 'vitest';
import { foundOnPage } from '../support/found-on-page.ts';
import { NGINX } from '../support/nginx.ts';
import { type Change, nginxConfig, PAGE, startNginxGateway } from '../support/nginx-gateway.ts';
import { failedIn, notPassed, probeInFront } from '../support/simulated-upstream.ts';

const MESSAGE = '[{role: user, content: "What is new? ${nonce}"}]';
const scenario = (keys: string, slos: readonly string[], messages = MESSAGE): string => `
tenants:
  free: {headers: {x-tenant-id: free-tier}}
  pro: {headers: {x-tenant-id: pro-tier}}
  team: {headers: {x-tenant-id: team-tier}}
scenarios:
  probe: {${keys}, endpoint: chat, body: {model: small, temperature: 0, messages: ${messages}}, slo: [${slos.join(', ')}]}
`;

const CACHE_SLOS = [
  'cache.hit_rate == 100%',
  'cache.false_hits == 0',
  'cache.changed_hits == 0',
  'cache.cached_errors == 0',
  'cache.amplification == 1',
  'cache.wrong_status == 0',
];
const CACHE_KEYS = 'probe: cache, prompts: 16, crowd: 10, settle: 300ms';
const CACHE = scenario(CACHE_KEYS, CACHE_SLOS);
const LARGE = scenario(CACHE_KEYS, CACHE_SLOS, MESSAGE.replace('?', '? ${text 6000}'));
const EXPIRY = scenario(`${CACHE_KEYS}, ttl: 3s`, [...CACHE_SLOS, 'cache.stale_hits == 0']);
const ISOLATION = scenario('probe: isolation, tenants: [pro, team]', [
  'isolation.leaks == 0',
  'isolation.cross_hits == 0',
  'isolation.auth_errors == 0',
]);
const LIMIT = scenario('probe: rate-limit, tenant: free, limit: 20, window: 5s', [
  'limit.admitted in 18..22',
  'limit.sustained <= 22',
  'limit.unexpected_status == 0',
  'limit.missing_retry_after == 0',
  'limit.retry_after_error < 1s',
]);
const NEIGHBOUR = scenario('probe: neighbour, tenants: [free, pro], rate: 5/s, noise: 40/s, duration: 4s', [
  'neighbour.success >= 99%',
  'neighbour.noise_throttled > 10%',
]);
const FAILOVER_SLOS = [
  'failover.rescued == 100%',
  'failover.amplification <= 2',
  'failover.retried_400 == 0',
  'failover.recovery < 5s',
  'failover.midstream.hidden == 0',
];
const FAILOVER = scenario('probe: failover, requests: 5, timeout: 5s', FAILOVER_SLOS);
const ROUTING = scenario('probe: routing, tenants: [pro], requests: 100, weights: {primary: 80, fallback: 20}', [
  'routing.max_deviation < 12%',
  'routing.misattributed == 0',
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

/** Where nothing hits, nothing is known of wrong hits. */
const NOTHING_HITS = ['inconclusive cache.false_hits', 'inconclusive cache.changed_hits'];

/** Where the first prompt answers for all others, no provider sees their calls. */
const ONE_FOR_ALL = [
  'fail cache.false_hits',
  'fail cache.changed_hits',
  'inconclusive cache.cached_errors',
  'fail cache.amplification',
  'inconclusive cache.wrong_status',
];

/** Both providers serve, four to one. */
const SHARED: readonly Change[] = [
  [':9901 max_fails=0', ':9901 max_fails=0 weight=4'],
  [' backup', ''],
];

/** As it is called on the page; what is put to the test; the changes of the good configuration; what must not pass. */
type Case = readonly [name: string, probe: string, changes: readonly Change[], found: readonly string[]];

const CASES: readonly Case[] = [
  ['as above: cache', CACHE, [], []],
  ['as above: cache, 30 kB prompts', LARGE, [], []],
  ['as above: isolation', ISOLATION, [], []],
  ['as above: rate-limit', LIMIT, [], []],
  ['as above: neighbour', NEIGHBOUR, [], []],
  ['as above: failover', FAILOVER, [], []],
  ['as above: stream', STREAM, [], []],
  ['as above: cancel', CANCEL, [], ['fail cancel.upstream_ended']],
  ['no proxy_cache', CANCEL, [['proxy_cache answers;', '']], []],
  ['weight=4 and weight=1', ROUTING, SHARED, []],
  ['proxy_cache_valid 200 3s', EXPIRY, [['proxy_cache_valid 200 60s', 'proxy_cache_valid 200 3s']], []],
  ['proxy_cache_lock off', CACHE, [['proxy_cache_lock on', 'proxy_cache_lock off']], ['fail cache.amplification']],
  [
    'proxy_cache_lock_timeout 20ms',
    CACHE,
    [['proxy_cache_lock_timeout 60s', 'proxy_cache_lock_timeout 20ms']],
    ['fail cache.amplification'],
  ],
  [
    'key of the messages alone',
    CACHE,
    [
      ['$request_uri $request_body', '$messages'],
      ['upstream gateway', String.raw`map $request_body $messages { "~(?<all>\[.*\])" $all; } upstream gateway`],
    ],
    ['fail cache.false_hits'],
  ],
  ['no proxy_cache_key', CACHE, [['proxy_cache_key', '#']], ONE_FOR_ALL],
  [
    'client_body_buffer_size 16k',
    LARGE,
    [
      ['client_body_buffer_size 4m', 'client_body_buffer_size 16k'],
      ['client_body_in_single_buffer on;', ''],
    ],
    ONE_FOR_ALL,
  ],
  [
    'no proxy_buffer_size',
    LARGE,
    [
      ['proxy_buffer_size 256k;', ''],
      ['proxy_buffers 4 256k;', ''],
      ['proxy_busy_buffers_size 256k;', ''],
    ],
    ['fail cache.hit_rate', ...NOTHING_HITS, 'fail cache.amplification', 'inconclusive cache.wrong_status'],
  ],
  [
    'no proxy_cache_methods',
    CACHE,
    [['proxy_cache_methods POST;', '']],
    ['fail cache.hit_rate', ...NOTHING_HITS, 'fail cache.amplification', 'inconclusive cache.wrong_status'],
  ],
  ['no proxy_cache_bypass', CACHE, [['proxy_cache_bypass', '#']], ['fail cache.false_hits']],
  [
    'proxy_cache_valid any 60s',
    CACHE,
    [['proxy_cache_valid 200', 'proxy_cache_valid any']],
    ['fail cache.cached_errors'],
  ],
  ['proxy_cache_valid 200 60s, told 3s', EXPIRY, [], ['fail cache.stale_hits']],
  [
    'proxy_cache_background_update on',
    EXPIRY,
    [
      ['proxy_cache_valid 200 60s', 'proxy_cache_valid 200 3s'],
      [
        'proxy_cache_lock on;',
        'proxy_cache_lock on; proxy_cache_use_stale updating; proxy_cache_background_update on;',
      ],
    ],
    ['fail cache.stale_hits'],
  ],
  ['X-Cache always MISS', CACHE, [['X-Cache $upstream_cache_status', 'X-Cache MISS']], ['fail cache.wrong_status']],
  [
    'key without the tenant',
    ISOLATION,
    [['$http_x_tenant_id $request_uri', '$request_uri']],
    ['fail isolation.leaks', 'fail isolation.cross_hits'],
  ],
  [
    'limit_req_status 503',
    LIMIT,
    [
      ['limit_req_status 429', 'limit_req_status 503'],
      ['error_page 429', 'error_page 503'],
      ['return 429', 'return 503'],
    ],
    ['fail limit.unexpected_status'],
  ],
  ['no burst', LIMIT, [[' burst=19 nodelay', '']], ['fail limit.admitted']],
  ['burst=39', LIMIT, [['burst=19', 'burst=39']], ['fail limit.admitted']],
  ['rate=8r/s', LIMIT, [['rate=4r/s', 'rate=8r/s']], ['fail limit.sustained']],
  [
    'no limit_req',
    LIMIT,
    [['limit_req zone', '#']],
    [
      'fail limit.admitted',
      'fail limit.sustained',
      'inconclusive limit.missing_retry_after',
      'inconclusive limit.retry_after_error',
    ],
  ],
  [
    'no error_page 429',
    LIMIT,
    [['error_page 429', '#']],
    ['fail limit.missing_retry_after', 'inconclusive limit.retry_after_error'],
  ],
  ['Retry-After 8', LIMIT, [['Retry-After 1', 'Retry-After 8']], ['fail limit.retry_after_error']],
  [
    'one limit for all tenants',
    NEIGHBOUR,
    [['default ""; free-tier $http_x_tenant_id;', 'default everybody;']],
    ['fail neighbour.success'],
  ],
  ['no non_idempotent', FAILOVER, [[' non_idempotent', '']], ['fail failover.rescued']],
  ['no http_429', FAILOVER, [[' http_429', '']], ['fail failover.rescued']],
  ['no backup server', FAILOVER, [['server 127.0.0.1:9902 max_fails=0 backup;', '']], ['fail failover.rescued']],
  [
    'max_fails=1 fail_timeout=6s',
    scenario('probe: failover, requests: 5, faults: [503], recovery: 8s', FAILOVER_SLOS.slice(0, 4)),
    [[' max_fails=0', ' fail_timeout=6s']],
    ['fail failover.recovery'],
  ],
  [
    'proxy_read_timeout 60s',
    FAILOVER,
    [['proxy_read_timeout 2s', 'proxy_read_timeout 60s']],
    ['fail failover.rescued'],
  ],
  [
    'error_page 400 429 500 … = @fallback',
    FAILOVER,
    [
      ['proxy_next_upstream error', 'proxy_next_upstream off; # error'],
      [
        'proxy_buffering off;',
        'proxy_buffering off; proxy_intercept_errors on; error_page 400 429 500 502 503 504 = @fallback;',
      ],
      ['listen 127.0.0.1:9903;', 'listen 127.0.0.1:9903; location @fallback { proxy_pass http://127.0.0.1:9902; }'],
    ],
    ['fail failover.retried_400'],
  ],
  ['no weights', ROUTING, [[' backup', '']], ['fail routing.max_deviation']],
  [
    'X-Upstream-Provider always primary',
    ROUTING,
    [...SHARED, ['X-Upstream-Provider $provider', 'X-Upstream-Provider primary']],
    ['fail routing.misattributed'],
  ],
  [
    'proxy_buffering on, HTTP/1.0',
    STREAM,
    [['proxy_buffering off', 'proxy_http_version 1.0; proxy_buffering on']],
    ['fail stream.buffered', 'fail stream.burst_share'],
  ],
  ['proxy_buffering on, HTTP/1.1', STREAM, [['proxy_buffering off', 'proxy_buffering on']], []],
  [
    'proxy_ignore_client_abort on',
    CANCEL,
    [['proxy_cache answers;', 'proxy_ignore_client_abort on;']],
    ['fail cancel.upstream_ended'],
  ],
];

if (NGINX === undefined) console.warn('nginx is not installed here: the tests with it are skipped');

describe.skipIf(NGINX === undefined).concurrent('nginx in front of simulated providers', () => {
  it.each(CASES)('%s', async (_name, probe, changes, found) => {
    const world = await probeInFront(probe, (ports) => startNginxGateway(nginxConfig(changes), ports));
    expect([notPassed(world), world.run.incomplete]).toEqual([found, undefined]);
  });
});

describe('the page about it', () => {
  it.each(CASES)('says of "%s" what is found', (name, _probe, _changes, found) => {
    expect(foundOnPage(PAGE, name)).toEqual(failedIn(found));
  });
});
