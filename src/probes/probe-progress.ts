import type { Plan } from '../model/plan.ts';
import type { Progress } from '../model/progress.ts';
import { fromMillis, micros } from '../model/units.ts';
import { probeNeeds } from '../plan/probe-needs.ts';
import type { ProbeSession } from './probe-session.ts';
import type { RunProbesPorts } from './run-probes.ts';

/** How often progress is told. */
const TICK = fromMillis(250);

/** Tells which probe is under way and how far it is, from its creation to its end. */
export class ProbeProgress {
  readonly #parts: { readonly plan: Plan; readonly session: ProbeSession; readonly ports: RunProbesPorts };
  #cancel = (): void => {};

  constructor(parts: { readonly plan: Plan; readonly session: ProbeSession; readonly ports: RunProbesPorts }) {
    this.#parts = parts;
    this.#tick();
  }

  end(): void {
    this.#cancel();
  }

  #tick(): void {
    const { clock, onProgress } = this.#parts.ports;
    onProgress(this.#look());
    this.#cancel = clock.schedule(micros(clock.now() + TICK), () => this.#tick());
  }

  #look(): Progress {
    const { plan, session } = this.#parts;
    const { scenario, spec } = session.plan;
    return {
      elapsed: session.now(),
      expected: probeNeeds(spec).duration,
      sent: session.requests,
      inFlight: session.inFlight,
      ok: session.requests - session.inFlight - session.errors,
      throttled: 0,
      errors: session.errors,
      dropped: 0,
      rate: 0,
      p95: undefined,
      loads: [],
      warmup: false,
      probe: {
        name: scenario.name,
        kind: spec.kind,
        place: plan.probes.indexOf(session.plan) + 1,
        of: plan.probes.length,
      },
    };
  }
}
