import { type Dialect, isUnsupported, SIGNALS, type SignalName } from '../model/dialect.ts';
import type { LimitReading } from './limits.ts';
import type { Signals } from './signals.ts';

/** One signal of one response; `missing`: the gateway could have said it, and did not (or not in words that are known). */
export type SignalState =
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'said'; readonly value: string | number };

/** What became of each signal of a response. A limit's value is its size, else what is left of it. */
export const signalStates = (
  dialect: Dialect,
  signals: Signals,
  { limit, retryAfter }: LimitReading,
): Readonly<Record<SignalName, SignalState>> => {
  const limits = limit?.limit ?? limit?.remaining ?? limit?.reset;
  const values: Readonly<Record<SignalName, string | number | undefined>> = { ...signals, limits, retryAfter };
  const stateOf = (signal: SignalName): SignalState => {
    if (isUnsupported(dialect, signal)) return { kind: 'unsupported' };
    const value = values[signal];
    return value === undefined ? { kind: 'missing' } : { kind: 'said', value };
  };
  return Object.fromEntries(SIGNALS.map((signal) => [signal, stateOf(signal)])) as Record<SignalName, SignalState>;
};
