/**
 * The configuration that the demo runs: about 17 s over the gateway of demo-world.ts, with a promise of every kind. The
 * healthy gateway keeps each of them with room to spare; the limits lie between it and the planted faults.
 */
export const DEMO_CONFIG = `version: 1

gateway:
  url: \${env.GATEWAY_URL}
  headers:
    authorization: Bearer \${env.GATEWAY_KEY}

limits: {requests: 1500, duration: 1m, concurrency: 150, tokens: 200000, abort: {error_rate: 60%, for: 5s}}

tenants:
  free: {headers: {x-tenant-id: free}, vars: {model: gpt-4o-mini}}   # 9 chats a second, this demo sends 10
  pro:  {headers: {x-tenant-id: pro},  vars: {model: gpt-4o}}
  team: {headers: {x-tenant-id: team}, vars: {model: gpt-4o-mini}}   # asks for more than it may have

data:
  topics: [an invoice, a refund, a late parcel, a broken link, a new password, a second seat]
  faq: [How do I reset my password?, Can I change my address?]

providers:   # they run already; the gate asks them what they saw
  openai-sim:    {url: "\${env.OPENAI_SIM_URL}"}
  anthropic-sim: {url: "\${env.ANTHROPIC_SIM_URL}"}

scenarios:
  chat:
    tenants: [free, pro]
    load: {rate: 20/s, duration: 14s, warmup: 2s}
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
      - provider.share.openai-sim in 48%..76%
      - throughput >= 16/s

  faq-cache:
    tenants: [pro, team]
    load: {rate: 40/s, arrivals: poisson, duration: 14s, warmup: 2s}
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
    load: {rate: 10/s, duration: 14s, warmup: 2s}
    endpoint: embeddings
    body: {model: text-embedding-3-small, input: ["Ticket \${nonce}", "\${pick topics}"]}
    expect:
      body: {data: nonempty}
    slo:
      - p95 < 680ms
      - error_rate < 1%

  models:
    tenants: [pro, team]
    load: {rate: 8/s, duration: 14s, warmup: 2s}
    endpoint: models
    expect:
      body: {data: nonempty}
    slo:
      - p95 < 200ms
      - error_rate == 0%
`;
