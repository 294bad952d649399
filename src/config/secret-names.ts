/** Whether a name is one behind which a secret is likely, so that its value is never shown, even where the file holds it as plain text. */
export const soundsSecret = (name: string): boolean =>
  /authorization|api-?key|token|secret|password|cookie/i.test(name);
