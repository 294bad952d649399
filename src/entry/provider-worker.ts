import { parentPort, workerData } from 'node:worker_threads';
import { serveThread } from '../adapters/provider/serve-thread.ts';
import type { ServerSpec } from '../adapters/provider/server-spec.ts';

/** The entry of the thread that `startInThread` starts: its whole input is plain data. */
if (parentPort === null) throw new Error('provider-worker is the entry of a worker thread');
void serveThread(workerData as ServerSpec, parentPort);
