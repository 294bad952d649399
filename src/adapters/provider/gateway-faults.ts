import { fromMillis, type Micros, micros, type Ratio, ratio } from '../../model/units.ts';

/** Every decision of the gateway that a fault can spoil. */
export interface GatewayBehaviour {
  /** A pause of a share of the requests, before a provider is asked. */
  readonly delay: { readonly share: Ratio; readonly add: Micros };
  /** Identical cold requests wait for one upstream call. */
  readonly singleFlight: boolean;
  /** What the cache key leaves out. */
  readonly cacheKeyIgnores: readonly ('tenant' | 'model' | 'temperature' | 'system' | 'stream')[];
  /** Prompts that alike (0–1) share an answer, whatever the gateway's own threshold; undefined = as that has it. */
  readonly threshold: number | undefined;
  readonly cachesErrors: boolean;
  /** Stored answers die when their time to live is over. */
  readonly expires: boolean;
  /** Requests that ask to pass the cache by do. */
  readonly honoursBypass: boolean;
  /** Requests for the same path that are under way at the same time get the answer of the first. */
  readonly crossesAnswers: boolean;
  /** The status of a rejection by the rate limit. */
  readonly throttleStatus: number;
  readonly limitFactor: number;
  readonly retryAfterFactor: number;
  /** All tenants draw on the smallest allowance of any. */
  readonly sharedLimit: boolean;
  /** Embeddings go upstream one by one, and all other requests wait in the same line. */
  readonly sharedQueue: boolean;
  readonly failsOver: boolean;
  /** Calls to one provider before it counts as failed; above 1, errors of the client are retried too. */
  readonly attempts: number;
  /** Of the weight of the first provider. */
  readonly firstWeightFactor: number;
  /** Of the answers that name a provider other than the one that served. */
  readonly misattributed: Ratio;
  /** Of the requests that are sent to another model. */
  readonly wrongModel: Ratio;
  readonly enforcesModels: boolean;
  /** Of the streams that end early, as if complete. */
  readonly truncated: Ratio;
  readonly buffersStreams: boolean;
  readonly cancelsUpstream: boolean;
}

export const HEALTHY_GATEWAY: GatewayBehaviour = {
  delay: { share: ratio(0), add: micros(0) },
  singleFlight: true,
  cacheKeyIgnores: [],
  threshold: undefined,
  cachesErrors: false,
  expires: true,
  honoursBypass: true,
  crossesAnswers: false,
  throttleStatus: 429,
  limitFactor: 1,
  retryAfterFactor: 1,
  sharedLimit: false,
  sharedQueue: false,
  failsOver: true,
  attempts: 1,
  firstWeightFactor: 1,
  misattributed: ratio(0),
  wrongModel: ratio(0),
  enforcesModels: true,
  truncated: ratio(0),
  buffersStreams: false,
  cancelsUpstream: true,
};

interface GatewayFault {
  /** One line, for a list of faults. */
  readonly about: string;
  readonly change: Partial<GatewayBehaviour>;
}

/** The faults that can be planted: name → what changes. */
export const GATEWAY_FAULTS = {
  slow: {
    about: 'half of the requests wait for 400 ms before they go upstream',
    change: { delay: { share: ratio(0.5), add: fromMillis(400) } },
  },
  stampede: { about: 'identical cold requests all go upstream', change: { singleFlight: false } },
  leak: { about: 'the cache key leaves out the tenant', change: { cacheKeyIgnores: ['tenant'] } },
  'temperature-blind': {
    about: 'the cache key leaves out the temperature',
    change: { cacheKeyIgnores: ['temperature'] },
  },
  'model-blind': { about: 'the cache key leaves out the model', change: { cacheKeyIgnores: ['model'] } },
  'system-blind': { about: 'the cache key leaves out the system prompt', change: { cacheKeyIgnores: ['system'] } },
  'stream-blind': {
    about: 'a stream is answered from the cache, as what is none',
    change: { cacheKeyIgnores: ['stream'] },
  },
  'ignored-bypass': { about: 'requests that pass the cache by are cached', change: { honoursBypass: false } },
  'stale-cache': { about: 'cached answers outlive their time', change: { expires: false } },
  'semantic-loose': { about: 'the cache takes prompts for the same that look alike', change: { threshold: 0.55 } },
  'crossed-answers': { about: 'requests under way together get one answer', change: { crossesAnswers: true } },
  'cached-errors': { about: 'errors of providers are cached', change: { cachesErrors: true } },
  'bad-429': { about: 'a request over its limit gets 500 instead of 429', change: { throttleStatus: 500 } },
  'loose-limit': { about: 'limits admit 30 % too many', change: { limitFactor: 1.3 } },
  'lying-retry-after': { about: 'retry-after promises a fifth of the true wait', change: { retryAfterFactor: 0.2 } },
  'starved-neighbour': { about: 'all tenants share the smallest allowance', change: { sharedLimit: true } },
  'starved-endpoint': { about: 'other requests wait in one line with embeddings', change: { sharedQueue: true } },
  'no-failover': { about: 'a failing provider is not replaced', change: { failsOver: false } },
  'retry-storm': { about: 'failed calls are made four times, client errors too', change: { attempts: 4 } },
  'skewed-routing': { about: 'the first provider gets three times its weight', change: { firstWeightFactor: 3 } },
  'wrong-attribution': {
    about: 'a third of the answers name another provider',
    change: { misattributed: ratio(1 / 3) },
  },
  'wrong-model': { about: 'a tenth of the requests go to another model', change: { wrongModel: ratio(0.1) } },
  'forbidden-model': { about: 'tenants reach models that they may not use', change: { enforcesModels: false } },
  truncate: { about: 'a tenth of the streams end early as if complete', change: { truncated: ratio(0.1) } },
  'buffered-streams': { about: 'streams are sent in one piece at their end', change: { buffersStreams: true } },
  'ignored-cancel': { about: 'the upstream call goes on after the client left', change: { cancelsUpstream: false } },
} as const satisfies Readonly<Record<string, GatewayFault>>;
export type GatewayFaultName = keyof typeof GATEWAY_FAULTS;

/** The behaviour under one fault, or the healthy one. */
export const gatewayBehaviour = (fault: GatewayFaultName | undefined): GatewayBehaviour =>
  fault === undefined ? HEALTHY_GATEWAY : { ...HEALTHY_GATEWAY, ...GATEWAY_FAULTS[fault].change };
