/** Runs `0 … count − 1` in this order, at most `lanes` at the same time. Rejects as soon as one does; no more are then begun. */
export const inLanes = async (count: number, lanes: number, run: (index: number) => Promise<void>): Promise<void> => {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      await run(index).catch((error: unknown) => {
        next = count;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, count) }, lane));
};
