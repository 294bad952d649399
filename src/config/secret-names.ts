/** Whether a name is one behind which a secret is likely, so that its value is never shown, even where the file holds it as plain text. */
export const soundsSecret = (name: string): boolean =>
  /authorization|api-?key|token|secret|password|cookie/i.test(name);

/** From this length on, a value is long enough to be a key. */
const KEY_LENGTH = 16;

/** Whether the value of a header may be a secret: by its name, by its length, or because it names one (a map with an API key). */
export const mayBeSecret = (name: string, value: string): boolean =>
  soundsSecret(name) || value.length >= KEY_LENGTH || /key|token|secret|password/i.test(`${name} ${value}`);

/** GitHub keeps names that begin so for itself. */
const RESERVED = /^(?:GITHUB_|\d)/;

/** Name of the environment variable into which the secret value of a header belongs: `X_API_KEY` for `x-api-key`. */
export const secretVariable = (header: string): string => {
  const name = header.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  return RESERVED.test(name) ? `GATEWAY_${name}` : name;
};
