import type { Answer } from './answer.ts';
import { typedFrame, type WireFormat } from './wire-format.ts';

const stopReason = (answer: Answer): string => (answer.finish === 'length' ? 'max_tokens' : 'end_turn');

const envelope = (answer: Answer) => ({
  id: `msg_${answer.id}`,
  type: 'message',
  role: 'assistant',
  model: answer.model,
  content: [] as readonly object[],
  stop_reason: null as string | null,
  stop_sequence: null,
  usage: {
    input_tokens: answer.promptTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: 1,
  },
});

/** Anthropic's `/v1/messages`. Usage in `message_delta` is cumulative. */
export const messagesFormat: WireFormat = {
  json: (answer) => {
    const empty = envelope(answer);
    return JSON.stringify({
      ...empty,
      content: [{ type: 'text', text: answer.text }],
      stop_reason: stopReason(answer),
      usage: { ...empty.usage, output_tokens: answer.completionTokens },
    });
  },
  stream: (answer) => ({
    opening:
      typedFrame('message_start', { message: envelope(answer) }) +
      typedFrame('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }) +
      typedFrame('ping', {}),
    token: (text) => typedFrame('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
    closing: () =>
      typedFrame('content_block_stop', { index: 0 }) +
      typedFrame('message_delta', {
        delta: { stop_reason: stopReason(answer), stop_sequence: null },
        usage: { output_tokens: answer.completionTokens },
      }) +
      typedFrame('message_stop', {}),
  }),
};
