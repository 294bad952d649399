import type { Histogram } from '../../src/model/histogram.ts';
import type { Block, Counts } from '../../src/model/measurement.ts';
import type { Run } from '../../src/model/run.ts';
import { fromSeconds, micros } from '../../src/model/units.ts';
import { bucketOf } from '../../src/stats/bucket-layout.ts';
import { NO_HEALTH } from '../../src/stats/generator.ts';
import { NO_COUNTS } from '../../src/stats/measurement.ts';
import type { Requests } from './requests.ts';

/** A simulated block as the load engine would have recorded it. */
export const makeBlock = (
  requests: Requests,
  { index, slot, isStream }: { readonly index: number; readonly slot: number; readonly isStream: boolean },
): Block => {
  const latency = histogramOf(requests.latency, requests.failed);
  const failed = requests.failed.reduce((sum, each) => sum + each, 0);
  const ok = requests.latency.length - failed;
  const counts: Counts = {
    ...NO_COUNTS,
    ok,
    good: ok,
    errors: failed > 0 ? { gateway: failed } : {},
    status: failed > 0 ? { 200: ok, 500: failed } : { 200: ok },
  };
  const histograms = isStream ? { latency, ttft: histogramOf(requests.ttft, requests.failed) } : { latency };
  return { index, start: micros(slot * BLOCK_TIME), duration: BLOCK_TIME, counts, histograms };
};

const BLOCK_TIME = fromSeconds(1);

/** What a recorder would have counted; made by sorting, since a block has few values and a bench has many blocks. */
const histogramOf = (times: Float64Array, failed: Uint8Array): Histogram => {
  const sorted = times.filter((_, i) => failed[i] === 0).sort();
  const indexes = new Uint32Array(sorted.length);
  const counts = new Float64Array(sorted.length);
  let used = 0;
  for (const time of sorted) {
    const bucket = bucketOf(time);
    if (used === 0 || indexes[used - 1] !== bucket) indexes[used++] = bucket;
    counts[used - 1]! += 1;
  }
  return { indexes: indexes.subarray(0, used), counts: counts.subarray(0, used) };
};

/** A finished, healthy run of one scenario. */
export const makeRun = (blocks: readonly Block[], { id, isStream }: { id: number; isStream: boolean }): Run => ({
  id: `run-${id}`,
  createdAt: new Date(1_800_000_000_000 + id * 86_400_000).toISOString(),
  toolVersion: '0.0.0',
  origin: { repository: undefined, commit: undefined, ref: undefined, workflowRunId: undefined },
  environment: {
    os: 'linux',
    arch: 'x64',
    cpuModel: 'simulated',
    cores: 4,
    memoryBytes: 2 ** 34,
    node: '24',
    image: undefined,
  },
  configDigest: 'simulated',
  seed: String(id),
  gateway: 'http://127.0.0.1:1',
  dialect: 'generic',
  bounds: { requests: 1e9, duration: fromSeconds(1e6), concurrency: 1e4, tokens: undefined, abort: undefined },
  used: { requests: 0, duration: fromSeconds(blocks.length), concurrency: 1, tokens: 0 },
  ending: { kind: 'complete' },
  scenarios: [
    {
      name: 'chat',
      endpoint: 'chat',
      stream: isStream,
      load: 'simulated',
      closed: false,
      duration: fromSeconds(blocks.length),
      warmupRequests: 0,
      stepRates: [],
      slices: [{ tenant: undefined, blocks }],
      failures: [],
    },
  ],
  probes: [],
  generator: NO_HEALTH,
});
