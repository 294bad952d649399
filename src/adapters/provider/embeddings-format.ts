import { embed } from './answer.ts';
import { countTokens, type ModelRequest } from './model-request.ts';

/** OpenAI's `/v1/embeddings`: one vector an input, as floats. */
export const embeddingsJson = (request: ModelRequest, model: string, defaultDimensions: number): string => {
  const tokens = request.inputs.reduce((sum, input) => sum + countTokens(input), 0);
  return JSON.stringify({
    object: 'list',
    data: request.inputs.map((input, index) => ({
      object: 'embedding',
      index,
      embedding: embed(input, request.dimensions ?? defaultDimensions),
    })),
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  });
};
