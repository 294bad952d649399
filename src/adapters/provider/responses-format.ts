import type { Answer } from './answer.ts';
import { typedFrame, type WireFormat } from './wire-format.ts';

const part = (text: string) => ({ type: 'output_text', text, annotations: [] });

const message = (answer: Answer, done: boolean) => ({
  id: `msg_${answer.id}`,
  type: 'message',
  status: done ? 'completed' : 'in_progress',
  role: 'assistant',
  content: done ? [part(answer.text)] : [],
});

const responseOf = (answer: Answer, done: boolean) => {
  const incomplete = answer.finish === 'length';
  return {
    id: `resp_${answer.id}`,
    object: 'response',
    created_at: answer.created,
    status: done ? (incomplete ? 'incomplete' : 'completed') : 'in_progress',
    error: null,
    incomplete_details: done && incomplete ? { reason: 'max_output_tokens' } : null,
    model: answer.model,
    output: done ? [message(answer, true)] : [],
    usage: done
      ? {
          input_tokens: answer.promptTokens,
          input_tokens_details: { cached_tokens: 0 },
          output_tokens: answer.completionTokens,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: answer.promptTokens + answer.completionTokens,
        }
      : null,
  };
};

/** OpenAI's `/v1/responses`. Every event carries the next `sequence_number`, so that a gap shows. */
export const responsesFormat: WireFormat = {
  json: (answer) => JSON.stringify(responseOf(answer, true)),
  stream: (answer) => {
    let sequence = 0;
    const event = (type: string, fields: object): string =>
      typedFrame(type, { sequence_number: sequence++, ...fields });
    const item = { item_id: `msg_${answer.id}`, output_index: 0, content_index: 0 };
    const opening =
      event('response.created', { response: responseOf(answer, false) }) +
      event('response.in_progress', { response: responseOf(answer, false) }) +
      event('response.output_item.added', { output_index: 0, item: message(answer, false) }) +
      event('response.content_part.added', { ...item, part: part('') });
    return {
      opening,
      token: (text) => event('response.output_text.delta', { ...item, delta: text, logprobs: [] }),
      closing: () =>
        event('response.output_text.done', { ...item, text: answer.text, logprobs: [] }) +
        event('response.content_part.done', { ...item, part: part(answer.text) }) +
        event('response.output_item.done', { output_index: 0, item: message(answer, true) }) +
        event(answer.finish === 'length' ? 'response.incomplete' : 'response.completed', {
          response: responseOf(answer, true),
        }),
    };
  },
};
