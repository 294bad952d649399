/** What a header means to the reading of a response. */
export type HeaderRole = 'none' | 'content-length' | 'transfer-encoding' | 'connection' | 'keep-alive';

/** A header's name in lower case, and what it means. */
export interface HeaderName {
  readonly name: string;
  readonly role: HeaderRole;
}

/** A token of RFC 9110 §5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Names kept at most, so that a peer that makes them up costs no memory. */
const MAX_KEPT = 512;

const ROLES: ReadonlyMap<string, HeaderRole> = new Map(
  (['content-length', 'transfer-encoding', 'connection', 'keep-alive'] as const).map((role) => [role, role]),
);

const kept = new Map<string, HeaderName>();

/**
 * The name as it stands on the wire; undefined when it is none. Names repeat from response to response: one look-up
 * instead of check, lower case and a new string each.
 */
export const headerName = (written: string): HeaderName | undefined => kept.get(written) ?? learn(written);

const learn = (written: string): HeaderName | undefined => {
  if (!TOKEN.test(written)) return undefined;
  const name = written.toLowerCase();
  const header = { name, role: ROLES.get(name) ?? 'none' };
  if (kept.size < MAX_KEPT) kept.set(written, header);
  return header;
};
