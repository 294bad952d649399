import { startInThread } from '../adapters/provider/server-thread.ts';
import { PLAIN_GATEWAY } from '../dialects/common-fields.ts';
import { runLoad } from '../load/run-load.ts';
import { GateError } from '../model/errors.ts';
import type { Plan, Target } from '../model/plan.ts';
import type { GeneratorFloor } from '../model/run.ts';
import { fromMillis, fromSeconds } from '../model/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { Transport } from '../ports/transport.ts';
import { addHistograms, countOf } from '../stats/histogram.ts';
import { workerUrl } from './worker-url.ts';

/** 180 requests in 0.6 s, the first 30 of them as warm-up. */
const RATE = 300;
const WARMUP = fromMillis(100);
const DURATION = fromMillis(500);

export interface FloorPorts {
  readonly clock: Clock;
  /** A transport as the burst's own. */
  readonly connect: (target: Target) => Transport;
  readonly signal: AbortSignal;
  /** The entry of the provider's thread; a test may name another. */
  readonly providerUrl?: URL;
}

/** Undefined when it was not made: the signal came, or something went wrong, which `warnings` then says. */
export interface FloorProbe {
  readonly floor: GeneratorFloor | undefined;
  readonly warnings: readonly string[];
}

/**
 * What this generator measures where the truth is next to nothing: a brief load on a simulated provider that answers at once,
 * on loopback, in a thread beside it. The gateway sees none of it, so it counts against no limit. Never rejects.
 */
export const probeFloor = async (ports: FloorPorts): Promise<FloorProbe> => {
  if (ports.signal.aborted) return { floor: undefined, warnings: [] };
  try {
    return { floor: await measure(ports), warnings: [] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { floor: undefined, warnings: [`The generator's own floor was not measured: ${reason}.`] };
  }
};

const measure = async (ports: FloorPorts): Promise<GeneratorFloor | undefined> => {
  const server = await startInThread(ports.providerUrl ?? workerUrl('provider-worker'), INSTANT);
  try {
    return await measureAt({ url: server.url, ca: undefined }, ports);
  } finally {
    await server.stop();
  }
};

const measureAt = async (
  target: Target,
  { clock, connect, signal }: FloorPorts,
): Promise<GeneratorFloor | undefined> => {
  const transport = connect(target);
  try {
    const { scenarios, generator, ending } = await runLoad(planFor(target), { clock, transport }, signal, () => {});
    if (ending.kind === 'cancelled') return undefined;
    const blocks = scenarios.flatMap((scenario) => scenario.slices.flatMap((slice) => slice.blocks));
    const latency = addHistograms(blocks.flatMap((block) => block.histograms.latency ?? []));
    if (countOf(latency) === 0) throw new GateError('internal', 'the simulated provider answered nothing');
    return { latency, lag: generator.lag };
  } finally {
    await transport.close();
  }
};

const NO_TIME = fromMillis(0);
const INSTANT = {
  providers: [
    {
      name: 'floor',
      listen: { host: '127.0.0.1', port: 0 },
      latency: { p50: NO_TIME, p95: NO_TIME },
      tokenInterval: NO_TIME,
      outputTokens: 1,
      seed: 'floor',
    },
  ],
};

const planFor = (target: Target): Plan => ({
  seed: 'floor',
  digest: '',
  target,
  instruments: [],
  share: undefined,
  // It says nothing, so that nothing is looked for.
  dialect: { ...PLAIN_GATEWAY, name: 'generic', model: 'unsupported', requestId: [] },
  baseline: undefined,
  pairs: 0,
  bounds: { requests: 200, duration: fromSeconds(1), concurrency: 50, tokens: undefined, abort: undefined },
  loads: [
    {
      name: 'floor',
      arrival: { kind: 'constant-rate', rate: RATE, process: 'uniform', duration: DURATION },
      warmup: WARMUP,
      after: undefined,
      blocks: 1,
      members: [{ scenario: 'floor', weight: 1 }],
    },
  ],
  scenarios: [
    {
      name: 'floor',
      endpoint: 'models',
      method: 'GET',
      path: '/v1/models',
      stream: false,
      headers: [],
      body: undefined,
      timeout: fromSeconds(1),
      tenants: [],
      expect: { status: [200], headers: [], body: [] },
      slos: [],
      maxCompletionTokens: 0,
    },
  ],
  lists: {},
  probes: [],
});
