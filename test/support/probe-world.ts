import { createSystemClock } from '../../src/adapters/clock/system-clock.ts';
import { createSocketTransport } from '../../src/adapters/http/socket-transport.ts';
import { createInstruments } from '../../src/adapters/provider/control-client.ts';
import type { GatewayFaultName } from '../../src/adapters/provider/gateway-faults.ts';
import type { ProviderOptions } from '../../src/adapters/provider/provider-options.ts';
import { startServerGroup } from '../../src/adapters/provider/server-group.ts';
import type { ServerSpec } from '../../src/adapters/provider/server-spec.ts';
import type { ProbeReading, ProbeRun } from '../../src/model/probe.ts';
import type { Slo } from '../../src/model/slo.ts';
import { fromMillis, fromSeconds } from '../../src/model/units.ts';
import { Budget } from '../../src/plan/budget.ts';
import { planRun } from '../../src/plan/plan-run.ts';
import { policyOf } from '../../src/plan/policy-of.ts';
import { runProbes } from '../../src/probes/run-probes.ts';
import { judgeProbe } from '../../src/verdict/judge-probe.ts';
import { readProbe } from '../../src/verdict/read-probe.ts';
import { configOf } from '../config/load-config.ts';

const LOOPBACK = { host: '127.0.0.1', port: 0 };

/** A reference gateway in front of two simulated providers, and what a probe of it is told. */
export interface ProbeWorld {
  readonly fault?: GatewayFaultName | undefined;
  readonly gateway?: Partial<NonNullable<ServerSpec['gateway']>>;
  readonly provider?: Partial<ProviderOptions>;
  /** Whether the probe may ask the providers; it may by default. */
  readonly instrumented?: boolean;
}

/** What came of a probe. */
export interface ProbedWorld {
  readonly run: ProbeRun;
  readonly reading: ProbeReading;
  /** Status by the text of the SLO. */
  readonly verdicts: Readonly<Record<string, string>>;
  /** Value by subject; a reason where it was not measured. */
  readonly values: Readonly<Record<string, number | string>>;
  readonly sights: readonly string[];
}

/** Runs the one probe of a configuration, whose scenarios are given in YAML, against a gateway of its own. */
export const probeWorld = async (yaml: string, world: ProbeWorld = {}): Promise<ProbedWorld> => {
  const group = await startServerGroup({
    providers: ['one', 'two'].map((name) => ({ ...PROVIDER, seed: name, ...world.provider, name })),
    gateway: { ...GATEWAY, ...world.gateway, fault: world.fault },
  });
  try {
    const config = configOf(`version: 1\ngateway: {url: "${group.gateway}"}\n${yaml}`);
    const planned = planRun(config, { seed: 'test' });
    if (!planned.ok) throw new Error(planned.problems[0]?.message);
    const { plan } = planned;
    const clock = createSystemClock();
    const transport = createSocketTransport(plan.target, clock);
    const addresses = Object.entries(group.providers).map(([name, url]) => ({ name, url }));
    const instruments = world.instrumented === false ? undefined : createInstruments(addresses);
    const ports = { clock, transport, budget: new Budget(plan.bounds), instruments, onProgress: () => {} };
    const { probes } = await runProbes(plan, ports, new AbortController().signal).finally(() => transport.close());
    return summary(probes[0]!, plan.probes[0]!.scenario.slos, policyOf(config, []).minSamples);
  } finally {
    await group.stop();
  }
};

const summary = (
  run: ProbeRun,
  slos: readonly Slo[],
  minSamples: ReturnType<typeof policyOf>['minSamples'],
): ProbedWorld => {
  const reading = readProbe(run);
  const findings = judgeProbe(run, { slos, minSamples });
  return {
    run,
    reading,
    verdicts: Object.fromEntries(findings.map(({ text, status }) => [text, status])),
    values: Object.fromEntries(
      Object.entries(reading.values).map(([name, value]) => [
        name,
        value.kind === 'measured' ? value.value : value.reason,
      ]),
    ),
    sights: reading.sights.map(({ kind, text }) => `${kind}: ${text}`),
  };
};

/** Slow enough that a crowd is there before its first answer. */
const PROVIDER: Omit<ProviderOptions, 'name' | 'seed'> = {
  listen: LOOPBACK,
  latency: { p50: fromMillis(60), p95: fromMillis(60) },
  tokenInterval: fromMillis(1),
  outputTokens: 40,
};

const GATEWAY: NonNullable<ServerSpec['gateway']> = {
  listen: LOOPBACK,
  providers: [
    { name: 'one', weight: 1 },
    { name: 'two', weight: 1 },
  ],
  cache: { enabled: true, ttl: fromSeconds(60) },
  seed: 'test',
};
