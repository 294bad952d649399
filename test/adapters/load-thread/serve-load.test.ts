import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { serveLoad } from '../../../src/adapters/load-thread/serve-load.ts';
import type { LoadResult } from '../../../src/ports/load-runner.ts';
import { EMPTY_HISTOGRAM, HistogramRecorder } from '../../../src/stats/histogram.ts';
import { aPlan } from '../../support/plan-builders.ts';

it('hands the memory of the histograms over with the result, and tells them as they were', async () => {
  const recorder = new HistogramRecorder();
  for (const value of [10, 10, 5_000]) recorder.record(value);
  const shared = recorder.snapshot();
  // The same one in two places, and the one that all empty ones are.
  const result = {
    scenarios: [{ blocks: [{ lag: shared, gc: EMPTY_HISTOGRAM }] }],
    floor: shared,
  } as unknown as LoadResult;
  const expected = structuredClone(result);
  const { port1, port2 } = new MessageChannel();
  const heard = once(port2, 'message');
  await serveLoad(aPlan(), port1, async () => result);
  expect(await heard).toEqual([{ kind: 'result', result: expected }]);
  expect(shared.counts.buffer.byteLength).toBe(0);
  expect(EMPTY_HISTOGRAM.counts).toEqual(new Float64Array(0));
  port1.close();
});
