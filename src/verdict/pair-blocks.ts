import type { Block } from '../model/measurement.ts';
import { mergeBlocks } from '../stats/measurement.ts';

/** The blocks of both gateways that were sent the same requests, one right after the other. */
export interface BlockPair {
  readonly candidate: Block;
  readonly baseline: Block;
}

/** Pairs the blocks that have the same index, in that order. A block without its other half is left out. */
export const pairBlocks = (candidate: readonly Block[], baseline: readonly Block[]): readonly BlockPair[] => {
  const others = new Map(baseline.map((block) => [block.index, block]));
  return candidate.flatMap((block) => {
    const other = others.get(block.index);
    return other === undefined ? [] : [{ candidate: block, baseline: other }];
  });
};

/** Whether the candidate's block came before the baseline's. */
export const isCandidateFirst = ({ candidate, baseline }: BlockPair): boolean => candidate.start < baseline.start;

/** Merges `size` neighbours into one pair; what is left over at the end joins the last. Fewer pairs than `size` → one. */
export const mergePairs = (pairs: readonly BlockPair[], size: number): readonly BlockPair[] => {
  if (size <= 1) return pairs;
  const groups = Math.max(1, Math.floor(pairs.length / size));
  return Array.from({ length: Math.min(groups, pairs.length) }, (_, i) => {
    const part = pairs.slice(i * size, i === groups - 1 ? undefined : (i + 1) * size);
    return {
      candidate: asOne(part.map(({ candidate }) => candidate)),
      baseline: asOne(part.map(({ baseline }) => baseline)),
    };
  });
};

/** `mergeBlocks` adds blocks of one index. */
const asOne = (blocks: readonly Block[]): Block =>
  mergeBlocks(blocks.map((block) => ({ ...block, index: blocks[0]!.index })))[0]!;
