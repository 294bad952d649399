/** One request as the truth server saw it. Times are CLOCK_MONOTONIC, µs, with fractions. */
export interface TrueRequest {
  /** The number that the request's body carried; −1 for none. */
  readonly id: number;
  /** Its first byte was there to be read. */
  readonly received: number;
  /** Just before the first byte of the answer was written. */
  readonly first: number;
  /** Just before the last one was. */
  readonly last: number;
  /** The same for each token of a stream; empty for an answer in one piece. */
  readonly tokens: readonly number[];
}

const FIELDS = 6;
const WORD = 8;

/** Reads the log that the truth server writes. An incomplete file is an error, never a shorter log. */
export const readTruthLog = (bytes: Uint8Array): readonly TrueRequest[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const integer = (index: number): number => Number(view.getBigInt64(index * WORD, true));
  const micros = (index: number): number => integer(index) / 1_000;
  if (bytes.byteLength < 2 * WORD) throw new Error('the log of the truth server has no header');
  const [requests, tokens] = [integer(0), integer(1)];
  if (bytes.byteLength !== (2 + requests * FIELDS + tokens) * WORD)
    throw new Error(`the log of the truth server is incomplete: ${bytes.byteLength} bytes`);
  const tokensFrom = 2 + requests * FIELDS;
  return Array.from({ length: requests }, (_, request) => {
    const at = 2 + request * FIELDS;
    const start = tokensFrom + integer(at + 5);
    return {
      id: integer(at),
      received: micros(at + 1),
      first: micros(at + 2),
      last: micros(at + 3),
      tokens: Array.from({ length: integer(at + 4) }, (_, token) => micros(start + token)),
    };
  });
};

/**
 * Requests a second that were answered between `skip` µs after the first request came and the last answer, at most `span` µs
 * of it: one rule for every tool, by the server's own log. Undefined when nothing was answered in that time.
 */
export const answeredRate = (log: readonly TrueRequest[], skip: number, span: number): number | undefined => {
  if (log.length === 0) return undefined;
  const from = log.reduce((least, each) => Math.min(least, each.received), Number.POSITIVE_INFINITY) + skip;
  const until = Math.min(
    from + span,
    log.reduce((most, each) => Math.max(most, each.last), 0),
  );
  const answered = log.filter(({ last }) => last >= from && last < until).length;
  return until > from && answered > 0 ? (answered * 1_000_000) / (until - from) : undefined;
};
