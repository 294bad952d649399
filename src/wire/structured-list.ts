/** One member of a structured list (RFC 9651): its value, and its parameters by name. */
export interface ListMember {
  /** As written, a string without its quotes. */
  readonly value: string;
  /** Names in lower case; a bare name is true and has the empty value. */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * The members of a structured list, leniently: what is not well-formed is read as far as it goes. Values of parameters are
 * without their quotes; empty members are left out.
 */
export const readStructuredList = (header: string): readonly ListMember[] =>
  splitOutsideQuotes(header, ',')
    .filter((member) => member.trim() !== '')
    .map((member) => {
      const [value, ...parameters] = splitOutsideQuotes(member, ';');
      return { value: unquoted(value ?? ''), parameters: new Map(parameters.map(splitParameter)) };
    });

const splitParameter = (parameter: string): readonly [name: string, value: string] => {
  const equals = parameter.indexOf('=');
  const [name, value] = equals === -1 ? [parameter, ''] : [parameter.slice(0, equals), parameter.slice(equals + 1)];
  return [name.trim().toLowerCase(), unquoted(value)];
};

const unquoted = (text: string): string => text.trim().replace(/^"([\s\S]*)"$/, '$1');

/** Splits where the separator does not stand in a quoted string. */
const splitOutsideQuotes = (text: string, separator: ',' | ';'): string[] =>
  text.match(separator === ',' ? /(?:"(?:\\.|[^"\\])*"|[^,])+/g : /(?:"(?:\\.|[^"\\])*"|[^;])+/g) ?? [];
