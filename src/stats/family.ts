/** Says for a level (one-sided, 0–1) whether a test rejects at it. A test that rejects at a level does so at every higher one. */
export type TestAt = (level: number) => boolean;

/** Which tests of a family reject, in the order given. */
export type FamilyCorrection = (tests: readonly TestAt[], level: number) => readonly boolean[];

/**
 * Holm's step-down procedure (Scandinavian Journal of Statistics 6 (1979) 65–70): the chance that any true null
 * hypothesis of the family is rejected is at most `level`, however the tests depend on each other.
 *
 * It needs no p-values: with r rejections so far, whatever rejects at level/(m − r) is rejected too, until nothing more is.
 */
export const holm: FamilyCorrection = (tests, level) => {
  const rejected = tests.map(() => false);
  for (;;) {
    const left = rejected.filter((each) => !each).length;
    const fresh = tests.flatMap((test, i) => (!rejected[i] && test(level / left) ? [i] : []));
    if (fresh.length === 0) return rejected;
    for (const i of fresh) rejected[i] = true;
  }
};

/** Every test at the full level: for what is shown and does not decide. */
export const uncorrected: FamilyCorrection = (tests, level) => tests.map((test) => test(level));

/**
 * Benjamini and Hochberg's step-up procedure (Journal of the Royal Statistical Society B 57 (1995) 289–300): among what is
 * rejected, the expected share of true null hypotheses is at most `level`, for tests that are independent or rise together. For
 * what is shown and does not decide. It needs no p-values: the most rejections k of which each rejects at level·k/m.
 */
export const benjaminiHochberg: FamilyCorrection = (tests, level) => {
  for (let k = tests.length; k > 0; k--) {
    const rejected = tests.map((test) => test((level * k) / tests.length));
    if (rejected.filter(Boolean).length >= k) return rejected;
  }
  return tests.map(() => false);
};
