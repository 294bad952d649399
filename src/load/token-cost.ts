import type { Reading } from '../wire/reading.ts';
import { estimateTokens } from '../wire/tokens.ts';
import type { Flight } from './flight.ts';

/** Tokens of one request; `estimated` when the gateway did not report them. */
export interface TokenCost {
  readonly prompt: number;
  readonly completion: number;
  readonly total: number;
  readonly estimated: boolean;
}

const FREE: TokenCost = { prompt: 0, completion: 0, total: 0, estimated: false };

/**
 * What a finished request cost: as reported, else estimated from the lengths of prompt and answer. What was refused, or never
 * reached a provider, costs nothing unless usage is reported.
 */
export const tokensOf = (reading: Reading, flight: Flight): TokenCost => {
  const { usage } = reading;
  if (usage !== undefined) return { ...usage, total: usage.prompt + usage.completion, estimated: false };
  if (!mayHaveCost(reading)) return FREE;
  const prompt = flight.request.promptTokens;
  const completion = estimateTokens(reading.outputChars);
  const total = prompt + completion;
  return total === 0 ? FREE : { prompt, completion, total, estimated: true };
};

const mayHaveCost = ({ outcome }: Reading): boolean => {
  if (outcome.kind === 'ok') return true;
  if (outcome.kind !== 'error') return false;
  return ['timeout', 'protocol', 'truncated', 'check'].includes(outcome.errorClass);
};
