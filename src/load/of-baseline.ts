import { GateError } from '../model/errors.ts';

/** Says of a gateway that cannot be reached that it is the one compared with; other errors are left as they are. */
export const ofBaseline = (error: unknown): unknown => {
  if (!(error instanceof GateError) || error.code !== 'unreachable') return error;
  const { message, hint, cause } = error;
  return new GateError('unreachable', `The baseline gateway: ${message}`, {
    ...(hint === undefined ? {} : { hint }),
    cause,
  });
};
