import { SIGNAL_TITLES } from '../dialects/describe-dialect.ts';
import { isUnsupported, type SignalName } from '../model/dialect.ts';
import type { Plan, ScenarioPlan } from '../model/plan.ts';
import type { QuantileMetric, Slo, Subject } from '../model/slo.ts';
import { hasNonce } from './has-nonce.ts';

/** What a subject is measured by from the client's side. */
interface Need {
  readonly signal: SignalName;
  /** Whether simulated providers behind the gateway can tell as well: of a load, or of a probe. */
  readonly providersTell: { readonly load: boolean; readonly probe: boolean };
}

const CACHE: Need = { signal: 'cache', providersTell: { load: false, probe: true } };

/** Families of what only probes measure; the others need nothing of the dialect, or simulated providers anyway. */
const PROBE_NEEDS: Readonly<Record<string, Need>> = {
  'cache.': CACHE,
  'semantic.': CACHE,
  'isolation.': CACHE,
  'routing.': { signal: 'provider', providersTell: { load: true, probe: true } },
  'limit.retry_after_error': { signal: 'retryAfter', providersTell: { load: false, probe: false } },
};

/**
 * The SLOs that cannot be measured because the gateway's dialect never says what they need, or because nobody knows the
 * providers' time, one sentence each with what to do. `hasProviders`: the run starts simulated providers, or is told of some.
 */
export const unmeasurableSlos = (plan: Plan, hasProviders: boolean): readonly string[] => {
  const ofLoads = plan.scenarios.map(({ name, slos }) => ({ name, slos, kind: 'load' as const }));
  const ofOverhead = plan.scenarios.flatMap((scenario) => unmeasurableOverhead(scenario, hasProviders));
  const ofProbes = plan.probes.map(({ scenario: { name, slos } }) => ({ name, slos, kind: 'probe' as const }));
  const ofDialect = [...ofLoads, ...ofProbes].flatMap(({ name, slos, kind }) =>
    slos.flatMap((slo) => {
      const need = needOf(slo.subject);
      if (need === undefined || !isUnsupported(plan.dialect, need.signal)) return [];
      const canTell = need.providersTell[kind];
      return canTell && hasProviders
        ? []
        : [sentence({ scenario: name, slo, need, canTell, dialect: plan.dialect.name })];
    }),
  );
  return [...ofDialect, ...ofOverhead];
};

/** What a gateway says of its own time is not judged: only providers behind it tell, and only of requests that they can tell apart. */
const unmeasurableOverhead = (scenario: ScenarioPlan, hasProviders: boolean): readonly string[] => {
  if (hasProviders && hasNonce(scenario)) return [];
  const why = hasProviders
    ? 'it needs ${nonce} in the body, by which a provider knows the request'
    : 'it needs simulated providers behind the gateway (providers)';
  return scenario.slos
    .filter(({ subject }) => subject.kind === 'quantile' && OVERHEAD.includes(subject.metric))
    .map(({ text }) => `${scenario.name}: ${text} cannot be measured: ${why}.`);
};

const OVERHEAD: readonly QuantileMetric[] = ['overhead', 'ttft-overhead'];

const needOf = (subject: Subject): Need | undefined => {
  switch (subject.kind) {
    case 'rate':
      return subject.of === 'hit' ? CACHE : undefined;
    case 'cache-delta':
      return CACHE;
    case 'quantile':
      return subject.metric === 'hit' || subject.metric === 'miss' ? CACHE : undefined;
    case 'share':
      return { signal: subject.of, providersTell: { load: false, probe: false } };
    case 'probe':
      return Object.entries(PROBE_NEEDS).find(([family]) => subject.name.startsWith(family))?.[1];
    default:
      return undefined;
  }
};

/** The dialect's parts by the names that the configuration has for them. */
const KEYS: Readonly<Partial<Record<SignalName, string>>> = { retryAfter: 'retry_after' };

const sentence = (of: {
  readonly scenario: string;
  readonly slo: Slo;
  readonly need: Need;
  readonly canTell: boolean;
  readonly dialect: string;
}): string => {
  const { scenario, slo, need, canTell, dialect } = of;
  const key = `gateway.dialect.${KEYS[need.signal] ?? need.signal}`;
  const providers = canTell ? ', or put simulated providers behind it (providers)' : '';
  return `${scenario}: ${slo.text} cannot be measured: the dialect ${dialect} has no ${SIGNAL_TITLES[need.signal]}. Say where your gateway states it (${key})${providers}.`;
};
