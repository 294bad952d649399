import { isJsonObject, type Json, type JsonObject, jsonText, lookUp } from './json.ts';

/** Keys below which an answer of any of the APIs holds what the model wrote. Everything else is framing. */
const CONTENT_KEYS: ReadonlySet<string> = new Set([
  'choices',
  'output',
  'message',
  'content',
  'text',
  'reasoning_content',
  'thinking',
  'refusal',
  'summary',
  'tool_calls',
  'function',
  'function_call',
  'name',
  'arguments',
]);

/** Deeper than any of the APIs nests; what lies below is not looked at, so that no answer can exhaust the stack. */
const MAX_DEPTH = 12;

/** UTF-16 units that the model wrote in a whole answer of the chat, responses or messages API; 0 for other JSON. */
export const contentChars = (answer: Json | undefined): number => (isJsonObject(answer) ? countChars(answer, 0) : 0);

const countChars = (value: Json | undefined, depth: number): number => {
  if (typeof value === 'string') return value.length;
  if (depth > MAX_DEPTH) return 0;
  if (Array.isArray(value)) return value.reduce((sum: number, part: Json) => sum + countChars(part, depth + 1), 0);
  if (!isJsonObject(value)) return 0;
  let sum = toolInputChars(value);
  // By the keys that are there: answers have few, and JSON has no others than own ones.
  for (const key in value) if (CONTENT_KEYS.has(key)) sum += countChars(value[key], depth + 1);
  return sum;
};

/** What the model wrote in a whole answer, all texts of it one after the other; empty for other JSON. */
export const contentText = (answer: Json | undefined): string =>
  isJsonObject(answer) ? contentTexts(answer, 0).join('\n') : '';

const contentTexts = (value: Json | undefined, depth: number): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((part: Json) => contentTexts(part, depth + 1));
  if (!isJsonObject(value)) return [];
  const keys = Object.keys(value).filter((key) => CONTENT_KEYS.has(key));
  return keys.flatMap((key) => contentTexts(value[key], depth + 1));
};

/** Anthropic gives a tool's arguments as JSON, not as text. */
const toolInputChars = (block: JsonObject): number =>
  block.type === 'tool_use' && block.input !== undefined ? jsonText(block.input).length : 0;

/** Why the model stopped, by the first place that says it; undefined when none does. */
export const finishReasonOf = (answer: Json | undefined): string | undefined => {
  if (!isJsonObject(answer)) return undefined;
  return (
    textAt(answer, 'choices.0.finish_reason') ??
    textAt(answer, 'stop_reason') ??
    textAt(answer, 'incomplete_details.reason') ??
    (answer.object === 'response' ? textAt(answer, 'status') : undefined)
  );
};

const textAt = (answer: JsonObject, path: string): string | undefined => {
  const value = lookUp(answer, path);
  return typeof value === 'string' ? value : undefined;
};
