import type { ProbeCall, ProbeRun, ProbeSight } from '../model/probe.ts';
import type { FaultedCall, FaultPhase } from './failover-facts.ts';
import { examples, worstFirst } from './probe-sights.ts';
import { counted, inWords } from './wording.ts';

/** More upstream calls for one request than these make an outage of one provider the trouble of the others. */
const MANY_ATTEMPTS = 3;

/** What was seen, phase by phase; bad first. */
export const failoverSights = (run: ProbeRun, phases: readonly FaultPhase[]): readonly ProbeSight[] => {
  const sights = [...phases.flatMap((phase) => [sightOf(phase), ...storm(phase)]), ...back(run, phases)];
  return worstFirst(sights);
};

const sightOf = (phase: FaultPhase): ProbeSight => {
  if (phase.met.length === 0)
    return { kind: 'unknown', text: `${phase.fault}: none of ${counted(phase.sent, 'request')} met it`, calls: [] };
  if (phase.fault === '400') return clientError(phase);
  return phase.fault === 'cut' ? midstream(phase) : rescue(phase);
};

const rescue = ({ fault, met }: FaultPhase): ProbeSight => {
  const lost = met.filter(({ isRescued }) => !isRescued);
  const added = met.flatMap((each) => each.added ?? []);
  const cost = added.length === 0 ? '' : `, at most ${inWords(Math.max(...added), 'us')} slower for it`;
  return {
    kind: lost.length === 0 ? 'good' : 'bad',
    text: `${fault}: ${met.length - lost.length} of ${counted(met.length, 'request')} rescued${endings(lost)}; ${attemptsEach(met)}${cost}`,
    calls: idsOf(lost),
  };
};

const midstream = ({ met }: FaultPhase): ProbeSight => {
  const hidden = met.filter(({ isHidden }) => isHidden);
  const rescued = met.filter(({ isRescued }) => isRescued).length;
  const told = met.length - hidden.length - rescued;
  return {
    kind: hidden.length === 0 ? 'good' : 'bad',
    text: `cut mid-stream: ${hidden.length} of ${counted(met.length, 'stream')} passed on as if complete, ${told} seen to be broken, ${rescued} rescued`,
    calls: idsOf(hidden),
  };
};

const clientError = ({ met }: FaultPhase): ProbeSight => {
  const retried = met.filter(({ upstream }) => upstream.length > 1);
  return {
    kind: retried.length === 0 ? 'good' : 'bad',
    text: `400: ${retried.length} of ${counted(met.length, 'request')} sent again, ${attemptsEach(met)}`,
    calls: idsOf(retried),
  };
};

const storm = ({ fault, met }: FaultPhase): readonly ProbeSight[] => {
  const many = met
    .filter(({ upstream }) => upstream.length > MANY_ATTEMPTS)
    .toSorted((a, b) => b.upstream.length - a.upstream.length);
  if (many.length === 0 || fault === '400') return [];
  const text = `${fault}: ${counted(many.length, 'request')} led to up to ${many[0]!.upstream.length} upstream calls`;
  return [{ kind: 'bad', text, calls: idsOf(many) }];
};

/** The longest way back, and the fault after which there was none. */
const back = ({ spec }: ProbeRun, phases: readonly FaultPhase[]): readonly ProbeSight[] => {
  const primary = spec.kind === 'failover' ? spec.primary : '';
  const [longest] = phases
    .filter(({ waited }) => waited > 0)
    .toSorted((a, b) => (b.back ?? b.waited) - (a.back ?? a.waited));
  if (longest === undefined) return [];
  const { fault, back: after, waited } = longest;
  if (after === undefined)
    return [
      {
        kind: 'bad',
        text: `not back on ${primary} ${inWords(waited, 'us')} after it was healthy (${fault})`,
        calls: [],
      },
    ];
  const when =
    after === 0 ? 'at once, after every fault' : `within ${inWords(after, 'us')}, the longest after ${fault}`;
  return [{ kind: 'good', text: `back on ${primary} ${when}`, calls: [] }];
};

/** How those ended that were not rescued, the most frequent first. */
const endings = (lost: readonly FaultedCall[]): string => {
  if (lost.length === 0) return '';
  const groups = [...Map.groupBy(lost, ({ call }) => endingOf(call))].toSorted((a, b) => b[1].length - a[1].length);
  return ` (${groups.map(([ending, calls]) => `${calls.length} ended as ${ending}`).join(', ')})`;
};

/** The class of what the client got, and its status. */
export const endingOf = ({ outcome, status }: ProbeCall): string => {
  const name = outcome.kind === 'error' ? outcome.errorClass : outcome.kind;
  return status === undefined ? name : `${name} ${status}`;
};

const attemptsEach = (met: readonly FaultedCall[]): string => {
  const each = met.reduce((sum, { upstream }) => sum + upstream.length, 0) / met.length;
  return each === 1 ? '1 upstream call each' : `${inWords(each, 'count')} upstream calls each`;
};

const idsOf = (met: readonly FaultedCall[]): readonly number[] => examples(met.map(({ call }) => call));
