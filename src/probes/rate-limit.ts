import type { ProbeCall } from '../model/probe.ts';
import { type Micros, micros } from '../model/units.ts';
import { type LimitShape, type LimitSpec, limitShape, wasAdmitted } from '../plan/limit-shape.ts';
import type { Choreography, ProbeRequest, Prober } from './prober.ts';
import { measureRefill } from './refill.ts';
import { firstOf, releaseTogether } from './release.ts';
import { hasRoom } from './room.ts';

/**
 * Uses the allowance up, asks until requests are admitted again (which shows where the window begins, or that the allowance
 * comes back bit by bit), waits until it is whole, measures it with one burst, holds Retry-After against the clock, and then sees how much a bucket
 * brings back.
 */
export const probeRateLimit: Choreography = async (prober) => {
  const { spec } = prober.plan;
  if (spec.kind !== 'rate-limit' || !hasRoom(prober)) return;
  const stage: Stage = { prober, spec, shape: limitShape(spec) };
  await prober.warm(Math.min(stage.shape.burst, prober.room().concurrency));
  const used = await useUp(stage);
  if (used === undefined) {
    prober.mark('not one of the last requests was rejected: there is no limit here to be measured');
    return;
  }
  const until = micros(used.last + spec.window + 2 * stage.shape.interval);
  const back = await askUntilAdmitted(stage, { after: used.empty, until }, { step: 'ask', group: 1 });
  const whole = back === undefined ? { at: silence(stage), isBucket: false } : await whenWhole(stage, used, back);
  await prober.sleepUntil(whole.at);
  const calls = releaseTogether(prober, stage.shape.burst, { step: 'measure', group: 2 });
  const rejection = await firstOf(calls, (call) => isRejected(call) && call.retryAfter !== undefined);
  if (rejection === undefined) prober.skip('Retry-After against the clock', 'no rejection had one');
  else await holdToPromise(stage, rejection, back !== undefined);
  const measured = await Promise.all(calls);
  if (whole.isBucket) await measureRefill(prober, spec, measured.filter(isRejected));
};

interface Stage {
  readonly prober: Prober;
  readonly spec: LimitSpec;
  readonly shape: LimitShape;
}

/** The time in which the allowance was used up: from the first release until a rejection showed that nothing is left. */
interface Used {
  readonly first: Micros;
  /** When the request was sent that showed it. */
  readonly empty: Micros;
  readonly last: Micros;
}

/** Bursts that are spent on using the allowance up: a window may begin in the middle of one, and then it is not used up. */
const MAX_BURSTS = 3;
/** `Retry-After` comes in whole seconds, rounded up: so much earlier it must not be admitted. */
const ROUNDING = micros(1_000_000);
/** For clocks and connections, before and after the promised moment. */
const MARGIN = micros(100_000);

const useUp = async (stage: Stage): Promise<Used | undefined> => {
  const { prober, spec, shape } = stage;
  const first = prober.now();
  for (let burst = 0; burst < MAX_BURSTS; burst += 1) {
    const begun = prober.now();
    const calls = releaseTogether(prober, shape.burst, { step: 'use-up', group: 0 });
    if ((await firstOf(calls, isRejected)) === undefined) continue;
    // A busy gateway may still have some of them before it: what they take must not be taken for the next window's.
    await Promise.race([Promise.all(calls), prober.sleep(micros(spec.window / 4))]);
    const after = await askForMore(stage, begun, { step: 'use-up', group: 0 });
    const rejected = after.find(isRejected);
    if (rejected !== undefined) return { first, empty: rejected.written ?? rejected.released, last: lastEnd(after) };
  }
  return undefined;
};

/** More requests at once than a bucket can have refilled since then: if all are admitted, it was no bucket that let them in. */
const askForMore = (
  { prober, spec }: Stage,
  since: Micros,
  what: Omit<ProbeRequest, 'request'>,
): Promise<readonly ProbeCall[]> => {
  const refilled = ((prober.now() - since) * spec.limit) / spec.window;
  return Promise.all(releaseTogether(prober, Math.min(spec.limit, Math.ceil(2 * refilled) + 1), what));
};

