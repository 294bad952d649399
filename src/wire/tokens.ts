import { isJsonObject, type Json } from './json.ts';
import type { Usage } from './reading.ts';

/**
 * Tokens of a text, where the response does not state them: a quarter of its UTF-16 units, rounded up; 0 for no text.
 * The rule of thumb of the tokenizers' own documentation for English; other languages and code come out too low.
 */
export const estimateTokens = (chars: number): number => Math.ceil(chars / 4);

/**
 * The tokens in a `usage` object of any of the APIs; undefined when it states no prompt tokens. Of Anthropic's, the
 * cached prompt tokens are added, since `input_tokens` leaves them out where OpenAI's `prompt_tokens` includes them.
 */
export const readUsage = (usage: Json | undefined): Usage | undefined => {
  if (!isJsonObject(usage)) return undefined;
  const count = (key: string): number | undefined => {
    const value = usage[key];
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
  };
  const completion = count('completion_tokens') ?? count('output_tokens') ?? 0;
  const cached = (count('cache_creation_input_tokens') ?? 0) + (count('cache_read_input_tokens') ?? 0);
  const input = count('input_tokens');
  const prompt = count('prompt_tokens') ?? (input === undefined ? count('total_tokens') : input + cached);
  return prompt === undefined ? undefined : { prompt, completion };
};
