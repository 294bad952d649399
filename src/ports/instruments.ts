import type { ProviderFault, UpstreamCall } from '../model/upstream.ts';

/** Which calls are asked for: those that meet every condition that is given. */
export interface CallQuery {
  /** Calls with this index or a later one; needs `provider`. */
  readonly since?: number;
  readonly provider?: string;
  /** Calls with this nonce among theirs. */
  readonly nonce?: string;
}

/**
 * The simulated providers behind the gateway, as instruments: what they saw, and what they do wrong on command. Calls reject
 * with `GateError` `io` when a provider cannot be asked.
 */
export interface Instruments {
  /** Names, in the order of the configuration; never empty. */
  readonly providers: readonly string[];
  /** By provider, then by arrival. A call still under way is there without its end. */
  calls(query: CallQuery): Promise<readonly UpstreamCall[]>;
  /** Replaces the faults of one provider; an empty list heals it. Holds for calls that arrive from then on. */
  setFaults(provider: string, faults: readonly ProviderFault[]): Promise<void>;
  /** Gives one provider the faults back that it was started with. */
  restoreFaults(provider: string): Promise<void>;
}
