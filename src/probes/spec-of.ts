import { GateError } from '../model/errors.ts';
import type { ProbeName, ProbeSpec } from '../model/probe.ts';
import type { Prober } from './prober.ts';

/** The spec of a probe whose kind is known. Throws `GateError` `internal` for one of another kind. */
export const specOf = <Kind extends ProbeName>({ plan }: Prober, kind: Kind): Extract<ProbeSpec, { kind: Kind }> => {
  const { spec } = plan;
  // A kind picks one member of the union; the comparison alone does not tell the compiler so for a type parameter.
  if (spec.kind === kind) return spec as Extract<ProbeSpec, { kind: Kind }>;
  throw new GateError('internal', `a ${spec.kind} probe was given to the ${kind} choreography`);
};
