import { GateError } from '../../model/errors.ts';
import type { Micros } from '../../model/units.ts';
import type { ProviderFault } from '../../model/upstream.ts';
import type { LatencySpec } from './draws.ts';
import type { Listen } from './http-exchange.ts';
import type { LimitSpec } from './limiter.ts';

/** A simulated provider, as plain data. */
export interface ProviderOptions {
  readonly name: string;
  readonly listen: Listen;
  /** From the request to an answer in one piece; lognormal through both points. */
  readonly latency: LatencySpec;
  /** From the request to the first content of a stream; default: as `latency`. */
  readonly ttft?: LatencySpec | undefined;
  /** Between the tokens of a stream; each stream draws its own, uniform within ±20 %. */
  readonly tokenInterval: Micros;
  /** The mean length of an answer; uniform within ±25 %. */
  readonly outputTokens: number;
  /** What it lists and accepts; default: it accepts every model. */
  readonly models?: readonly string[] | undefined;
  /** Providers with the same seed draw the same for the same request. */
  readonly seed: string;
  readonly faults?: readonly ProviderFault[] | undefined;
  /** The API lives below this path (`/openai`); anything else is 404. Default: the root. */
  readonly requirePath?: string | undefined;
  /** API keys; any other is 401. Default: no authentication. */
  readonly keys?: readonly string[] | undefined;
  /** Requests by API key. */
  readonly limit?: LimitSpec | undefined;
  /** Of an embedding, unless the request says; default 16. */
  readonly dimensions?: number | undefined;
  /** Calls kept in the log; default 20,000. */
  readonly logSize?: number | undefined;
}

/** What is listed when the provider accepts every model. */
export const DEFAULT_MODELS: readonly string[] = [
  'gpt-4o-mini',
  'gpt-4o',
  'claude-3-5-sonnet',
  'text-embedding-3-small',
];

/** Throws `GateError` `config` when the numbers make no provider. */
export const checkProviderOptions = ({ name, latency, ttft, tokenInterval, outputTokens }: ProviderOptions): void => {
  if (![latency, ttft ?? latency].every(isDistribution))
    throw new GateError('config', `provider ${name}: latency needs 0 < p50 <= p95, or 0 for both`);
  if (!(tokenInterval >= 0 && outputTokens >= 1))
    throw new GateError('config', `provider ${name}: needs token_interval >= 0 and output_tokens >= 1`);
};

const isDistribution = ({ p50, p95 }: LatencySpec): boolean => (p50 > 0 && p95 >= p50) || (p50 === 0 && p95 === 0);
