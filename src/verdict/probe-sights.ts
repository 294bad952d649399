import type { ProbeCall, ProbeSight } from '../model/probe.ts';

/** Calls that are named for one sight. */
const MAX_CALLS = 3;

/** The ids of the first calls to show. */
export const examples = (calls: readonly ProbeCall[]): readonly number[] =>
  calls.slice(0, MAX_CALLS).map(({ id }) => id);

const ORDER: readonly ProbeSight['kind'][] = ['bad', 'unknown', 'good', 'plain'];

/** What is wrong comes first, then what could not be told; else as it was. */
export const worstFirst = (sights: readonly ProbeSight[]): readonly ProbeSight[] =>
  sights.toSorted((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
