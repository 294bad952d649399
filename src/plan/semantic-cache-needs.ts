import type { ProbeSpec } from '../model/probe.ts';
import { fromSeconds, micros } from '../model/units.ts';
import { CACHE_LANES, settlingRequests } from './cache-needs.ts';
import type { ProbeNeeds } from './probe-needs.ts';

/** Assumed of an answer by a provider. */
const ANSWER = fromSeconds(1);

/** What a semantic-cache probe uses at most. */
export const semanticCacheNeeds = ({ pairs, settle }: Extract<ProbeSpec, { kind: 'semantic-cache' }>): ProbeNeeds => {
  const texts = pairs.flatMap(({ prompt, paraphrase, nearMiss }) => [prompt, paraphrase ?? [], nearMiss ?? []].flat());
  return {
    requests: settlingRequests(settle) + texts.length,
    duration: micros((2 + Math.ceil(texts.length / CACHE_LANES)) * ANSWER),
  };
};
