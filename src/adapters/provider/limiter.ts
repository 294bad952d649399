import { type Micros, micros } from '../../model/units.ts';

/**
 * So many requests in a window. `fixed-window`: windows follow each other from the clock's origin, each with its own
 * allowance. `sliding-window`: at most `requests` admitted in any `window`, wherever it begins. `token-bucket`: an
 * allowance of `requests` that fills evenly over `window`.
 */
export interface LimitSpec {
  readonly requests: number;
  readonly window: Micros;
  readonly algorithm?: LimitAlgorithm | undefined;
}
export type LimitAlgorithm = 'fixed-window' | 'sliding-window' | 'token-bucket';

/** What the limit said to one request, and what its headers should say. */
export interface Admission {
  readonly admitted: boolean;
  readonly limit: number;
  /** Whole requests left after this one. */
  readonly remaining: number;
  /** Until the allowance is whole again. */
  readonly reset: Micros;
  /** Until the next request would be admitted; 0 when one would be now. */
  readonly retryAfter: Micros;
}

/** Judges one request of `key` at `now`. Times of one limiter never run backwards. */
export type Limiter = (key: string, now: Micros) => Admission;

/** A limiter with one allowance a key. Default: a fixed window. */
export const createLimiter = (spec: LimitSpec): Limiter => ALGORITHMS[spec.algorithm ?? 'fixed-window'](spec);

const fixedWindow = ({ requests, window }: LimitSpec): Limiter => {
  const used = new Map<string, { window: number; count: number }>();
  return (key, now) => {
    const current = Math.floor(now / window);
    let state = used.get(key);
    if (state?.window !== current) {
      state = { window: current, count: 0 };
      used.set(key, state);
    }
    const admitted = state.count < requests;
    if (admitted) state.count += 1;
    const reset = micros((current + 1) * window - now);
    const remaining = requests - state.count;
    return { admitted, limit: requests, remaining, reset, retryAfter: remaining > 0 ? micros(0) : reset };
  };
};

const slidingWindow = ({ requests, window }: LimitSpec): Limiter => {
  /** When the last `requests` admissions were, oldest first. */
  const admissions = new Map<string, number[]>();
  return (key, now) => {
    const recent = (admissions.get(key) ?? []).filter((at) => now - at < window);
    const admitted = recent.length < requests;
    if (admitted) recent.push(now);
    admissions.set(key, recent);
    const remaining = requests - recent.length;
    return {
      admitted,
      limit: requests,
      remaining,
      reset: micros((recent.at(-1) ?? now - window) + window - now),
      retryAfter: remaining > 0 ? micros(0) : micros((recent[0] ?? now) + window - now),
    };
  };
};

const tokenBucket = ({ requests, window }: LimitSpec): Limiter => {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const perToken = window / requests;
  return (key, now) => {
    const before = buckets.get(key) ?? { tokens: requests, at: now };
    const tokens = Math.min(requests, before.tokens + (now - before.at) / perToken);
    const admitted = tokens >= 1;
    const left = admitted ? tokens - 1 : tokens;
    buckets.set(key, { tokens: left, at: now });
    return {
      admitted,
      limit: requests,
      remaining: Math.floor(left),
      reset: micros((requests - left) * perToken),
      retryAfter: micros(Math.max(0, 1 - left) * perToken),
    };
  };
};

const ALGORITHMS: Readonly<Record<LimitAlgorithm, (spec: LimitSpec) => Limiter>> = {
  'fixed-window': fixedWindow,
  'sliding-window': slidingWindow,
  'token-bucket': tokenBucket,
};
