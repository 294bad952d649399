import { isJsonObject, type Json, type JsonObject, parseJson } from './json.ts';
import { PiecedText } from './pieced-text.ts';
import { type StreamAnswer, textOf } from './stream-answer.ts';

interface ContentBlock {
  readonly start: JsonObject;
  readonly text: PiecedText;
  readonly thinking: PiecedText;
  readonly input: PiecedText;
}

const newBlock = (start: JsonObject): ContentBlock => ({
  start,
  text: new PiecedText(),
  thinking: new PiecedText(),
  input: new PiecedText(),
});

/**
 * Streams of Anthropic's `/v1/messages`: typed events, ended by `message_stop`. Content is what `content_block_delta`
 * brings as text, thinking or a tool's input; signatures and pings are none. Usage is cumulative: what `message_delta`
 * states replaces what `message_start` stated.
 */
export const createMessagesAnswer = (): StreamAnswer => new MessagesAnswer();

class MessagesAnswer implements StreamAnswer {
  readonly terminator = 'message_stop';
  finished = false;
  #message: JsonObject = {};
  readonly #blocks = new Map<Json | undefined, ContentBlock>();

  add(type: string, event: JsonObject): number {
    if (type === 'content_block_delta') return this.#addDelta(event);
    if (type === 'message_stop') this.finished = true;
    else if (type === 'message_start' && isJsonObject(event.message)) this.#message = event.message;
    else if (type === 'content_block_start' && isJsonObject(event.content_block))
      this.#blocks.set(event.index, newBlock(event.content_block));
    else if (type === 'message_delta') this.#addEnding(event);
    return 0;
  }

  done(): void {}

  answer(): JsonObject {
    return { ...this.#message, content: [...this.#blocks.values()].map(wholeBlock) };
  }

  #addDelta({ index, delta }: JsonObject): number {
    if (!isJsonObject(delta)) return 0;
    const block = this.#blocks.get(index) ?? newBlock({ type: 'text' });
    this.#blocks.set(index, block);
    const [text, thinking, input] = [textOf(delta.text), textOf(delta.thinking), textOf(delta.partial_json)];
    block.text.add(text);
    block.thinking.add(thinking);
    block.input.add(input);
    return text.length + thinking.length + input.length;
  }

  #addEnding({ delta, usage }: JsonObject): void {
    const before = isJsonObject(this.#message.usage) ? this.#message.usage : {};
    this.#message = {
      ...this.#message,
      ...(isJsonObject(delta) ? delta : {}),
      ...(isJsonObject(usage) ? { usage: { ...before, ...usage } } : {}),
    };
  }
}

const wholeBlock = (block: ContentBlock): JsonObject => {
  const { start } = block;
  const [text, thinking, input] = [block.text, block.thinking, block.input].map(String);
  return {
    ...start,
    ...(text === '' ? {} : { text: textOf(start.text) + text }),
    ...(thinking === '' ? {} : { thinking: textOf(start.thinking) + thinking }),
    // Cut-off arguments are not JSON; the text as it came says more than nothing.
    ...(input === '' ? {} : { input: parseJson(input!) ?? input! }),
  };
};
