import type { Answer } from './answer.ts';
import { dataFrame, type WireFormat } from './wire-format.ts';

const usageOf = (answer: Answer) => ({
  prompt_tokens: answer.promptTokens,
  completion_tokens: answer.completionTokens,
  total_tokens: answer.promptTokens + answer.completionTokens,
  prompt_tokens_details: { cached_tokens: 0 },
});

/** OpenAI's `/v1/chat/completions`. */
export const chatFormat: WireFormat = {
  json: (answer) =>
    JSON.stringify({
      id: `chatcmpl-${answer.id}`,
      object: 'chat.completion',
      created: answer.created,
      model: answer.model,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: answer.text, refusal: null },
          logprobs: null,
          finish_reason: answer.finish,
        },
      ],
      usage: usageOf(answer),
    }),
  stream: (answer) => {
    const { created, model } = answer;
    const envelope = { id: `chatcmpl-${answer.id}`, object: 'chat.completion.chunk', created, model };
    const chunk = (delta: object, finish: string | null): string =>
      dataFrame({ ...envelope, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] });
    // Written once a stream: at thousands of tokens a second, rendering the envelope for each is most of the work.
    const [before, after] = chunk({ content: '\0' }, null).split('"\\u0000"') as [string, string];
    return {
      opening: chunk({ role: 'assistant', content: '', refusal: null }, null),
      token: (text) => before + JSON.stringify(text) + after,
      closing: () =>
        chunk({}, answer.finish) +
        (answer.includeUsage ? dataFrame({ ...envelope, choices: [], usage: usageOf(answer) }) : '') +
        'data: [DONE]\n\n',
    };
  },
};
