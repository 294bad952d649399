import { stringify } from 'yaml';
import { readConfig } from '../../src/config/read-config.ts';
import { resolveDialect } from '../../src/dialects/resolve-dialect.ts';
import type { Plan } from '../../src/model/plan.ts';
import { planRun } from '../../src/plan/plan-run.ts';

/** A load on the truth server, as the engine is told it. Durations in seconds. */
export interface EngineLoad {
  readonly url: string;
  readonly arrival: { readonly rate: number } | { readonly users: number };
  readonly warmup: number;
  readonly duration: number;
  /** Requests in flight, at most. */
  readonly concurrency: number;
  /** Tokens of each answer, which is then a stream; undefined = an answer in one piece. */
  readonly tokens: number | undefined;
}

/** The largest number of requests that a plan can ask for here; time bounds every measurement before it. */
const MAX_REQUESTS = 10_000_000;

/**
 * The plan of that load with everything on that costs the engine time: two tenants with headers and variables, templates in
 * the body (list, nonce, sequence number), checks of status, headers and body, SLOs, 40 blocks. The sequence number is
 * the request's identity in the server's log.
 */
export const enginePlan = (load: EngineLoad): Plan => {
  const read = readConfig({
    file: 'bench.yml',
    text: configText(load),
    env: () => undefined,
    profile: undefined,
    overrides: { gatewayUrl: undefined, seed: undefined },
    readFile: () => undefined,
    checkDialect: resolveDialect,
  });
  if (!read.ok) throw new Error(read.problems.map((problem) => problem.message).join('\n'));
  const planned = planRun(read.config, { seed: 'bench' });
  if (!planned.ok) throw new Error(planned.problems.map((problem) => problem.message).join('\n'));
  return planned.plan;
};

/** The same as the text of a configuration. */
export const configText = (load: EngineLoad): string => stringify(configOf(load));

const configOf = ({ url, arrival, warmup, duration, concurrency, tokens }: EngineLoad) => {
  const isStream = tokens !== undefined;
  const process = 'rate' in arrival ? { rate: `${arrival.rate}/s` } : { users: arrival.users };
  return {
    version: 1,
    gateway: { url, headers: { authorization: 'Bearer bench' } },
    limits: { requests: MAX_REQUESTS, duration: '10m', concurrency },
    seed: 'bench',
    data: { questions: ['Where is my parcel?', 'How do I reset my password?', 'What are your opening hours?'] },
    tenants: {
      free: { headers: { 'x-tenant-id': 'free-tier' }, vars: { model: 'bench-small' } },
      pro: { headers: { 'x-tenant-id': 'pro-tier' }, vars: { model: 'bench-large' } },
    },
    scenarios: {
      chat: {
        tenants: ['free', 'pro'],
        load: { ...process, warmup: `${warmup * 1_000}ms`, duration: `${duration * 1_000}ms` },
        endpoint: 'chat',
        stream: isStream,
        body: {
          model: '${tenant.model}',
          user: 'r${seq}',
          messages: [{ role: 'user', content: '${pick questions} (ticket ${nonce})' }],
          max_tokens: tokens ?? 100,
        },
        expect: {
          status: [200, 429],
          headers: { 'content-type': 'present' },
          body: {
            model: 'bench-model',
            'choices.0.message.content': 'nonempty',
            'choices.0.finish_reason': 'stop',
          },
        },
        slo: [
          'p95 < 500ms',
          'p99 < 2s',
          'error_rate < 1%',
          ...(isStream ? ['ttft.p95 < 500ms', 'itl.p99 < 250ms'] : []),
        ],
      },
    },
  };
};
