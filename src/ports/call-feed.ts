import type { UpstreamCall } from '../model/upstream.ts';

/** What simulated providers saw since they were asked the last time. */
export interface EndedUpstreamCalls {
  /** By provider, then in the order of their ends. */
  readonly calls: readonly UpstreamCall[];
  /** Calls that had left a provider's log before they could be told. */
  readonly missed: number;
}

/**
 * The calls of simulated providers, told while a burst lasts: each one once, after its end. Times are on the clock of
 * whoever asks: where a provider runs on another machine, they are shifted by the difference of the clocks.
 */
export interface CallFeed {
  /** Calls that end from now on are told; earlier ones are not. Rejects with `GateError` `io` when a provider cannot be asked. */
  open(): Promise<void>;
  /** What has ended since the last time. Rejects as `open`; nothing is lost by that. */
  next(): Promise<EndedUpstreamCalls>;
}
