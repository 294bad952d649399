/**
 * Whether two names mean one model: gateways put the provider in front (`openai/gpt-4o`), and providers a date behind
 * (`gpt-4o-2024-08-06`, `claude-3-5-sonnet-20241022`).
 */
export const sameModel = (one: string, other: string): boolean => plain(one) === plain(other);

const plain = (name: string): string =>
  name
    .toLowerCase()
    .slice(name.lastIndexOf('/') + 1)
    .replace(/-\d{4}-?\d\d-?\d\d$/, '');
