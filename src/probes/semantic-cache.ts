import { PROMPT_PLACE } from '../config/template-render.ts';
import { CACHE_LANES } from '../plan/cache-needs.ts';
import type { Json, JsonObject } from '../wire/json.ts';
import { inLanes } from './in-lanes.ts';
import type { Choreography, Variant } from './prober.ts';
import { findSettling } from './settling.ts';
import { specOf } from './spec-of.ts';

/** Like none of any set, so that it finds nothing and is found by nothing. */
const SETTLING_PROMPT = 'Which three colours did the lighthouse have before the storm of 1911?';

/**
 * Sends each labelled prompt, then what must not hit its answer, then what should. A group is the place of the pair in the
 * list. Steps: `settle`, `prime`, `near-miss`, `paraphrase`.
 */
export const probeSemanticCache: Choreography = async (prober) => {
  const { pairs, settle } = specOf(prober, 'semantic-cache');
  await prober.warm(CACHE_LANES);
  const wait = await findSettling(prober, { limit: settle, variant: saying(SETTLING_PROMPT, 'settling prompt') });
  await inLanes(pairs.length, CACHE_LANES, async (group) => {
    const { prompt, nearMiss, paraphrase } = pairs[group]!;
    // One request for all three: they share their nonce, and with it everything but the prompt.
    const request = prober.fresh();
    await prober.call({ step: 'prime', group, request, variant: saying(prompt, 'prompt') });
    await prober.sleep(wait);
    if (nearMiss !== undefined)
      await prober.call({ step: 'near-miss', group, request, variant: saying(nearMiss, 'near miss') });
    if (paraphrase !== undefined)
      await prober.call({ step: 'paraphrase', group, request, variant: saying(paraphrase, 'paraphrase') });
  });
};

const saying = (prompt: string, name: string): Variant => ({ name, body: (body) => withPrompt(body, prompt) });

const withPrompt = (body: JsonObject, prompt: string): JsonObject =>
  Object.fromEntries(Object.entries(body).map(([key, value]) => [key, filled(value, prompt)]));

const filled = (value: Json, prompt: string): Json => {
  if (typeof value === 'string') return value.replaceAll(PROMPT_PLACE, () => prompt);
  if (Array.isArray(value)) return value.map((item: Json) => filled(item, prompt));
  return typeof value === 'object' && value !== null ? withPrompt(value as JsonObject, prompt) : value;
};
