import type { Ending } from '../model/run.ts';
import { sentence } from './baseline-text.ts';

/** How a burst that did not run as planned came to its end; undefined for one that did. Plain text. */
export const endingSentence = (ending: Ending): string | undefined => {
  switch (ending.kind) {
    case 'complete':
      return undefined;
    case 'bounded':
      return `limits.${ending.bound} ended the burst before its schedule did: what follows is the part that ran.`;
    case 'aborted':
      return `The burst was stopped early to spare the gateway. ${sentence(ending.reason)}`.trim();
    case 'unreachable':
      return `The gateway could not be reached. ${sentence(ending.reason)}`.trim();
    case 'cancelled':
      return `The run was cancelled (${ending.signal}): what follows is the part that ran.`;
  }
};
