import type { Config } from '../config/config.ts';
import { formatPath } from '../config/problem-list.ts';
import { resolveDialect } from '../dialects/resolve-dialect.ts';
import type { Dialect } from '../model/dialect.ts';
import type { Problem } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { ProbeSpec } from '../model/probe.ts';
import { digestOf } from './digest.ts';
import { planProbe, planScenario } from './plan-scenario.ts';

/** A plan, or what is wrong with the configuration that only shows here. */
export type PlanResult =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Everything that the load engine needs, as plain data. The seed of the configuration wins over the one that is handed in,
 * which is what a run chose for itself. Instruments are known only when the providers are up.
 */
export const planRun = (config: Config, { seed }: { readonly seed: string }): PlanResult => {
  const resolved = resolveDialect(config.gateway.dialect);
  if (!resolved.ok) return { ok: false, problems: [dialectProblem(config, resolved)] };
  const underLoad = config.scenarios.filter((scenario) => scenario.probe === undefined);
  const plan: Plan = {
    seed: config.seed ?? seed,
    digest: digestOf(config),
    target: { url: config.gateway.url, ca: config.gateway.ca, http2: config.gateway.http2 },
    instruments: [],
    baseline: undefined,
    pairs: 0,
    share: undefined,
    dialect: resolved.dialect,
    bounds: config.limits,
    loads: config.loads,
    scenarios: underLoad.map((scenario) => planScenario(scenario, config)),
    probes: config.scenarios.flatMap((scenario) =>
      scenario.probe === undefined
        ? []
        : [planProbe(scenario, config, completeProbe(scenario.probe, resolved.dialect))],
    ),
    lists: config.lists,
  };
  return { ok: true, plan };
};

/** What a probe leaves to the gateway's dialect. */
const completeProbe = (spec: ProbeSpec, { cacheControls }: Dialect): ProbeSpec =>
  spec.kind !== 'cache' || spec.bypass.length > 0 || cacheControls.bypass === 'unsupported'
    ? spec
    : { ...spec, bypass: cacheControls.bypass };

const dialectProblem = (config: Config, { message, allowed }: { message: string; allowed: string }): Problem => {
  const { dialect } = config.gateway;
  const isName = typeof dialect === 'string';
  const { line, path } = config.originOf(isName ? ['gateway', 'dialect'] : ['gateway', 'dialect', 'base']);
  const received = JSON.stringify(isName ? dialect : dialect.base);
  return { file: config.file, line, path: formatPath(path), message, received, allowed };
};
