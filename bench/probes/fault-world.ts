import { createSystemClock } from '../../src/adapters/clock/system-clock.ts';
import { createSocketTransport } from '../../src/adapters/http/socket-transport.ts';
import { createThreadVitals } from '../../src/adapters/load-thread/thread-vitals.ts';
import { createInstruments } from '../../src/adapters/provider/control-client.ts';
import type { GatewayFaultName } from '../../src/adapters/provider/gateway-faults.ts';
import type { ServerSpec } from '../../src/adapters/provider/server-spec.ts';
import { type RunningServers, startInThread } from '../../src/adapters/provider/server-thread.ts';
import type { Config } from '../../src/config/config.ts';
import { formatProblems } from '../../src/config/format-problems.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { resolveDialect } from '../../src/dialects/resolve-dialect.ts';
import { fromMillis, fromSeconds } from '../../src/model/units.ts';
import { Budget } from '../../src/plan/budget.ts';
import { planRun } from '../../src/plan/plan-run.ts';
import { policyOf } from '../../src/plan/policy-of.ts';
import { runProbes } from '../../src/probes/run-probes.ts';
import { judgeProbe } from '../../src/verdict/judge-probe.ts';
import { FAULT_CONFIG, SEMANTIC_CONFIG } from './fault-config.ts';

/** What all probes together found on one gateway. */
export interface Findings {
  /** SLOs that are not met, by subject. */
  readonly failed: readonly string[];
  /** SLOs that could not be decided, each with the reason. */
  readonly undecided: readonly string[];
  readonly requests: number;
  /** Wall time, ms. */
  readonly took: number;
}

/** Runs every probe against a gateway of its own, with one planted fault or none. */
export const probeGateway = async (fault: GatewayFaultName | undefined, seed: string): Promise<Findings> => {
  const started = performance.now();
  const found = [];
  for (const world of WORLDS) {
    const servers = await startInThread(WORKER, serversOf(world, fault));
    found.push(await probe(servers, world, seed).finally(() => servers.stop()));
  }
  return {
    failed: found.flatMap(({ failed }) => failed),
    undecided: found.flatMap(({ undecided }) => undecided),
    requests: found.reduce((sum, { requests }) => sum + requests, 0),
    took: performance.now() - started,
  };
};

const WORKER = new URL('../../src/entry/provider-worker.ts', import.meta.url);

/** A configuration, and the cache of the gateway that it is for. */
interface World {
  readonly config: string;
  readonly cache: NonNullable<NonNullable<ServerSpec['gateway']>['cache']>;
}

const WORLDS: readonly World[] = [
  { config: FAULT_CONFIG, cache: { enabled: true, ttl: fromSeconds(3) } },
  { config: SEMANTIC_CONFIG, cache: { enabled: true, ttl: fromSeconds(60), threshold: 0.9 } },
];

const probe = async (servers: RunningServers, world: World, seed: string): Promise<Omit<Findings, 'took'>> => {
  const config = configFor(servers, world);
  const planned = planRun(config, { seed });
  if (!planned.ok) throw new Error(formatProblems(planned.problems));
  const { plan } = planned;
  const clock = createSystemClock();
  const transport = createSocketTransport(plan.target, clock);
  const instruments = createInstruments(Object.entries(servers.providers).map(([name, url]) => ({ name, url })));
  const ports = {
    clock,
    transport,
    budget: new Budget(plan.bounds),
    instruments,
    vitals: createThreadVitals(),
    onProgress: () => {},
  };
  const { probes } = await runProbes(plan, ports, new AbortController().signal).finally(() => transport.close());
  const { minSamples } = policyOf(config, []);
  const findings = probes.flatMap((run, index) =>
    judgeProbe(run, { slos: plan.probes[index]!.scenario.slos, minSamples }),
  );
  return {
    failed: findings.filter(({ status }) => status === 'fail').map(({ text }) => subjectOf(text)),
    undecided: findings.flatMap(({ status, text, reason }) =>
      status === 'inconclusive' ? [`${subjectOf(text)}: ${reason}`] : [],
    ),
    requests: ports.budget.used.requests,
  };
};

const subjectOf = (text: string): string => text.split(' ')[0]!;

const configFor = (servers: RunningServers, { config }: World): Config => {
  const env: Readonly<Record<string, string | undefined>> = {
    GATEWAY_URL: servers.url,
    ONE_URL: servers.providers.one,
    TWO_URL: servers.providers.two,
  };
  const result = readConfig({
    file: 'faults.yml',
    text: config,
    env: (name) => env[name],
    readFile: () => undefined,
    profile: undefined,
    overrides: {},
    checkDialect: resolveDialect,
  });
  if (!result.ok) throw new Error(formatProblems(result.problems));
  return result.config;
};

const ANY_PORT = { host: '127.0.0.1', port: 0 } as const;

const serversOf = ({ cache }: World, fault: GatewayFaultName | undefined): ServerSpec => ({
  providers: ['one', 'two'].map((name) => ({
    name,
    listen: ANY_PORT,
    latency: { p50: fromMillis(60), p95: fromMillis(60) },
    tokenInterval: fromMillis(15),
    outputTokens: 20,
    seed: name,
  })),
  gateway: {
    listen: ANY_PORT,
    seed: 'faults',
    providers: [
      { name: 'one', weight: 60 },
      { name: 'two', weight: 40 },
    ],
    tenants: [
      { id: 'free', limit: { requests: 20, window: fromSeconds(4) } },
      { id: 'pro' },
      { id: 'team', allowedModels: ['gpt-4o-mini'] },
    ],
    cache,
    upstreamTimeout: fromMillis(400),
    fault,
  },
});
