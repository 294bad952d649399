import { type Draws, drawShare } from './draws.ts';
import { countTokens, type ModelRequest } from './model-request.ts';

/** What the model says, before it is put into one API's format. */
export interface Answer {
  /** Without the API's prefix. */
  readonly id: string;
  readonly model: string;
  /** Unix seconds. */
  readonly created: number;
  readonly text: string;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly finish: 'stop' | 'length';
  readonly includeUsage: boolean;
}

const CHARACTERS_PER_TOKEN = 4;
const LENGTH_SPREAD = 0.25;

/**
 * Writes the answer: the hash prefix of the body as the provider received it, the request's nonces, then prose. The hash
 * shows whether two answers came from the same call, the nonces whose they are. The length is uniform within ±25 % of
 * `outputTokens`, never below the echo, and cut at the request's own maximum (then `finish` is `length`).
 */
export const writeAnswer = (
  request: ModelRequest,
  from: {
    readonly bodyHash: string;
    readonly draws: Draws;
    readonly outputTokens: number;
    readonly id: string;
    readonly model: string;
    readonly usageFactor: number;
  },
): Answer => {
  const echo = [`[${from.bodyHash.slice(0, 12)}]`, ...request.nonces].join(' ');
  const drawn = Math.round(from.outputTokens * (1 + LENGTH_SPREAD * (2 * from.draws.length - 1)));
  const wanted = Math.max(drawn, countTokens(echo));
  const tokens = Math.min(wanted, request.maxTokens ?? wanted);
  const length = tokens * CHARACTERS_PER_TOKEN;
  return {
    id: from.id,
    model: from.model,
    created: Math.floor(Date.now() / 1_000),
    text: `${echo} ${prose(from.draws.prose, Math.max(0, length - echo.length - 1))}`.slice(0, length),
    promptTokens: Math.ceil(countTokens(request.inputs.join('')) * from.usageFactor),
    completionTokens: Math.ceil(tokens * from.usageFactor),
    finish: tokens < wanted ? 'length' : 'stop',
    includeUsage: request.includeUsage,
  };
};

/** The text as the tokens in which it is streamed. */
export const tokensOf = (text: string): readonly string[] => text.match(/[\s\S]{1,4}/g) ?? [];

/** A unit vector that depends on the input and nothing else. */
export const embed = (input: string, dimensions: number): readonly number[] => {
  const raw = Array.from({ length: dimensions }, (_, index) => 2 * drawShare('embedding', String(index), input) - 1);
  const norm = Math.hypot(...raw) || 1;
  return raw.map((value) => Number((value / norm).toFixed(8)));
};

const SENTENCES = [
  'The request was routed to the nearest region and answered there.',
  'A cached reply is only as good as the key under which it was stored.',
  'Please check the limits of your plan before you send the batch again.',
  'Latency is what users feel, throughput is what the invoice shows.',
  'Every retry is a new request to somebody further down the line.',
  'Our support team answers within one business day, often sooner.',
  'You can rotate the key in the console without any interruption.',
  'The stream ends with a marker, so that nobody mistakes a cut for an end.',
];
const BOOK = SENTENCES.join(' ').concat(' ');

const prose = (draw: number, length: number): string => {
  const start = Math.floor(draw * BOOK.length);
  return BOOK.repeat(Math.ceil((start + length) / BOOK.length)).slice(start, start + length);
};
