import { InvalidArgumentError, Option } from 'commander';
import type { Header } from '../../setup/setup.ts';

const addHeader = (text: string, earlier: readonly Header[]): readonly Header[] => {
  const [, name, value] = /^([^=:\s]+)[=:]\s*(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Allowed: NAME=VALUE.');
  return [...earlier, [name.toLowerCase(), value]];
};

/** The name of an environment variable, from what was typed. */
export const variableName = (text: string): string => {
  if (!/^[A-Za-z_]\w*$/.test(text))
    throw new InvalidArgumentError('Allowed: the name of a variable, not the key itself.');
  return text;
};

/** `--header NAME=VALUE` */
export const headerOption = (): Option =>
  new Option('--header <name=value>', 'a header of every request; may be repeated')
    .argParser(addHeader)
    .default([], 'none');

/** `--model NAME` */
export const modelOption = (): Option =>
  new Option('--model <name>', 'the model to ask; one that the gateway lists if none');

/** `--api-key-env NAME` */
export const apiKeyEnvOption = (): Option =>
  new Option('--api-key-env <name>', 'environment variable that holds the bearer token').argParser(variableName);
