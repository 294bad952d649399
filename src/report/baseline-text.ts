import type { BaselineState } from '../model/verdict.ts';
import { formatTally } from './number-text.ts';

/** Runs that a stored baseline needs before it can fail the gate. */
const ENOUGH = 5;

/** A text as a sentence: a capital at the start, a full stop at the end. Empty → empty. */
export const sentence = (text: string): string => {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
};

const newest = ({ id, createdAt, commit }: { id: string; createdAt: string; commit: string | undefined }): string =>
  `${commit === undefined ? `run ${id}` : commit.slice(0, 8)} of ${createdAt.slice(0, 10)}`;

/** What is to be known of the machines of the earlier runs. */
const MACHINES: Readonly<Record<Extract<BaselineState, { kind: 'stored' }>['machines'], string>> = {
  alike: '',
  mixed: ' Some were on other machines, so that only larger changes can be told.',
  other: ' None was on a machine like this one.',
};

/** What the run was compared with, in full; each kind of "nothing" has its own words. Plain text. */
export const baselineSentence = (state: BaselineState): string => {
  switch (state.kind) {
    case 'none':
      return `Not compared with a baseline. ${sentence(state.reason)}`.trim();
    case 'absent':
      return `First run: there is no baseline to compare with yet. ${sentence(state.reason)}`.trim();
    case 'untrusted':
      return `Stored runs are there, but none of them is trusted, so nothing was compared. ${sentence(state.reason)}`.trim();
    case 'unreadable':
      return `The baseline could not be read, so nothing was compared. ${sentence(state.reason)}`.trim();
    case 'not-comparable':
      return `A baseline is there, but it measured something else, so nothing was compared. ${sentence(state.reason)}`.trim();
    case 'stored': {
      const runs = formatTally(state.runs.length, 'earlier run');
      const of = state.runs[0] === undefined ? '' : `, the newest ${newest(state.runs[0])}`;
      const advice =
        state.machines === 'other'
          ? ' Changes are shown, and do not fail the gate.'
          : ` Changes are shown, but fail the gate only from ${ENOUGH} runs on.`;
      return `Compared with ${runs}${of}.${MACHINES[state.machines]}${state.advisory ? advice : ''}`;
    }
    case 'live':
      return `Compared with ${state.gateway} in the same run, in ${formatTally(state.pairs, 'pair')} of alternating blocks.`;
  }
};

/** What it was compared with in a few words, or nothing: the sentence says it then. */
export const baselineFact = (state: BaselineState): readonly string[] => {
  if (state.kind === 'live') return ['compared with a live baseline'];
  return state.kind === 'stored' ? [`compared with ${formatTally(state.runs.length, 'run')}`] : [];
};
