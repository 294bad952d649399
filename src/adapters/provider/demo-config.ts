/**
 * The configuration that the demo runs: about half a minute over the gateway of demo-world.ts, loads and then
 * probes, with a promise of every kind. The
 * healthy gateway keeps each of them with room to spare; the limits lie between it and the planted faults.
 */
export const DEMO_CONFIG = `version: 1

gateway:
  url: \${env.GATEWAY_URL}
  headers:
    authorization: Bearer \${env.GATEWAY_KEY}

limits: {requests: 2500, duration: 2m, concurrency: 150, tokens: 200000, abort: {error_rate: 60%, for: 5s}}

tenants:
  free: {headers: {x-tenant-id: free}, vars: {model: gpt-4o-mini}}   # 9 chats a second, this demo sends 10
  pro:  {headers: {x-tenant-id: pro},  vars: {model: gpt-4o}}
  team: {headers: {x-tenant-id: team}, vars: {model: gpt-4o-mini}}   # asks for more than it may have
  trial: {headers: {x-tenant-id: trial}, vars: {model: gpt-4o-mini}} # 12 chats in 4 s

data:
  topics: [an invoice, a refund, a late parcel, a broken link, a new password, a second seat]
  faq: [How do I reset my password?, Can I change my address?]

providers:   # they run already; the gate asks them what they saw
  openai-sim:    {url: "\${env.OPENAI_SIM_URL}"}
  anthropic-sim: {url: "\${env.ANTHROPIC_SIM_URL}"}

scenarios:
  chat:
    tenants: [free, pro]
    load: {rate: 20/s, duration: 9s, warmup: 1s}
    endpoint: chat
    stream: true
    headers: {x-request-id: "\${uuid}"}
    body:
      model: \${tenant.model}
      messages:
        - {role: system, content: You are a concise assistant.}
        - {role: user, content: "A customer asks about \${pick topics} (ticket \${nonce})."}
      max_tokens: 60
    expect:
      status: [200, 429]
      headers: [x-upstream-provider]
      body: {model: "\${tenant.model}"}
    slo:
      - p95 < 950ms
      - ttft.p95 < 700ms
      - overhead.p75 < 100ms
      - error_rate < 1%
      - throttled_rate in 2%..9%
      - tenant(pro).throttled_rate < 1%
      - provider.share.openai-sim in 48%..73%
      - throughput >= 16/s

  faq-cache:
    tenants: [pro, team]
    load: {rate: 40/s, arrivals: poisson, duration: 9s, warmup: 1s}
    endpoint: chat
    body:
      model: gpt-4o
      temperature: 0
      messages: [{role: user, content: "\${pick faq}"}]
      max_tokens: 60
    expect:
      headers: {x-cache: [hit, miss]}
      body: {choices: nonempty, model: "\${tenant.model}"}
    slo:
      - cache.hit_rate >= 87%
      - cache.delta.p50 > 100ms
      - hit.p50 < 60ms
      - error_rate < 1%

  embeddings:
    tenants: [pro]
    load: {rate: 12/s, duration: 9s, warmup: 1s}
    endpoint: embeddings
    body: {model: text-embedding-3-small, input: ["Ticket \${nonce}", "\${pick topics}"]}
    expect:
      body: {data: nonempty}
    slo:
      - p95 < 680ms
      - error_rate < 1%

  models:
    tenants: [pro, team]
    load: {rate: 12/s, duration: 9s, warmup: 1s}
    endpoint: models
    expect:
      body: {data: nonempty}
    slo:
      - p95 < 200ms
      - error_rate == 0%

  cache-truth:
    probe: cache
    tenant: pro
    prompts: 8
    crowd: 8
    ttl: 1500ms
    endpoint: chat
    body:
      model: gpt-4o
      temperature: 0
      messages: [{role: user, content: "Explain ticket \${nonce}."}]
      max_tokens: 40
    slo:
      - cache.false_hits == 0
      - cache.stale_hits == 0
      - cache.cached_errors == 0
      - cache.amplification <= 2

  alike:
    probe: semantic-cache
    tenant: pro
    pairs:   # near misses that differ in a word: this gateway's cache compares words, not what they mean
      - {topic: help, prompt: How do I reset my password?, paraphrase: "My password, how do I reset it?", near_miss: How do I reset my router?}
      - {topic: orders, prompt: How do I cancel my order?, paraphrase: "My order, how do I cancel it?", near_miss: How do I change my order?}
      - {topic: travel, prompt: Is breakfast in the price?, paraphrase: "In the price, is breakfast?", near_miss: Is parking in the price?}
      - {topic: health, prompt: May I drink with this drug?, paraphrase: "With this drug, may I drink?", near_miss: May I drive with this drug?}
      - {topic: code, prompt: How do I sort a long list?, paraphrase: "A long list, how do I sort?", near_miss: How do I print a long list?}
    endpoint: chat
    body:
      model: gpt-4o
      messages:
        - {role: system, content: "You work at a help desk. \${nonce}"}
        - {role: user, content: "\${prompt}"}
      max_tokens: 10
    slo:
      - semantic.false_hits == 0
      - semantic.recall >= 60%

  apart:
    probe: isolation
    tenants: [pro, team]
    endpoint: chat
    body:
      model: gpt-4o-mini
      messages: [{role: user, content: "What do I owe for \${nonce}?"}]
      max_tokens: 40
    slo:
      - isolation.leaks == 0
      - isolation.cross_hits == 0

  quota:
    probe: rate-limit
    tenant: trial
    limit: 12
    window: 4s
    endpoint: chat
    body:
      model: gpt-4o-mini
      messages: [{role: user, content: "hello \${nonce}"}]
      max_tokens: 20
    expect: {status: [200, 429]}
    slo:
      - limit.admitted in 11..13
      - limit.unexpected_status == 0
      - limit.retry_after_error < 1500ms

  rescue:
    probe: failover
    tenant: pro
    primary: openai-sim
    faults: [503, reset, cut]
    requests: 4
    endpoint: chat
    stream: true
    headers: {x-route-policy: failover}
    body:
      model: gpt-4o
      messages: [{role: user, content: "hello \${nonce}"}]
      max_tokens: 20
    slo:
      - failover.rescued == 100%
      - failover.amplification <= 2.5
      - failover.retried_400 == 0
      - failover.midstream.hidden == 0

  flow:
    probe: stream
    tenant: pro
    requests: 20
    endpoint: chat
    body:
      model: gpt-4o
      messages: [{role: user, content: "Tell me about ticket \${nonce}."}]
      max_tokens: 60
    slo:
      - stream.altered == 0
      - stream.burst_share < 50%

  shares:
    probe: routing
    tenants: [pro, team]
    requests: 60
    weights: {openai-sim: 65, anthropic-sim: 35}
    forbidden: {tenant: team, model: gpt-4o}
    endpoint: chat
    body:
      model: gpt-4o-mini
      messages: [{role: user, content: "hello \${nonce}"}]
      max_tokens: 10
    slo:
      - routing.misattributed == 0
      - routing.wrong_model == 0
      - routing.forbidden_reached == 0

  leave:
    probe: cancel
    tenant: pro
    requests: 4
    within: 400ms
    endpoint: chat
    stream: true
    body:
      model: gpt-4o
      messages: [{role: user, content: "hello \${nonce}"}]
      max_tokens: 60
    slo:
      - cancel.upstream_ended == 100%
`;
