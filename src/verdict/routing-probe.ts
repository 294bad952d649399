import type { ProbeCall, ProbeReading, ProbeRun, ProbeSight, ProbeValue } from '../model/probe.ts';
import type { UpstreamCall } from '../model/upstream.ts';
import { examples, worstFirst } from './probe-sights.ts';
import { countValue, NO_PROVIDER, notMeasured } from './probe-value.ts';
import { readShares } from './routing-shares.ts';
import { sameModel } from './same-model.ts';
import { counted } from './wording.ts';

/** A value with the line that tells it. */
export interface RoutingPart {
  readonly values: Readonly<Record<string, ProbeValue>>;
  readonly sight: ProbeSight | undefined;
}

/** A request that was answered, and the upstream calls that came of it. */
export interface RoutedCall {
  readonly call: ProbeCall;
  /** The provider that was asked first: the choice, whatever became of it. */
  readonly first: UpstreamCall | undefined;
  /** The one whose answer was passed on. */
  readonly served: UpstreamCall | undefined;
}

/** What the routing probe found: who got how much, whether answers say who served them, and what a tenant cannot reach. */
export const readRouting = (run: ProbeRun): ProbeReading => {
  if (run.spec.kind !== 'routing') throw new TypeError(`not a routing probe: ${run.spec.kind}`);
  const asked = run.calls.filter(({ step, outcome }) => step === 'ask' && outcome.kind === 'ok');
  const routed = asked.map((call) => withUpstream(call, run.upstream));
  const reason = run.skipped[0]?.reason ?? 'no request was answered; see why they fail';
  const parts = [
    readShares(routed, { shares: run.spec.shares, isInstrumented: run.upstream !== undefined, reason }),
    attributionPart(run, routed),
    modelPart(run, routed),
    usagePart(run, routed),
    forbiddenPart(run),
  ];
  const failed = run.calls.filter(({ step, outcome }) => step === 'ask' && outcome.kind !== 'ok');
  const sights = [...parts.flatMap(({ sight }) => (sight === undefined ? [] : [sight])), ...failedSight(failed)];
  return {
    values: Object.assign({}, ...parts.map(({ values }) => values)),
    times: { latency: asked.map(({ released, end }) => end - released) },
    sights: worstFirst(sights),
    timeline: [],
  };
};

const upstreamOf = ({ nonce }: ProbeCall, all: readonly UpstreamCall[] | undefined): readonly UpstreamCall[] =>
  (all ?? []).filter(({ nonces }) => nonces.includes(nonce)).toSorted((one, other) => one.received - other.received);

const withUpstream = (call: ProbeCall, all: readonly UpstreamCall[] | undefined): RoutedCall => {
  const own = upstreamOf(call, all);
  return { call, first: own[0], served: own.findLast(({ status }) => status !== undefined && status < 300) };
};

const failedSight = (failed: readonly ProbeCall[]): readonly ProbeSight[] =>
  failed.length === 0
    ? []
    : [
        {
          kind: 'unknown',
          text: `${counted(failed.length, 'request')} failed and are left out`,
          calls: examples(failed),
        },
      ];

/** What can be compared with what the provider saw, and why not where it cannot. */
const whyNot = ({ upstream, skipped }: ProbeRun, routed: readonly RoutedCall[]): string | undefined => {
  if (skipped[0] !== undefined) return skipped[0].reason;
  if (upstream === undefined) return NO_PROVIDER;
  return routed.some(({ served }) => served !== undefined)
    ? undefined
    : 'no upstream call carried the nonce of a request; put ${nonce} into the body, and see that the gateway passes prompts on';
};

interface Claim {
  readonly subject: string;
  /** Of the calls that say something, those whose word is wrong. */
  readonly wrong: readonly ProbeCall[];
  readonly said: number;
  readonly none: string;
  readonly text: string;
}

const claimPart = ({ subject, wrong, said, none, text }: Claim): RoutingPart => {
  if (said === 0) return { values: { [subject]: notMeasured(none) }, sight: undefined };
  const bad = wrong.length > 0;
  const of = counted(said, 'answer');
  return {
    values: { [subject]: countValue(wrong.length, said) },
    sight: {
      kind: bad ? 'bad' : 'good',
      text: bad ? `${wrong.length} of ${of} ${text}` : `None of ${of} ${text}`,
      calls: examples(wrong),
    },
  };
};

