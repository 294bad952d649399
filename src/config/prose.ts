import type { Random } from './random.ts';

/** Characters that one token of English stands for, about, with the byte-pair vocabularies in use. */
const CHARACTERS_PER_TOKEN = 4;

const OPENERS = [
  'After the last release',
  'Before the next review',
  'During the quiet hours',
  'For most of the customers',
  'From what we measured',
  'In a second experiment',
  'In the northern region',
  'On the first of the month',
  'Once the backlog was cleared',
  'Since the migration ended',
  'Under heavy traffic',
  'When the forecast changed',
];
const SUBJECTS = [
  'the support team',
  'a careful reader',
  'our oldest warehouse',
  'the billing service',
  'every regional office',
  'the new onboarding guide',
  'a small group of engineers',
  'the weekly report',
  'their insurance partner',
  'the harbour authority',
  'an independent auditor',
  'the research library',
  'each delivery driver',
  'the second supplier',
  'a visiting lecturer',
  'the planning committee',
];
const VERBS = [
  'described',
  'quietly replaced',
  'asked about',
  'could not explain',
  'carefully compared',
  'finally approved',
  'had already documented',
  'often mentions',
  'rewrote',
  'tends to postpone',
  'summarised',
  'will soon publish',
  'questioned',
  'relied on',
  'sent back',
  'kept improving',
];
const OBJECTS = [
  'a shorter route through the valley',
  'the terms of the warranty',
  'three unfinished invoices',
  'a table of seasonal prices',
  'the history of the old bridge',
  'several unusual measurements',
  'the instructions for returning a parcel',
  'a list of open questions',
  'the energy budget of the building',
  'two conflicting statements',
  'the minutes of the last meeting',
  'an early draft of the contract',
  'the steps for resetting a password',
  'a map of the underground cables',
  'the results of the customer survey',
  'the schedule for the evening shift',
];
const ENDINGS = [
  'because the numbers did not agree',
  'without telling the other departments',
  'and nobody noticed for a week',
  'so that the work could continue',
  'although the weather made it difficult',
  'which surprised almost everyone',
  'as the regulations require',
  'before the doors were opened',
  'in order to save a little time',
  'while the phones kept ringing',
  'and the answer was far from obvious',
  'with only minor corrections',
];

/**
 * Seeded English prose of about `tokens` tokens (whole, at least 1), counted as four characters each: real vocabularies
 * differ by some 20 %. Never empty, ends in a full stop, off by at most one word. Made from phrases rather than words, which
 * takes fewer draws, for a burst of long prompts must not cost the generator its time.
 */
export function writeProse(tokens: number, random: Random): string {
  const length = tokens * CHARACTERS_PER_TOKEN;
  let text = '';
  while (text.length < length) text += (text === '' ? '' : ' ') + sentence(random);
  if (text.length === length) return text;
  const cut = text.lastIndexOf(' ', length);
  const words = text.slice(0, cut > 0 ? cut : text.indexOf(' '));
  return `${words.replace(/[.,]$/, '')}.`;
}

function sentence(random: Random): string {
  const clause = `${one(SUBJECTS, random)} ${one(VERBS, random)} ${one(OBJECTS, random)}`;
  const shape = random.int(0, 3);
  if (shape === 0) return capitalized(`${clause}.`);
  if (shape === 1) return `${one(OPENERS, random)}, ${clause}.`;
  if (shape === 2) return capitalized(`${clause}, ${one(ENDINGS, random)}.`);
  return `${one(OPENERS, random)}, ${clause}, ${one(ENDINGS, random)}.`;
}

const one = (phrases: readonly string[], random: Random): string => phrases[random.int(0, phrases.length - 1)]!;

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
