import { type Micros, micros, type Ratio, ratio } from '../../model/units.ts';
import type { ProviderFault, ProviderFaultName } from '../../model/upstream.ts';
import { drawShare } from './draws.ts';

/** How one request is answered, faults included. The healthy behaviour changes nothing. */
export interface ProviderBehaviour {
  /** An error status, sent at once; undefined = a real answer. */
  readonly status: number | undefined;
  readonly latencyFactor: number;
  readonly latencyAdd: Micros;
  /** Of the time between tokens. */
  readonly intervalFactor: number;
  /** Stop after this share of the answer: `end` as if it were complete, `reset` by closing the connection. */
  readonly cut: { readonly after: Ratio; readonly by: 'end' | 'reset' } | undefined;
  /** Close the connection without a byte, or keep it open without one. */
  readonly refuse: 'reset' | 'silence' | undefined;
  /** Send one event in the middle that is not JSON. */
  readonly malformed: boolean;
  readonly contentType: string | undefined;
  /** The model that the answer claims; undefined = the one that was asked for. */
  readonly model: string | undefined;
  readonly usageFactor: number;
  /** Of the honest `retry-after` of a rejection. */
  readonly retryAfterFactor: number;
}

export const HEALTHY_PROVIDER: ProviderBehaviour = {
  status: undefined,
  latencyFactor: 1,
  latencyAdd: micros(0),
  intervalFactor: 1,
  cut: undefined,
  refuse: undefined,
  malformed: false,
  contentType: undefined,
  model: undefined,
  usageFactor: 1,
  retryAfterFactor: 1,
};

interface FaultKind {
  /** One line for a list of faults. */
  readonly about: string;
  readonly change: (fault: ProviderFault) => Partial<ProviderBehaviour>;
}

/** Every fault a provider can have: name → what it changes. */
export const PROVIDER_FAULTS = {
  status: { about: 'answers with an error status', change: (fault) => ({ status: fault.status ?? 503 }) },
  slow: {
    about: 'takes longer until its first byte',
    change: (fault) => ({
      latencyFactor: fault.factor ?? (fault.add === undefined ? 3 : 1),
      latencyAdd: fault.add ?? micros(0),
    }),
  },
  drip: { about: 'leaves long pauses between tokens', change: (fault) => ({ intervalFactor: fault.factor ?? 10 }) },
  truncate: {
    about: 'ends half-way as if it were done',
    change: (fault) => ({ cut: { after: ratio(fault.after ?? 0.5), by: 'end' } }),
  },
  cut: {
    about: 'loses the connection half-way',
    change: (fault) => ({ cut: { after: ratio(fault.after ?? 0.5), by: 'reset' } }),
  },
  reset: { about: 'closes the connection without an answer', change: () => ({ refuse: 'reset' }) },
  silence: { about: 'never answers', change: () => ({ refuse: 'silence' }) },
  'malformed-sse': { about: 'sends an event that is not JSON', change: () => ({ malformed: true }) },
  'wrong-content-type': { about: 'calls its answer HTML', change: () => ({ contentType: 'text/html; charset=utf-8' }) },
  'wrong-model': { about: 'answers as another model', change: () => ({ model: 'another-model' }) },
  'wrong-usage': { about: 'bills more tokens than it sent', change: (fault) => ({ usageFactor: fault.factor ?? 2 }) },
  'lying-429': {
    about: 'promises an earlier end of its limit',
    change: (fault) => ({ retryAfterFactor: fault.factor ?? 0.2 }),
  },
} as const satisfies Readonly<Record<ProviderFaultName, FaultKind>>;

/** The behaviour towards one request at `age` µs since the start; later faults win over earlier ones. */
export const behaviourFor = (
  faults: readonly ProviderFault[],
  request: { readonly seed: string; readonly identity: string; readonly age: Micros },
): ProviderBehaviour => {
  if (faults.length === 0) return HEALTHY_PROVIDER;
  const changes = faults
    .filter(({ from, until }) => request.age >= (from ?? 0) && request.age < (until ?? Number.POSITIVE_INFINITY))
    .filter(({ name, share }) => drawShare(request.seed, `fault ${name}`, request.identity) < (share ?? 1))
    .map((fault) => (PROVIDER_FAULTS[fault.name] as FaultKind).change(fault));
  return Object.assign({}, HEALTHY_PROVIDER, ...changes) as ProviderBehaviour;
};
