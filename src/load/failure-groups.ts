import type { ErrorClass } from '../model/outcome.ts';
import type { FailureGroup } from '../model/run.ts';

/** Groups in the result. */
const MAX_GROUPS = 20;

/** Groups kept while counting; what is unlike all of them is counted under its class and status alone. */
const MAX_KEPT = 200;

const OTHER_DETAILS = 'other details';

/** Failures of one scenario, those that look alike together. Memory does not grow with their number. */
export class FailureGroups {
  readonly #groups = new Map<string, { group: FailureGroup; count: number }>();

  add(failure: Omit<FailureGroup, 'count'>): void {
    const entry = this.#entry(failure) ?? this.#entry({ ...failure, detail: OTHER_DETAILS }, true);
    entry!.count += 1;
  }

  /** The most frequent first, at most 20. */
  result(): FailureGroup[] {
    return [...this.#groups.values()]
      .sort((a, b) => b.count - a.count)
      .slice(0, MAX_GROUPS)
      .map(({ group, count }) => ({ ...group, count }));
  }

  #entry(failure: Omit<FailureGroup, 'count'>, always = false) {
    const key = keyOf(failure.errorClass, failure.status, failure.detail);
    let entry = this.#groups.get(key);
    if (entry === undefined && (always || this.#groups.size < MAX_KEPT)) {
      entry = { group: { ...failure, count: 0 }, count: 0 };
      this.#groups.set(key, entry);
    }
    return entry;
  }
}

const keyOf = (errorClass: ErrorClass, status: number | undefined, detail: string): string =>
  `${errorClass} ${status ?? ''} ${detail}`;
