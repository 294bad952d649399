import { createInterface } from 'node:readline/promises';
import { InvalidArgumentError } from 'commander';
import { NAME, NAME_ALLOWED } from '../../config/schema-fields.ts';
import { GateError } from '../../model/errors.ts';
import { BASELINE_KINDS, type BaselineKind } from '../../setup/setup.ts';
import { isLocal } from '../../setup/workflow-file.ts';
import { variableName } from './gateway-options.ts';

/** What can be asked for. Undefined = not answered. */
export interface Answers {
  readonly gatewayUrl?: string;
  readonly apiKeyEnv?: string;
  readonly tenants?: readonly string[];
  readonly baseline?: BaselineKind;
  readonly baselineUrl?: string;
}

/** Every question is answered. */
export interface CompleteAnswers extends Answers {
  readonly gatewayUrl: string;
  readonly tenants: readonly string[];
  readonly baseline: BaselineKind;
}

/** Puts one question to a person and returns the line that was typed. */
export type Ask = (question: string) => Promise<string>;

/** The URL of a gateway without credentials, query and closing slashes, from what was typed. */
export const parseGatewayUrl = (text: string): string => {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError('Allowed: an absolute http(s) URL such as https://gateway.example:8443/v1.');
  if (url.username !== '' || url.password !== '')
    throw new InvalidArgumentError(
      'It holds credentials, which must not lie in a file: use --api-key-env or --header.',
    );
  if (url.search !== '' || url.hash !== '') throw new InvalidArgumentError('It must have no query and no fragment.');
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
};

/** Names of tenants, from a list with commas; none from an empty text. */
export const parseTenants = (text: string): readonly string[] => {
  const names = text.trim() === '' ? [] : text.split(',').map((name) => name.trim());
  const [wrong] = names.filter((name) => !NAME.test(name));
  if (wrong !== undefined) throw new InvalidArgumentError(`${JSON.stringify(wrong)} is no name: ${NAME_ALLOWED}.`);
  if (new Set(names).size < names.length) throw new InvalidArgumentError('A name stands there twice.');
  return names;
};

/** How pull requests are compared, from what was typed. */
export const parseBaseline = (text: string): BaselineKind => {
  const kind = BASELINE_KINDS.find((each) => each === text.trim());
  if (kind === undefined) throw new InvalidArgumentError(`Allowed: ${BASELINE_KINDS.join(', ')}.`);
  return kind;
};

/** GitHub keeps these names for itself, so that no secret of a repository can have them. */
export const parseKeyVariable = (text: string): string => {
  const name = variableName(text);
  if (/^GITHUB_/i.test(name)) throw new InvalidArgumentError('GitHub allows no secret whose name begins with GITHUB_.');
  return name;
};

/**
 * Fills in what flags left open: by questions, where there is somebody to ask, else by defaults.
 *
 * @throws GateError `usage` that names the flag, where there is neither.
 */
export const completeAnswers = async (given: Answers, ask: Ask | undefined): Promise<CompleteAnswers> => {
  const gatewayUrl = given.gatewayUrl ?? (await required('--gateway-url', QUESTIONS.gatewayUrl, ask));
  const apiKeyEnv = given.apiKeyEnv ?? (await asked(QUESTIONS.apiKeyEnv, ask));
  const tenants = given.tenants ?? (await asked(QUESTIONS.tenants, ask)) ?? [];
  const baseline = given.baseline ?? (await asked(QUESTIONS.baseline, ask)) ?? 'stored';
  if (given.baselineUrl !== undefined && baseline !== 'live')
    throw new GateError('usage', '--baseline-url is a gateway to compare with side by side', {
      hint: 'Add --baseline live.',
    });
  const needsUrl = baseline === 'live' && given.baselineUrl === undefined && !isLocal(gatewayUrl);
  const baselineUrl = needsUrl ? await required('--baseline-url', QUESTIONS.baselineUrl, ask) : given.baselineUrl;
  return {
    gatewayUrl,
    tenants,
    baseline,
    ...(apiKeyEnv === undefined ? {} : { apiKeyEnv }),
    ...(baselineUrl === undefined ? {} : { baselineUrl }),
  };
};

interface Question<T> {
  readonly text: string;
  /** @throws InvalidArgumentError with what is allowed. */
  readonly parse: (answer: string) => T;
}

const optional =
  <T>(parse: (answer: string) => T) =>
  (answer: string): T | undefined =>
    answer.trim() === '' ? undefined : parse(answer.trim());

const QUESTIONS = {
  gatewayUrl: { text: 'URL of the gateway: ', parse: parseGatewayUrl },
  apiKeyEnv: { text: 'Environment variable with its API key (empty: none): ', parse: optional(parseKeyVariable) },
  tenants: { text: 'Tenants, with commas (empty: none): ', parse: optional(parseTenants) },
  baseline: {
    text: 'Compare pull requests with: stored runs of main, a second gateway live, or none (stored): ',
    parse: optional(parseBaseline),
  },
  baselineUrl: { text: 'URL of the gateway to compare with: ', parse: parseGatewayUrl },
} as const satisfies Readonly<Record<string, Question<unknown>>>;

const required = async <T>(flag: string, question: Question<T>, ask: Ask | undefined): Promise<T> => {
  if (ask !== undefined) return answerTo(question, ask);
  throw new GateError('usage', `${flag} is missing, and there is nobody to ask`, {
    hint: `Add ${flag} URL, or run it on a terminal without --yes.`,
  });
};

const asked = async <T>(question: Question<T>, ask: Ask | undefined): Promise<T | undefined> =>
  ask === undefined ? undefined : answerTo(question, ask);

/** Asks until the answer can be used, or whoever is asked goes away. */
const answerTo = async <T>({ text, parse }: Question<T>, ask: Ask): Promise<T> => {
  for (let complaint = ''; ; ) {
    const answer = await ask(`${complaint}${text}`);
    try {
      return parse(answer);
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      complaint = `${error.message}\n`;
    }
  }
};

/** A person at a terminal. An input that ends (Ctrl-D, Ctrl-C) is a `usage` error, never a silent success. */
export const createAsk = (
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): { readonly ask: Ask; readonly close: () => void } => {
  const lines = createInterface({ input, output });
  // Keeps what was typed or pasted ahead of its question.
  const typed = lines[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string> => {
    lines.setPrompt(question);
    lines.prompt();
    const { value, done } = await typed.next();
    if (done === true) throw new GateError('usage', 'the questions ended without an answer: nothing was written');
    return value;
  };
  return { ask, close: () => lines.close() };
};
