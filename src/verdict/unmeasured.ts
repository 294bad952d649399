import type { Counts, Metric } from '../model/measurement.ts';
import type { ScenarioRun } from '../model/run.ts';
import { endedOf, total } from '../stats/measurement.ts';
import type { Evidence } from './evidence.ts';
import { counted } from './wording.ts';

// Why something has no number, in sentences for someone who meets this program for the first time.

/** Which probe measures what stands before the first dot of a subject. */
const PROBES: Readonly<Record<string, string>> = { limit: 'rate-limit', semantic: 'semantic-cache' };

/** A subject that no load can measure. */
export const whyNoProbe = (name: string): string => {
  const family = name.split('.')[0]!;
  const probe = Object.hasOwn(PROBES, family) ? PROBES[family] : family;
  return `only the ${probe} probe measures ${name}; give it a scenario with probe: ${probe}`;
};

/** No block has a request. */
export const whyNoRequest = ({ scenario, tenant, blocks }: Evidence): string => {
  if (blocks.length > 0) return 'no request was sent to its end; raise limits, or lower the load';
  return tenant === undefined || scenario.slices.some((slice) => slice.tenant === tenant)
    ? 'no request of it was measured; raise load.duration or the rate, and limits with them'
    : `this run has no tenant "${tenant}" in it; see that the SLO names one of this scenario`;
};

/** A metric without a sample, though there were requests. */
export const whyNoSample = (metric: Metric, scenario: ScenarioRun, counts: Counts): string => {
  if (metric === 'ttft' || metric === 'itl' || metric === 'tpot' || metric === 'ttft-overhead') {
    if (!scenario.stream)
      return `${metric === 'ttft-overhead' ? 'overhead.ttft' : metric} is measured on streams only; set stream: true in this scenario`;
  } else if (metric === 'hit' || metric === 'miss') {
    if (total(counts.cache) === 0) return whyNoCacheStatus(counts);
    return `no answer was declared a cache ${metric} (${counted(counts.cache.hit ?? 0, 'hit')}, ${counts.cache.miss ?? 0} misses, ${counts.cache.bypass ?? 0} bypassed); ${metric === 'hit' ? 'repeat prompts, and check that caching is on' : 'send prompts that are new, by ${nonce} in the body'}`;
  }
  const blind = metric === 'overhead' || metric === 'ttft-overhead' ? whyNoOverhead(scenario) : undefined;
  if (blind !== undefined) return blind;
  if (counts.ok === 0)
    return `none of ${counted(endedOf(counts), 'request')} succeeded, and latency is that of successes; see why they fail`;
  const gap = STREAM_GAPS[metric];
  return gap === undefined
    ? `no answer had a value for ${metric}; raise load.duration or the rate`
    : `${gap}; ask for longer answers, and check that they are in the API of this endpoint`;
};

/** Why the gateway's time cannot be told from the provider's; undefined when calls of the requests were seen. */
const whyNoOverhead = ({ upstream }: ScenarioRun): string | undefined => {
  if (upstream === undefined)
    return 'the time of the gateway alone is known only where its upstream is a simulated provider; name one under providers: and point the gateway at it';
  if (!upstream.hasNonce) return "overhead needs ${nonce} in the body, so that the provider's call can be told";
  if (upstream.joined + upstream.hits === 0 && upstream.unseen > 0)
    return 'no simulated provider saw a call of these requests; point the upstream of the gateway at them, and check that it passes prompts on as they are';
  return undefined;
};

const STREAM_GAPS: Partial<Record<Metric, string>> = {
  ttft: 'no stream had an event with content',
  itl: 'no stream had two events with content, and itl is the time between them',
  'ttft-overhead': 'no stream had an event with content that a provider sent',
  tpot: 'no stream had two output tokens, and tpot is the time for each after the first',
};

/** Hits and misses cannot be told apart. */
export const whyNoCacheStatus = (counts: Counts): string => {
  const bypassed = counts.cache.bypass ?? 0;
  return bypassed > 0
    ? `the gateway declared no hit and no miss: all ${bypassed} answers with a cache status bypassed the cache; check that caching is on for these requests`
    : 'the gateway declared no cache status; set gateway.dialect to say where it does, and check that caching is on';
};

/** No response said which provider or model it came from. */
export const whyNoName = (of: 'provider' | 'model'): string =>
  `no response named its ${of}; set gateway.dialect to say where the gateway names it`;

/** No usage in any response. */
export const whyNoTokens = (counts: Counts): string =>
  counts.ok === 0
    ? 'no request succeeded, so there are no tokens; see why they fail'
    : 'no response had completion tokens; ask for the usage (stream_options), or for an answer with text';

/** The measured phase has no length. */
export const whyNoTime = (): string => 'the measured phase ended before it began; raise limits, or lower load.warmup';

/** The scenario has no steps, or nothing that a step could meet. */
export const whyNoKnee = (): string =>
  'the knee is found by a load in steps; set load.steps, and give the scenario another SLO that says when a step is met';
