import type { Bounds, EndpointKind, Expectation, LoadPlan } from '../model/plan.ts';
import type { FleetPolicy, RegressionPolicy } from '../model/policy.ts';
import type { ProbeSpec } from '../model/probe.ts';
import type { Slo } from '../model/slo.ts';
import type { JsonTemplate, Template } from '../model/template.ts';
import type { Micros } from '../model/units.ts';
import type { ProviderFault } from '../model/upstream.ts';
import type { Origin } from './config-source.ts';
import type { DialectSpec } from './schema-dialect.ts';
import type { Path } from './source-document.ts';

/** A request header as configured. */
export interface HeaderConfig {
  /** In lower case. */
  readonly name: string;
  readonly value: Template;
  /** As written, `${env.X}` unresolved: never holds a secret that came from the environment. */
  readonly source: string;
  /** Where it is written. */
  readonly at: Path;
}

/** The gateway under test. */
export interface GatewayConfig {
  /** Absolute, without credentials, query, fragment and trailing slash. */
  readonly url: string;
  /** Checked when the plan is made, where dialects are known. */
  readonly dialect: DialectSpec;
  /** Credentials of the URL are a basic `authorization` header here. */
  readonly headers: readonly HeaderConfig[];
  /** PEM of an extra certificate authority. */
  readonly ca: string | undefined;
  /** HTTP/2 instead of HTTP/1.1. */
  readonly http2: boolean;
}

/** Who sends. */
export interface TenantConfig {
  readonly id: string;
  readonly headers: readonly HeaderConfig[];
  readonly vars: Readonly<Record<string, string | number | boolean>>;
  /** The variables as written, `${env.X}` unresolved. */
  readonly sources: Readonly<Record<string, string | number | boolean>>;
}

/** A simulated provider: the run starts it, or finds it running and only asks it. */
export type ProviderConfig = StartedProviderConfig | RunningProviderConfig;

export interface StartedProviderConfig {
  readonly kind: 'started';
  readonly name: string;
  readonly listen: { readonly host: string /** 0 = any free one. */; readonly port: number };
  /** Time to an answer in one piece, lognormal through these two. */
  readonly latency: { readonly p50: Micros; readonly p95: Micros };
  /** Time to the first token of a stream; undefined = as `latency`. */
  readonly ttft: { readonly p50: Micros; readonly p95: Micros } | undefined;
  readonly outputTokens: number;
  /** Between two tokens of a stream. */
  readonly tokenInterval: Micros;
  /** Undefined = every model. */
  readonly models: readonly string[] | undefined;
  /** Undefined = no authentication. */
  readonly keys: readonly string[] | undefined;
  /** By API key. */
  readonly limit:
    | {
        readonly requests: number;
        readonly window: Micros;
        readonly algorithm?: 'fixed-window' | 'token-bucket' | undefined;
      }
    | undefined;
  /** Of an embedding. */
  readonly dimensions: number | undefined;
  readonly faults: readonly ProviderFault[] | undefined;
}

export interface RunningProviderConfig {
  readonly kind: 'running';
  readonly name: string;
  /** Absolute http(s) URL without credentials, query and fragment. */
  readonly url: string;
}

/** What is called: a known wire format at its usual place, or anything else. */
export type EndpointConfig =
  | { readonly kind: Exclude<EndpointKind, 'custom'> }
  | { readonly kind: 'custom'; readonly method: string; readonly path: string };

/** One scenario; under load, or a probe. */
export interface ScenarioConfig {
  readonly name: string;
  /** Undefined = under load, by the entry of `Config.loads` that has it among its members. */
  readonly probe: ProbeSpec | undefined;
  /** What a neighbour probe makes its noise of, where that is not a request of this scenario. */
  readonly noise?: ScenarioConfig | undefined;
  readonly endpoint: EndpointConfig;
  readonly stream: boolean;
  readonly headers: readonly HeaderConfig[];
  readonly body: JsonTemplate | undefined;
  /** Ids, in rotation; empty = no tenants. */
  readonly tenants: readonly string[];
  readonly timeout: Micros;
  readonly expect: Expectation;
  readonly slos: readonly Slo[];
}

/** How generators that share the load work together. */
export interface FleetConfig extends FleetPolicy {
  /** All shards of a workflow run begin so long after the first one was ready. */
  readonly gather: Micros;
}

/** A whole configuration: read, resolved, and without a contradiction. Secrets of the environment are in its headers and bodies. */
export interface Config {
  /** As the user named it. */
  readonly file: string;
  /** In force; `pr` when none was chosen. */
  readonly profile: string;
  readonly gateway: GatewayConfig;
  readonly limits: Bounds;
  /** Undefined = the run chooses one. */
  readonly seed: string | undefined;
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly tenants: readonly TenantConfig[];
  readonly providers: readonly ProviderConfig[];
  /** Scaled by `load_scale`; a load of a scenario's own has the scenario's name. None is without members. */
  readonly loads: readonly LoadPlan[];
  readonly scenarios: readonly ScenarioConfig[];
  readonly regression: RegressionPolicy;
  readonly fleet: FleetConfig;
  /** Pairs of blocks into which each load is cut where two gateways are compared side by side; at least 30. */
  readonly pairs: number;
  /** Where the value at a path of the file came from. */
  readonly originOf: (path: Path) => Origin;
}
