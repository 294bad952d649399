import { GateError, type GateErrorCode } from '../model/errors.ts';
import type { FailOn } from '../model/policy.ts';
import type { Status } from '../model/verdict.ts';

/** The exit statuses of the command, by name. */
export const EXIT = { passed: 0, failed: 1, usage: 2, invalid: 3, internal: 4 } as const;
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** A verdict's exit status. Inconclusive is neutral unless `failOn` names it. */
export const exitOfVerdict = (status: Status, failOn: readonly FailOn[]): ExitStatus => {
  switch (status) {
    case 'pass':
      return EXIT.passed;
    case 'fail':
      return EXIT.failed;
    case 'inconclusive':
      return failOn.includes('inconclusive') ? EXIT.failed : EXIT.passed;
    case 'invalid':
      return EXIT.invalid;
  }
};

/** How a check run says it: what fails the job is a failure, and what passes it without being a pass is neutral. */
export const conclusionOf = (status: Status, exit: ExitStatus): 'success' | 'failure' | 'neutral' => {
  if (exit !== EXIT.passed) return 'failure';
  return status === 'pass' ? 'success' : 'neutral';
};

const EXIT_OF_CODE: Readonly<Record<GateErrorCode, ExitStatus>> = {
  usage: EXIT.usage,
  config: EXIT.usage,
  unreachable: EXIT.invalid,
  unmeasurable: EXIT.invalid,
  'baseline-unreadable': EXIT.usage,
  artifact: EXIT.internal,
  github: EXIT.internal,
  io: EXIT.internal,
  internal: EXIT.internal,
};

/** An exception's exit status; what is not one of ours is an internal fault. */
export const exitOfError = (error: unknown): ExitStatus =>
  error instanceof GateError ? EXIT_OF_CODE[error.code] : EXIT.internal;
