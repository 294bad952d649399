import type { PreparedRequest } from '../load/request-factory.ts';
import { isJsonObject, type Json, parseJson } from '../wire/json.ts';
import type { Variant } from './prober.ts';

/** A rendered request with something changed; the same request without a variant. What is not a JSON object keeps its body. */
export const applyVariant = (prepared: PreparedRequest, variant: Variant | undefined): PreparedRequest => {
  if (variant === undefined) return prepared;
  const { outgoing, reader } = prepared;
  const stream = variant.stream ?? reader.stream;
  return {
    ...prepared,
    outgoing: {
      ...outgoing,
      headers: replaceHeaders(outgoing.headers, variant.headers ?? []),
      body: changeBody(outgoing.body, variant, stream !== reader.stream ? stream : undefined),
    },
    reader: { ...reader, stream },
  };
};

const changeBody = (body: string | undefined, variant: Variant, stream: boolean | undefined): string | undefined => {
  const parsed = body === undefined ? undefined : parseJson(body);
  if (parsed === undefined || !isJsonObject(parsed)) return body;
  const changed = variant.body?.(parsed) ?? parsed;
  if (stream === undefined) return JSON.stringify(changed);
  const { stream_options, ...rest } = changed;
  return JSON.stringify(stream ? { ...changed, stream } : ({ ...rest, stream } satisfies Json));
};

const replaceHeaders = (
  flat: readonly string[],
  changes: readonly (readonly [name: string, value: string])[],
): readonly string[] => {
  if (changes.length === 0) return flat;
  const merged = new Map<string, string>();
  for (let index = 0; index + 1 < flat.length; index += 2) merged.set(flat[index]!, flat[index + 1]!);
  for (const [name, value] of changes) merged.set(name, value);
  return [...merged].flat();
};
