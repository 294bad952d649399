import { embed } from './answer.ts';
import { countTokens, type ModelRequest } from './model-request.ts';

/** OpenAI's `/v1/embeddings`: one vector an input, as floats. */
export const embeddingsJson = (
  request: ModelRequest,
  {
    model,
    dimensions,
    usageFactor,
  }: { readonly model: string; readonly dimensions: number; readonly usageFactor: number },
): string => {
  const tokens = Math.ceil(request.inputs.reduce((sum, input) => sum + countTokens(input), 0) * usageFactor);
  return JSON.stringify({
    object: 'list',
    data: request.inputs.map((input, index) => ({
      object: 'embedding',
      index,
      embedding: embed(input, request.dimensions ?? dimensions),
    })),
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  });
};
