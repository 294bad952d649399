import type { Slice } from '../model/measurement.ts';
import type { DropReason } from '../model/outcome.ts';
import type { ScenarioPlan } from '../model/plan.ts';
import type { FailureGroup, UpstreamTally } from '../model/run.ts';
import type { Micros } from '../model/units.ts';
import { hasNonce } from '../plan/has-nonce.ts';
import type { BlockGrid } from '../plan/schedule.ts';
import type { Reading } from '../wire/reading.ts';
import { estimateTokens } from '../wire/tokens.ts';
import type { BlockRecorder } from './block-recorder.ts';
import { FailureGroups } from './failure-groups.ts';
import type { Flight, FlightRecorder } from './flight.ts';
import { createLatencyLimits, type RequestTimes } from './latency-limits.ts';
import type { OverheadRecorder, OverheadTarget } from './overhead-recorder.ts';
import { SliceRecorder } from './slice-recorder.ts';
import { tokensOf } from './token-cost.ts';
import type { GatewayTime } from './upstream-time.ts';

/** Records one scenario: blocks × tenants × metrics. The warm-up is sent and counted, and left out of everything else. */
export class ScenarioRecorder implements FlightRecorder, OverheadTarget {
  warmupRequests = 0;
  readonly #slices: readonly SliceRecorder[];
  readonly #limits: readonly ((times: RequestTimes) => boolean)[];
  readonly #failures = new FailureGroups();
  readonly #overhead: OverheadRecorder | undefined;
  readonly #hasNonce: boolean;
  readonly #upstream = { joined: 0, hits: 0, unseen: 0 };

  constructor(scenario: ScenarioPlan, grid: BlockGrid, overhead?: OverheadRecorder) {
    this.#overhead = overhead;
    this.#hasNonce = hasNonce(scenario);
    const tenants = scenario.tenants.length === 0 ? [undefined] : scenario.tenants.map((tenant) => tenant.id);
    this.#slices = tenants.map((tenant) => new SliceRecorder(tenant, grid));
    this.#limits = tenants.map((tenant) => createLatencyLimits(scenario.slos, tenant));
  }

  released(flight: Flight): void {
    if (flight.isWarmup) return;
    const block = this.#blockOf(flight);
    block.open += 1;
    block.record('lag', flight.released - flight.intended);
  }

  sent(flight: Flight): void {
    if (flight.isWarmup) this.warmupRequests += 1;
  }

  finished(flight: Flight, reading: Reading, at: Micros): void {
    if (this.#hasNonce) this.#overhead?.finished(flight, reading, at, this);
    if (flight.isWarmup) return;
    const block = this.#blockOf(flight);
    this.#count(block, flight, reading);
    if (flight.connectTime !== undefined) block.record('connect', flight.connectTime);
    if (reading.outcome.kind === 'ok') this.#recordOk(block, flight, reading, at);
    else if (reading.outcome.kind === 'throttled') block.record('throttled', at - flight.released);
    this.#slices[flight.request.tenant]!.close(block);
  }

  dropped(flight: Flight, reason: DropReason): void {
    if (flight.isWarmup) return;
    const block = this.#blockOf(flight);
    block.dropped.add(reason);
    this.#slices[flight.request.tenant]!.close(block);
  }

  upstream({ request, block: index }: Flight, { overhead, ttftOverhead }: GatewayTime, calls: number): void {
    const block = this.#slices[request.tenant]!.block(index);
    block.record('overhead', overhead);
    if (ttftOverhead !== undefined) block.record('ttft-overhead', ttftOverhead);
    if (calls > 0) this.#upstream.joined += 1;
    else this.#upstream.hits += 1;
  }

  upstreamUnseen(): void {
    this.#upstream.unseen += 1;
  }

  /** How many could be told at the providers; undefined where none is asked. */
  get upstreamTally(): UpstreamTally | undefined {
    return this.#overhead && { hasNonce: this.#hasNonce, ...this.#upstream };
  }

  /** Counts an arrival of the schedule that was never released. */
  unreleased(tenant: number, block: number, reason: DropReason): void {
    this.#slices[tenant]!.block(block).dropped.add(reason);
  }

  /** Notes how long connections took that were opened before the load, µs; they belong to its first block. */
  connections(took: readonly Micros[]): void {
    const block = took.length === 0 ? undefined : this.#slices[0]!.block(0);
    for (const each of took) block?.record('connect', each);
  }

  /** `cutAt`: where the measured phase was cut short, µs from its start; undefined = it ran to its end. */
  slices(cutAt: Micros | undefined): Slice[] {
    return this.#slices.map((slice) => slice.result(cutAt));
  }

  failures(): FailureGroup[] {
    return this.#failures.result();
  }

  #blockOf(flight: Flight): BlockRecorder {
    return this.#slices[flight.request.tenant]!.block(flight.block);
  }

