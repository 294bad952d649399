import { createSystemClock } from '../../src/adapters/clock/system-clock.ts';
import { createSocketTransport } from '../../src/adapters/http/socket-transport.ts';
import { createInstruments } from '../../src/adapters/provider/control-client.ts';
import type { ProbeReading, ProbeRun } from '../../src/model/probe.ts';
import type { Slo } from '../../src/model/slo.ts';
import { Budget } from '../../src/plan/budget.ts';
import { planRun } from '../../src/plan/plan-run.ts';
import { policyOf } from '../../src/plan/policy-of.ts';
import { runProbes } from '../../src/probes/run-probes.ts';
import { judgeProbe } from '../../src/verdict/judge-probe.ts';
import { readProbe } from '../../src/verdict/read-probe.ts';
import { configOf } from '../config/load-config.ts';

/** A gateway that is up. */
export interface ProbedGateway {
  readonly url: string;
  /** Of the configuration; default: generic. */
  readonly dialect?: string;
  /** URLs of the simulated providers that the probe may ask, by name; empty = none. */
  readonly providers: Readonly<Record<string, string>>;
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

/** Runs the one probe of a configuration, whose scenarios are given in YAML, against a gateway. */
export const probeGateway = async (
  yaml: string,
  { url, dialect = 'generic', providers }: ProbedGateway,
): Promise<ProbedWorld> => {
  const config = configOf(`version: 1\ngateway: {url: "${url}", dialect: ${dialect}}\n${yaml}`);
  const planned = planRun(config, { seed: 'test' });
  if (!planned.ok) throw new Error(planned.problems[0]?.message);
  const { plan } = planned;
  const clock = createSystemClock();
  const transport = createSocketTransport(plan.target, clock);
  const addresses = Object.entries(providers).map(([name, at]) => ({ name, url: at }));
  const instruments = addresses.length === 0 ? undefined : createInstruments(addresses);
  const ports = { clock, transport, budget: new Budget(plan.bounds), instruments, onProgress: () => {} };
  const { probes } = await runProbes(plan, ports, new AbortController().signal).finally(() => transport.close());
  return summary(probes[0]!, plan.probes[0]!.scenario.slos, policyOf(config, []).minSamples);
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
