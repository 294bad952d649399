/** What every scenario below is sent to: the gateway of fault-world.ts. */
const WORLD = `version: 1

gateway: {url: "\${env.GATEWAY_URL}"}

limits: {requests: 20000, duration: 10m, concurrency: 100}

tenants:
  free: {headers: {x-tenant-id: free}}
  pro:  {headers: {x-tenant-id: pro}}
  team: {headers: {x-tenant-id: team}}

providers:
  one: {url: "\${env.ONE_URL}"}
  two: {url: "\${env.TWO_URL}"}

`;

/** Promises that a healthy gateway keeps with room to spare. Every probe is here but that of a semantic cache. */
export const FAULT_CONFIG = `${WORLD}scenarios:
  cache:
    probe: cache
    tenant: pro
    prompts: 12
    crowd: 10
    ttl: 3s
    endpoint: chat
    body: {model: gpt-4o-mini, temperature: 0, messages: [{role: user, content: "What is new? \${nonce}"}]}
    slo:
      - cache.hit_rate >= 95%
      - cache.false_hits == 0
      - cache.changed_hits == 0
      - cache.stale_hits == 0
      - cache.cached_errors == 0
      - cache.amplification <= 2

  apart:
    probe: isolation
    tenants: [pro, team]
    endpoint: chat
    body: {model: gpt-4o-mini, temperature: 0, messages: [{role: user, content: "What do I owe? \${nonce}"}]}
    slo:
      - isolation.leaks == 0
      - isolation.cross_hits == 0
      - isolation.auth_errors == 0

  quota:
    probe: rate-limit
    tenant: free
    limit: 20
    window: 4s
    endpoint: chat
    body: {model: gpt-4o-mini, max_tokens: 10, messages: [{role: user, content: "hello \${nonce}"}]}
    slo:
      - limit.admitted in 18..22
      - limit.unexpected_status == 0
      - limit.retry_after_error < 1500ms
      - limit.missing_retry_after == 0

  rescue:
    probe: failover
    tenant: pro
    requests: 6
    endpoint: chat
    headers: {x-route-policy: failover}
    body: {model: gpt-4o-mini, max_tokens: 20, messages: [{role: user, content: "hello \${nonce}"}]}
    slo:
      - failover.rescued == 100%
      - failover.amplification <= 2.5
      - failover.added.p95 < 5s
      - failover.retried_400 == 0
      - failover.recovery < 5s
      - failover.midstream.hidden == 0

  flow:
    probe: stream
    tenant: pro
    requests: 60
    endpoint: chat
    body: {model: gpt-4o-mini, max_tokens: 30, messages: [{role: user, content: "Tell me \${nonce}"}]}
    slo:
      - stream.truncated == 0
      - stream.altered == 0
      - stream.usage_missing == 0
      - stream.burst_share < 50%
      - stream.buffered == 0
      - stream.added_ttft.p95 < 300ms

  beside:
    probe: neighbour
    tenants: [free, pro]
    rate: 20/s
    noise: 30/s
    duration: 2s
    endpoint: chat
    body: {model: gpt-4o-mini, max_tokens: 10, messages: [{role: user, content: "hello \${nonce}"}]}
    slo:
      - neighbour.success >= 95%

  endpoints:
    probe: neighbour
    tenant: pro
    rate: 20/s
    noise: 40/s
    noise_request: {endpoint: embeddings, body: {model: gpt-4o-mini, input: "text \${nonce}"}}
    duration: 1500ms
    endpoint: chat
    body: {model: gpt-4o-mini, max_tokens: 10, messages: [{role: user, content: "hello \${nonce}"}]}
    slo:
      - neighbour.p95 < 1s

  shares:
    probe: routing
    tenants: [pro, team]
    # An honest draw lies beyond the limit once in 70 with 100, once in 2,000 with 200, once in a million with 400.
    requests: 400
    weights: {one: 60, two: 40}
    forbidden: {tenant: team, model: gpt-4o}
    endpoint: chat
    body: {model: gpt-4o-mini, max_tokens: 10, messages: [{role: user, content: "hello \${nonce}"}]}
    slo:
      - routing.max_deviation < 12%
      - routing.misattributed == 0
      - routing.wrong_model == 0
      - routing.wrong_usage == 0
      - routing.forbidden_reached == 0

  leave:
    probe: cancel
    tenant: pro
    requests: 6
    endpoint: chat
    stream: true
    body: {model: gpt-4o-mini, max_tokens: 30, messages: [{role: user, content: "hello \${nonce}"}]}
    slo:
      - cancel.upstream_ended == 100%
      - cancel.late_calls == 0
`;

/** The same for a gateway whose cache takes like prompts for the same. */
export const SEMANTIC_CONFIG = `${WORLD}scenarios:
  alike:
    probe: semantic-cache
    tenant: pro
    pairs:   # near misses that differ in a word: the gateway's cache compares words, not what they mean
      - {topic: help, prompt: How do I reset my password?, paraphrase: "My password, how do I reset it?", near_miss: How do I reset my router?}
      - {topic: travel, prompt: Is breakfast in the price?, paraphrase: "In the price, is breakfast?", near_miss: Is parking in the price?}
      - {topic: health, prompt: May I drink with this drug?, paraphrase: "With this drug, may I drink?", near_miss: May I drive with this drug?}
      - {topic: code, prompt: How do I sort a long list?, paraphrase: "A long list, how do I sort?", near_miss: How do I print a long list?}
    endpoint: chat
    body:
      model: gpt-4o-mini
      max_tokens: 30
      messages:
        - {role: system, content: "You work at a help desk. \${nonce}"}
        - {role: user, content: "\${prompt}"}
    slo:
      - semantic.false_hit_rate <= 5%
`;
