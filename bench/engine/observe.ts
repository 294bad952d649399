import { workerData } from 'node:worker_threads';
import { ScenarioRecorder } from '../../src/load/scenario-recorder.ts';
import { type ObservedPlan, writeToTape } from './tape.ts';

/**
 * Writes each measured request to the plan's tape on its way into the recorder. The engine keeps histograms only, and what
 * is compared with the server's log is single requests. The engine's own code is unchanged, and the times were taken
 * before this is called; what it costs is in the CPU of the measurements that use it.
 */
const plan = workerData as ObservedPlan;
const tape = new Float64Array(plan.tape);
/** The thread also runs the floor probe, whose requests the server never sees. */
const scenarios = new Set(plan.scenarios.map(({ name }) => name));
const { finished } = ScenarioRecorder.prototype;
const IDENTITY = '"user":"r';

const idOf = (body: string | Uint8Array | undefined): number => {
  const text = typeof body === 'string' ? body : Buffer.from(body ?? []).toString('latin1');
  const from = text.indexOf(IDENTITY) + IDENTITY.length;
  return Number(text.slice(from, text.indexOf('"', from)));
};

ScenarioRecorder.prototype.finished = function (flight, reading, at) {
  if (!flight.isWarmup && scenarios.has(flight.scenario.name))
    writeToTape(tape, {
      id: idOf(flight.request.outgoing.body),
      intended: flight.intended,
      released: flight.released,
      written: flight.writtenAt ?? Number.NaN,
      end: at,
      firstContent: reading.firstContentAt ?? Number.NaN,
      ok: reading.outcome.kind === 'ok',
      gaps: reading.gaps,
    });
  finished.call(this, flight, reading, at);
};
