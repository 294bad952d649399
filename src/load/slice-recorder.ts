import type { Block, Slice } from '../model/measurement.ts';
import { type Micros, micros } from '../model/units.ts';
import type { BlockGrid } from '../plan/schedule.ts';
import { mergeBlocks } from '../stats/measurement.ts';
import { BlockRecorder } from './block-recorder.ts';

/**
 * The blocks of one tenant. A block is turned into plain data as soon as time has moved past it and all its requests are
 * over, so that memory does not grow with the number of requests.
 */
export class SliceRecorder {
  readonly #tenant: string | undefined;
  readonly #grid: BlockGrid;
  readonly #open = new Map<number, BlockRecorder>();
  readonly #sealed: Block[] = [];
  #latest = 0;

  constructor(tenant: string | undefined, grid: BlockGrid) {
    this.#tenant = tenant;
    this.#grid = grid;
  }

  /** The block, open. One that was sealed and is needed after all is added up at the end. */
  block(index: number): BlockRecorder {
    let block = this.#open.get(index);
    if (block === undefined) {
      block = new BlockRecorder(index);
      this.#open.set(index, block);
      if (index > this.#latest) this.#moveTo(index);
    }
    return block;
  }

  /** One request of the block is over. */
  close(block: BlockRecorder): void {
    block.open -= 1;
    if (block.open === 0 && block.index < this.#latest) this.#seal(block);
  }

  /** Everything recorded. `cutAt`: where the measured phase was cut short, µs from its start. */
  result(cutAt: Micros | undefined): Slice {
    for (const block of [...this.#open.values()]) this.#seal(block);
    const blocks = mergeBlocks(this.#sealed).map((block) => shorten(block, cutAt));
    return { tenant: this.#tenant, blocks };
  }

  #moveTo(index: number): void {
    this.#latest = index;
    for (const block of [...this.#open.values()]) if (block.index < index && block.open === 0) this.#seal(block);
  }

  #seal(block: BlockRecorder): void {
    this.#open.delete(block.index);
    this.#sealed.push(block.toBlock(this.#grid.startOf(block.index), this.#grid.durationOf(block.index)));
  }
}

/** A block in which the load was cut was only that long; those behind it hold nothing but dropped arrivals. */
const shorten = (block: Block, cutAt: Micros | undefined): Block => {
  if (cutAt === undefined || block.start >= cutAt || block.start + block.duration <= cutAt) return block;
  return { ...block, duration: micros(cutAt - block.start) };
};
