import { mayBeSecret, secretVariable } from '../config/secret-names.ts';
import { templateLiteral } from '../config/template-literal.ts';
import type { Header, Setup } from './setup.ts';

/** The environment variables that the configuration reads: that of the key, and one for each header that may be a secret. */
export const secretNames = ({ apiKeyEnv, headers }: Pick<Setup, 'apiKeyEnv' | 'headers'>): readonly string[] => [
  ...(apiKeyEnv === undefined ? [] : [apiKeyEnv]),
  ...headers.flatMap((header) => variableOf(header) ?? []),
];

/** What is written for a header's value: a template without any secret in it. */
export const headerTemplate = (header: Header): string => {
  const variable = variableOf(header);
  return variable === undefined ? templateLiteral(header[1]) : `\${env.${variable}}`;
};

/** The variable into which the value of a header belongs; undefined = it is no secret. */
export const variableOf = ([name, value]: Header): string | undefined =>
  mayBeSecret(name, value) ? secretVariable(name) : undefined;
