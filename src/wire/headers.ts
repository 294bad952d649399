/** Looks up a response header by its name in lower case; values of a header that came several times are joined by `, `. */
export type HeaderLookup = (name: string) => string | undefined;

/** A lookup over flat headers: name in lower case, value, name, value … */
export const headerLookup =
  (flat: readonly string[]): HeaderLookup =>
  (name) => {
    let found: string | undefined;
    for (let index = 0; index + 1 < flat.length; index += 2)
      if (flat[index] === name) found = found === undefined ? flat[index + 1] : `${found}, ${flat[index + 1]}`;
    return found;
  };

/** The media type without its parameters, in lower case; empty when the response names none. */
export const mediaType = (header: HeaderLookup): string => {
  const written = header('content-type') ?? '';
  if (written !== lastWritten) {
    lastWritten = written;
    lastType = written.split(';', 1)[0]!.trim().toLowerCase();
  }
  return lastType;
};

/** The last one, as nearly all answers of a run have the same. */
let lastWritten = '';
let lastType = '';
