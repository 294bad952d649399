import { isJsonObject, type Json, type JsonObject } from './json.ts';
import { PiecedText } from './pieced-text.ts';
import { type StreamAnswer, textOf } from './stream-answer.ts';

interface ToolCall {
  id: Json;
  name: string;
  readonly arguments: PiecedText;
}

/** One of the alternatives, as far as its deltas have come. */
interface Choice {
  role: Json;
  readonly content: PiecedText;
  readonly reasoning: PiecedText;
  readonly refusal: PiecedText;
  finishReason: Json;
  readonly calls: Map<number, ToolCall>;
}

/** Streams of `/v1/chat/completions`: chunks with deltas, ended by `[DONE]`. Chunks with only a role have no content. */
export const createChatAnswer = (): StreamAnswer => new ChatAnswer();

class ChatAnswer implements StreamAnswer {
  readonly terminator = '[DONE]';
  finished = false;
  #first: JsonObject | undefined;
  #last: JsonObject | undefined;
  #usage: Json | undefined;
  readonly #choices = new Map<number, Choice>();

  add(_type: string, chunk: JsonObject): number {
    this.#first ??= chunk;
    this.#last = chunk;
    if (isJsonObject(chunk.usage)) this.#usage = chunk.usage;
    if (!Array.isArray(chunk.choices)) return 0;
    let chars = 0;
    for (const choice of chunk.choices) if (isJsonObject(choice)) chars += this.#addChoice(choice);
    return chars;
  }

  done(): void {
    this.finished = true;
  }

  answer(): JsonObject {
    const choices = [...this.#choices].sort(([a], [b]) => a - b).map(([index, choice]) => wholeChoice(index, choice));
    return {
      ...this.#first,
      ...this.#last,
      object: 'chat.completion',
      choices,
      ...(this.#usage === undefined ? {} : { usage: this.#usage }),
    };
  }

  #addChoice(part: JsonObject): number {
    const choice = entryAt(this.#choices, part.index, newChoice);
    if (typeof part.finish_reason === 'string') choice.finishReason = part.finish_reason;
    return isJsonObject(part.delta) ? addDelta(choice, part.delta) : 0;
  }
}

const newChoice = (): Choice => ({
  role: 'assistant',
  content: new PiecedText(),
  reasoning: new PiecedText(),
  refusal: new PiecedText(),
  finishReason: null,
  calls: new Map(),
});

/** The entry of an API's `index`, made when it first comes; 0 where the API leaves it out. */
const entryAt = <T>(entries: Map<number, T>, index: Json | undefined, make: () => T): T => {
  const key = typeof index === 'number' ? index : 0;
  const found = entries.get(key) ?? make();
  entries.set(key, found);
  return found;
};

const addDelta = (choice: Choice, delta: JsonObject): number => {
  if (typeof delta.role === 'string') choice.role = delta.role;
  const content = textOf(delta.content);
  // Gateways that send both send the same text twice.
  const reasoning = textOf(delta.reasoning_content) || textOf(delta.reasoning);
  const refusal = textOf(delta.refusal);
  choice.content.add(content);
  choice.reasoning.add(reasoning);
  choice.refusal.add(refusal);
  return content.length + reasoning.length + refusal.length + addCalls(choice, delta);
};

const addCalls = (choice: Choice, delta: JsonObject): number => {
  // `function_call` is the older form, one call without a list around it.
  const parts = Array.isArray(delta.tool_calls)
    ? delta.tool_calls
    : isJsonObject(delta.function_call)
      ? [{ function: delta.function_call }]
      : [];
  let chars = 0;
  for (const part of parts as readonly Json[]) {
    if (!isJsonObject(part) || !isJsonObject(part.function)) continue;
    const call = entryAt<ToolCall>(choice.calls, part.index, () => ({
      id: null,
      name: '',
      arguments: new PiecedText(),
    }));
    if (typeof part.id === 'string') call.id = part.id;
    const [name, args] = [textOf(part.function.name), textOf(part.function.arguments)];
    call.name += name;
    call.arguments.add(args);
    chars += name.length + args.length;
  }
  return chars;
};

const wholeChoice = (index: number, choice: Choice): JsonObject => {
  const calls = [...choice.calls.values()].map((call) => ({
    id: call.id,
    type: 'function',
    function: { name: call.name, arguments: call.arguments.toString() },
  }));
  const [content, reasoning, refusal] = [choice.content, choice.reasoning, choice.refusal].map(String);
  const message: JsonObject = {
    role: choice.role,
    content: content === '' && calls.length > 0 ? null : content!,
    ...(reasoning === '' ? {} : { reasoning_content: reasoning! }),
    ...(refusal === '' ? {} : { refusal: refusal! }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
  return { index, message, finish_reason: choice.finishReason };
};