  #count(block: BlockRecorder, flight: Flight, reading: Reading): void {
    const { outcome, status, requestId } = reading;
    if (status !== undefined) block.status.add(String(status));
    const cost = tokensOf(reading, flight);
    block.tokens.prompt += cost.prompt;
    block.tokens.completion += cost.completion;
    if (cost.estimated) block.tokens.estimated += 1;
    if (outcome.kind === 'throttled') block.throttled += 1;
    if (outcome.kind !== 'error') return;
    block.errors.add(outcome.errorClass);
    this.#failures.add({ errorClass: outcome.errorClass, status, detail: outcome.detail, requestId });
  }

  #recordOk(block: BlockRecorder, flight: Flight, reading: Reading, at: Micros): void {
    const times = timesOf(flight, reading, at);
    block.ok += 1;
    block.record('latency', times.latency);
    if (flight.writtenAt !== undefined) block.record('service', at - flight.writtenAt);
    if (times.ttft !== undefined) block.record('ttft', times.ttft);
    for (const gap of reading.gaps) block.record('itl', gap);
    if (times.tpot !== undefined) block.record('tpot', times.tpot);
    const declared = declaredOverhead(reading, times.latency, flight.scenario);
    if (declared !== undefined) block.record('declared-overhead', declared);
    if (reading.cache !== undefined) {
      block.cache.add(reading.cache);
      block.record(reading.cache, times.latency);
    }
    if (reading.provider !== undefined) block.providers.add(reading.provider);
    if (reading.model !== undefined) block.models.add(reading.model);
    if (this.#limits[flight.request.tenant]!(times)) block.good += 1;
  }
}

const timesOf = (flight: Flight, reading: Reading, at: Micros): RequestTimes => {
  const { firstContentAt, gaps } = reading;
  return {
    latency: at - flight.released,
    ttft: firstContentAt === undefined ? undefined : firstContentAt - flight.released,
    longestGap: gaps.length === 0 ? undefined : gaps.reduce((longest, gap) => Math.max(longest, gap), 0),
    tpot: firstContentAt === undefined ? undefined : timePerToken(at - firstContentAt, reading),
    cache: reading.cache,
  };
};

/** Of a stream, the upstream's time that gateways declare ends with its headers. */
const declaredOverhead = (
  { gatewayTime, upstreamTime }: Reading,
  latency: number,
  { stream }: ScenarioPlan,
): number | undefined => {
  if (gatewayTime !== undefined) return gatewayTime;
  return upstreamTime === undefined || stream ? undefined : Math.max(0, latency - upstreamTime);
};

/** Undefined for an answer of one token. Where the gateway does not report the tokens, they are estimated. */
const timePerToken = (generating: number, reading: Reading): number | undefined => {
  const tokens = reading.usage?.completion ?? estimateTokens(reading.outputChars);
  return tokens > 1 ? generating / (tokens - 1) : undefined;
};