const attributionPart = (run: ProbeRun, routed: readonly RoutedCall[]): RoutingPart => {
  const subject = 'routing.misattributed';
  const said = routed.filter(({ call, served }) => served !== undefined && call.provider !== undefined);
  const served = new Set(said.map((each) => each.served!.provider));
  // Names of which none is a provider's are another way of naming them, not a wrong attribution.
  const isForeign = said.length > 0 && !said.some(({ call }) => served.has(call.provider!));
  const wrong = said.filter((each) => each.call.provider !== each.served!.provider).map(({ call }) => call);
  return claimPart({
    subject,
    wrong,
    said: isForeign ? 0 : said.length,
    none:
      whyNot(run, routed) ??
      (isForeign
        ? `the gateway names its providers otherwise than the configuration does (${said[0]!.call.provider})`
        : 'no answer named its provider; set gateway.dialect to say where it does'),
    text: 'named a provider that did not serve it',
  });
};

const modelPart = (run: ProbeRun, routed: readonly RoutedCall[]): RoutingPart => {
  const said = routed.filter(
    ({ call, served }) => call.askedModel !== undefined && (served ?? call).model !== undefined,
  );
  const wrong = said.filter(({ call, served }) =>
    [served?.model, call.model].some((model) => model !== undefined && !sameModel(model, call.askedModel!)),
  );
  return claimPart({
    subject: 'routing.wrong_model',
    wrong: wrong.map(({ call }) => call),
    said: said.length,
    none:
      run.skipped[0]?.reason ??
      'neither requests and answers nor a simulated provider named a model; set gateway.dialect to say where it does',
    text: 'came from another model than was asked for, or named another',
  });
};

const usagePart = (run: ProbeRun, routed: readonly RoutedCall[]): RoutingPart => {
  const said = routed.filter(({ call, served }) => served?.usage !== undefined && call.usage !== undefined);
  const wrong = said.filter(
    ({ call, served }) =>
      call.usage!.prompt !== served!.usage!.prompt || call.usage!.completion !== served!.usage!.completion,
  );
  return claimPart({
    subject: 'routing.wrong_usage',
    wrong: wrong.map(({ call }) => call),
    said: said.length,
    none: whyNot(run, routed) ?? 'no answer stated its usage; ask for it (stream_options), or leave this SLO out',
    text: 'stated another usage than its provider did',
  });
};

const forbiddenPart = (run: ProbeRun): RoutingPart => {
  const tries = run.calls.filter(({ step }) => step === 'forbidden');
  const { forbidden } = run.spec as Extract<ProbeRun['spec'], { kind: 'routing' }>;
  if (tries.length === 0) {
    const none = notMeasured(
      run.skipped[0]?.reason ??
        (forbidden === undefined
          ? 'no forbidden model is configured; give one under forbidden'
          : 'no request was sent; see why the probe ended before'),
    );
    return { values: { 'routing.forbidden_reached': none, 'routing.forbidden_not_refused': none }, sight: undefined };
  }
  const { tenant, model } = forbidden!;
  const reached = tries.filter((call) => hasReached(call, model, run.upstream));
  const open = tries.filter(({ status }) => status === undefined || status < 400 || status >= 500);
  const isOpen = reached.length > 0 || open.length > 0;
  // Some gateways answer by a lesser model on purpose: a fact, of which an SLO may say that it is wrong.
  const isBad = reached.length > 0 || open.some(({ outcome }) => outcome.kind !== 'ok');
  const of = `${counted(tries.length, 'request')} of ${tenant} for ${model}`;
  return {
    values: {
      'routing.forbidden_reached': countValue(reached.length, tries.length),
      'routing.forbidden_not_refused': countValue(open.length, tries.length),
    },
    sight: {
      kind: isBad ? 'bad' : isOpen ? 'plain' : 'good',
      text: isOpen
        ? `Of ${of}, ${reached.length} reached it and ${open.length} were not refused`
        : `${of} were refused${run.upstream === undefined ? '' : ', and none went upstream to it'}`,
      calls: examples([...reached, ...open.filter((call) => !reached.includes(call))]),
    },
  };
};

/** Instrumented: an upstream call for that model. Else: an answer that does not name another. */
const hasReached = (call: ProbeCall, model: string, upstream: readonly UpstreamCall[] | undefined): boolean => {
  if (upstream !== undefined)
    return upstreamOf(call, upstream).some((each) => each.model === undefined || sameModel(each.model, model));
  return call.status !== undefined && call.status < 300 && sameModel(call.model ?? model, model);
};
