import type { Run } from './run.ts';
import type { Trend } from './trend.ts';
import type { Verdict } from './verdict.ts';

/** Everything that a renderer may look at. */
export interface Report {
  readonly run: Run;
  readonly verdict: Verdict;
  /** The runs that the verdict compared with, newest first; empty where nothing was compared. */
  readonly compared: readonly Run[];
  /** What became of the measures over many runs; undefined = no history was there. */
  readonly trend?: Trend | undefined;
  /** The comment's and the title's key: one sticky comment a key. */
  readonly key: string;
  /** Profile in force; undefined = none named. */
  readonly profile: string | undefined;
  /** The configuration file as the user named it. */
  readonly configPath: string;
  /** Shell command that repeats this run locally. */
  readonly reproduce: string;
  /** Where the whole report can be seen; undefined outside a workflow. */
  readonly detailsUrl: string | undefined;
  /** Things that went wrong beside the measurement, one sentence each: an untrusted baseline, a forbidden comment. */
  readonly warnings: readonly string[];
  /** Only of a failure; undefined = nobody overrode it. */
  readonly override?: Override | undefined;
}

/** Somebody who may write to the repository answers for a failure: the job passes, the verdict stands. */
export interface Override {
  /** That was set to say so. */
  readonly label: string;
  /** Login of the person who set it. */
  readonly by: string;
  /** When, ISO 8601. */
  readonly at: string;
}
