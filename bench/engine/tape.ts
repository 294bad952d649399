import type { Plan } from '../../src/model/plan.ts';
import type { MeasuredRequest } from './error-statistics.ts';

/** A plan that carries memory shared with the load thread, into which every measured request is written. */
export interface ObservedPlan extends Plan {
  readonly tape: SharedArrayBuffer;
}

/** Numbers at the start: the place behind the last record, and the records that found no room. */
const HEAD = 2;
const FIXED = 8;

/** Room for about `requests` requests with `gaps` gaps each. */
export const createTape = (requests: number, gaps: number): SharedArrayBuffer => {
  const buffer = new SharedArrayBuffer((HEAD + requests * (FIXED + gaps)) * Float64Array.BYTES_PER_ELEMENT);
  new Float64Array(buffer)[0] = HEAD;
  return buffer;
};

export const writeToTape = (tape: Float64Array, request: MeasuredRequest): void => {
  const at = tape[0]!;
  const { gaps } = request;
  if (at + FIXED + gaps.length > tape.length) {
    tape[1]! += 1;
    return;
  }
  tape[at] = request.id;
  tape[at + 1] = request.intended;
  tape[at + 2] = request.released;
  tape[at + 3] = request.written;
  tape[at + 4] = request.end;
  tape[at + 5] = request.firstContent;
  tape[at + 6] = request.ok ? 1 : 0;
  tape[at + 7] = gaps.length;
  for (let index = 0; index < gaps.length; index++) tape[at + FIXED + index] = gaps[index]!;
  tape[0] = at + FIXED + gaps.length;
};

/** Everything that was written, in that order. A tape that was too short is an error, never a shorter list. */
export const readTape = (tape: Float64Array): readonly MeasuredRequest[] => {
  if (tape[1] !== 0) throw new Error(`${tape[1]} requests found no room on the tape`);
  const requests: MeasuredRequest[] = [];
  for (let at = HEAD; at < tape[0]!; ) {
    const gaps = Array.from(tape.subarray(at + FIXED, at + FIXED + tape[at + 7]!));
    requests.push({
      id: tape[at]!,
      intended: tape[at + 1]!,
      released: tape[at + 2]!,
      written: tape[at + 3]!,
      end: tape[at + 4]!,
      firstContent: tape[at + 5]!,
      ok: tape[at + 6] === 1,
      gaps,
    });
    at += FIXED + gaps.length;
  }
  return requests;
};
