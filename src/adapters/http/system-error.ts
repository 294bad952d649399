const MAX_LINE = 160;

/** The code of a system or TLS error; of several attempts (one an address), the first one's. */
export const codeOf = (error: Error): string | undefined => {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return codeOf(error.errors[0]);
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
};

/** One line that says what happened, without stack, at most 160 characters. */
export const lineOf = (error: Error): string => {
  const first = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  return first.message.replace(/\s+/g, ' ').trim().slice(0, MAX_LINE) || (codeOf(error) ?? first.name);
};