const isRejected = (call: ProbeCall): boolean => !wasAdmitted(call);

/** When the last of them was answered: a busy gateway may decide on a request long after it was written. */
const lastEnd = (calls: readonly ProbeCall[]): Micros => micros(Math.max(...calls.map(({ end }) => end)));

/** The first request that was admitted again. */
interface Back {
  readonly call: ProbeCall;
  /** The allowance came back later than that: one was still rejected. */
  readonly after: Micros;
}

/** Asks one request at a time; undefined when none was admitted until then. `after`: one was still rejected. */
const askUntilAdmitted = async (
  { prober, shape }: Stage,
  { after, until }: { readonly after: Micros; readonly until: Micros },
  what: Omit<ProbeRequest, 'request'>,
): Promise<Back | undefined> => {
  let rejected = after;
  for (let at = micros(prober.now() + shape.interval); at <= until; at = micros(prober.now() + shape.interval)) {
    await prober.sleepUntil(at);
    const call = await prober.call({ ...what, request: prober.fresh() });
    if (wasAdmitted(call)) return { call, after: rejected };
    rejected = call.written ?? call.released;
  }
  return undefined;
};

/** Some limiters count what they reject: asking again and again then keeps the door shut, and only silence opens it. */
const silence = ({ prober, spec, shape }: Stage): Micros => {
  prober.mark('no request was admitted while asking went on: silent for a whole window now');
  return micros(prober.now() + spec.window + shape.slack);
};

/** When the allowance is whole, and whether it came back bit by bit. */
interface Whole {
  readonly at: Micros;
  readonly isBucket: boolean;
}

/**
 * The moment from which the whole allowance is there. If more requests than a bucket can have refilled are all admitted, a
 * window has begun; this one is used where most of it is still to come, else a later one. If not, the allowance comes back
 * bit by bit, and is whole a window after the last admission.
 */
const whenWhole = async (stage: Stage, used: Used, back: Back): Promise<Whole> => {
  const { prober, spec, shape } = stage;
  const { window } = spec;
  const begun = back.call.written ?? back.call.released;
  const calls = await askForMore(stage, back.after, { step: 'ask-more', group: 1 });
  const spent = micros(lastEnd([back.call, ...calls]) + window + shape.slack);
  // A window that has begun may have no more than was asked for.
  const isBucket = calls.filter(wasAdmitted).length + 1 < spec.limit;
  if (calls.some(isRejected)) return { at: spent, isBucket };
  // A sliding window opens as it was used up: a window after the first request, and is whole a window after the last.
  const isSliding = begun >= used.first + window - 2 * shape.interval;
  const soonest = micros(Math.max(prober.now(), isSliding ? used.last + window + shape.slack : 0));
  if (soonest - back.after <= window / 2) return { at: soonest, isBucket: false };
  // What the questions took of a sliding window must be back as well, and a fixed one must still be in its first half.
  const windows = 1 + Math.max(0, Math.ceil((spent - begun - window) / window - 1 / 4));
  return { at: micros(Math.max(begun + windows * window + shape.slack, spent)), isBucket: false };
};

/**
 * Asks shortly before the promised moment and shortly after it, and then on until a request is admitted, so that it is seen
 * how far a promise is off. A promise beyond the window is not waited for: then it is asked all along.
 */
const holdToPromise = async (stage: Stage, rejection: ProbeCall, canAskEarly: boolean): Promise<void> => {
  const { prober, spec, shape } = stage;
  const what = { step: 'retry', group: 3 };
  const until = micros(prober.now() + spec.window + 2 * shape.interval);
  const promised = micros(rejection.end + rejection.retryAfter!);
  if (promised + MARGIN <= until) {
    const early = micros(promised - ROUNDING - MARGIN);
    const moments =
      canAskEarly && early > prober.now() ? [early, micros(promised + MARGIN)] : [micros(promised + MARGIN)];
    for (const at of moments) {
      await prober.sleepUntil(at);
      const call = await prober.call({ ...what, request: prober.fresh() });
      if (wasAdmitted(call)) return;
    }
  }
  await askUntilAdmitted(stage, { after: rejection.end, until }, what);
};
