import { hash } from 'node:crypto';

/** The model APIs that are spoken here; `models` is a listing and has no body. */
export type ApiKind = 'chat' | 'responses' | 'messages' | 'embeddings';

/** Path → API, below the provider's base path. */
export const API_PATHS: Readonly<Record<string, ApiKind>> = {
  '/v1/chat/completions': 'chat',
  '/v1/responses': 'responses',
  '/v1/messages': 'messages',
  '/v1/embeddings': 'embeddings',
};

/** What matters of a request's body. */
export interface ModelRequest {
  readonly api: ApiKind;
  readonly model: string;
  /** Embeddings: one text a vector. Elsewhere: one, every text of the conversation in order. */
  readonly inputs: readonly string[];
  readonly stream: boolean;
  /** Chat streams send usage only when asked; the other APIs always do. */
  readonly includeUsage: boolean;
  readonly maxTokens: number | undefined;
  readonly dimensions: number | undefined;
  /** Every token of the inputs that looks like a nonce, in order. */
  readonly nonces: readonly string[];
  /**
   * What the request is, whoever rewrote its body on the way: its nonces where it has some, else a hash of its inputs.
   * Gateways rename models, reorder keys and add fields; the draws must not depend on that.
   */
  readonly identity: string;
}

type Json = Readonly<Record<string, unknown>>;
/** What `${nonce}` renders (18 letters and digits, the first 0, 1 or 2), and `gm-…` for requests written by hand. */
const NONCE = /\b(?:[0-2][a-z0-9]{17}|gm-[a-z0-9-]+)\b/gi;

/** Reads a request's body. A string is the reason why it is not one. */
export const parseModelRequest = (api: ApiKind, text: string): ModelRequest | string => {
  const body = parseObject(text);
  if (body === undefined) return 'We could not parse the JSON body of your request.';
  if (typeof body.model !== 'string' || body.model === '') return 'you must provide a model parameter';
  const field = INPUT_FIELD[api];
  if (body[field] === undefined || body[field] === null) return `Missing required parameter: '${field}'.`;
  const inputs = api === 'embeddings' ? embeddingInputs(body.input) : [conversation(body)];
  const nonces = inputs.flatMap((input) => input.match(NONCE) ?? []);
  const options = body.stream_options as { include_usage?: unknown } | null | undefined;
  return {
    api,
    model: body.model,
    inputs,
    stream: body.stream === true && api !== 'embeddings',
    includeUsage: api !== 'chat' || options?.include_usage === true,
    maxTokens: number(body.max_completion_tokens ?? body.max_tokens ?? body.max_output_tokens),
    dimensions: number(body.dimensions),
    nonces,
    identity: nonces.length > 0 ? nonces.join(' ') : hash('sha256', inputs.join('\0'), 'hex'),
  };
};

/** A JSON object, or undefined when the text is anything else. */
export const parseObject = (text: string): Json | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
};

/** Tokens by the rule of thumb of 4 characters each, at least 1. */
export const countTokens = (text: string): number => Math.max(1, Math.ceil(text.length / 4));

const INPUT_FIELD = { chat: 'messages', messages: 'messages', responses: 'input', embeddings: 'input' } as const;

const number = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 1 ? Math.floor(value) : undefined;

const conversation = (body: Json): string =>
  [body.system, body.instructions, body.messages, body.input].flatMap(textsOf).join('\n');

/** Strings stand for themselves, lists for their members, objects for their `content` or `text`. */
const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  const { content, text } = value as Json;
  return textsOf(content ?? text);
};

/** `input` is a text, a list of texts, a list of token numbers, or a list of such lists. */
const embeddingInputs = (input: unknown): readonly string[] => {
  if (!Array.isArray(input)) return [String(input)];
  if (typeof input[0] === 'number') return [input.join(' ')];
  return input.map((each: unknown) => (Array.isArray(each) ? each.join(' ') : String(each)));
};
