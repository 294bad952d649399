import { isJsonObject, type Json, lookUp } from '../wire/json.ts';
import { type GatewayAnswer, jsonOf } from './ask-gateway.ts';

/** A small model that most gateways have. */
export const ANY_MODEL = 'gpt-4o-mini';

/** The ids in a gateway's list of its models, in its order; none when it is no such list. */
export const listedModels = (answer: GatewayAnswer): readonly string[] => {
  if (answer.kind === 'silent') return [];
  return jsonOf(answer).flatMap((json) => {
    const list = Array.isArray(json) ? json : lookUp(json, 'data');
    return Array.isArray(list) ? list.flatMap((entry) => idOf(entry) ?? []) : [];
  });
};

/** Models that do not chat. */
const OTHER_MODELS = /embed|tts|whisper|dall|image|audio|moderation|rerank|realtime|transcri/i;

/** `ANY_MODEL`, else the first of these that looks as if it could chat. */
export const chatModelOf = (ids: readonly string[]): string | undefined =>
  ids.find((id) => id === ANY_MODEL) ?? ids.find((id) => !OTHER_MODELS.test(id));

/** The first of these that looks as if it made embeddings. */
export const embeddingModelOf = (ids: readonly string[]): string | undefined => ids.find((id) => /embed/i.test(id));

const idOf = (entry: Json): string | undefined =>
  isJsonObject(entry) && typeof entry.id === 'string' && entry.id !== '' ? entry.id : undefined;
