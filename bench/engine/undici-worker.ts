// The product's load thread with undici as its transport, which the tests hold our own one against.
import { parentPort, workerData } from 'node:worker_threads';
import { createSystemClock } from '../../src/adapters/clock/system-clock.ts';
import { serveLoad } from '../../src/adapters/load-thread/serve-load.ts';
import { createThreadVitals } from '../../src/adapters/load-thread/thread-vitals.ts';
import { runLoad } from '../../src/load/run-load.ts';
import type { Plan } from '../../src/model/plan.ts';
import { createUndiciTransport } from '../../test/support/undici-transport/undici-transport.ts';

void serveLoad(workerData as Plan, parentPort!, async (plan, { signal, onProgress }) => {
  const clock = createSystemClock();
  const transport = createUndiciTransport(plan.target, clock);
  try {
    return await runLoad(plan, { clock, transport, vitals: createThreadVitals() }, signal, onProgress);
  } finally {
    await transport.close();
  }
});
