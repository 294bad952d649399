import type { LabelledPrompt } from '../model/probe.ts';

type Row = readonly [topic: string, prompt: string, paraphrase: string, nearMiss: string];

/**
 * Prompts as people send them to a help desk. A near miss differs in one thing that turns the answer round: who, what, which
 * way, how much, when. No row is about the same thing as another.
 */
const ROWS: readonly Row[] = [
  [
    'account',
    'How do I reset my password?',
    'I forgot my password, how can I set a new one?',
    'How do I reset my router?',
  ],
  [
    'account',
    'How do I delete my account?',
    'What do I do to close my account for good?',
    'How do I restore my deleted account?',
  ],
  [
    'account',
    'How do I turn on two-factor login?',
    'Where can I enable two-step verification?',
    'How do I turn off two-factor login?',
  ],
  [
    'billing',
    'Can I pay by invoice?',
    'Is it possible to be billed by invoice?',
    'Can I get a copy of an old invoice?',
  ],
  [
    'billing',
    'Why was I charged twice this month?',
    'There are two charges for this month, how come?',
    'Why was I charged nothing this month?',
  ],
  [
    'billing',
    'How do I upgrade to the annual plan?',
    'I want to switch up to yearly billing, how?',
    'How do I downgrade from the annual plan?',
  ],
  [
    'orders',
    'Where is my parcel?',
    'Can you tell me where my package is right now?',
    'Where do I send my parcel back?',
  ],
  [
    'orders',
    'How long does delivery to Spain take?',
    'How many days until an order arrives in Spain?',
    'How much does delivery to Spain cost?',
  ],
  [
    'orders',
    'Can I change the address of my order?',
    'Is there a way to have my order sent somewhere else?',
    'Can I change the size in my order?',
  ],
  [
    'travel',
    'What is the fastest train from Paris to Lyon?',
    'Which train gets from Paris to Lyon quickest?',
    'What is the fastest train from Lyon to Paris?',
  ],
  [
    'travel',
    'Do I need a visa for Japan as a German citizen?',
    'As a German, is a visa required to visit Japan?',
    'Do I need a visa for Germany as a Japanese citizen?',
  ],
  [
    'travel',
    'Is breakfast included in the room rate?',
    'Does the price of the room cover breakfast?',
    'Is parking included in the room rate?',
  ],
  [
    'health',
    'Can I take ibuprofen with alcohol?',
    'Is it safe to drink alcohol while on ibuprofen?',
    'Can I take paracetamol with coffee?',
  ],
  [
    'health',
    'What is the maximum daily dose for adults?',
    'How much may a grown-up take per day at most?',
    'What is the maximum daily dose for children?',
  ],
  [
    'health',
    'How do I lower my blood pressure?',
    'What helps to bring high blood pressure down?',
    'How do I raise my blood pressure?',
  ],
  [
    'code',
    'How do I sort a list in descending order in Python?',
    'Python: order a list from largest to smallest',
    'How do I sort a list in ascending order in Python?',
  ],
  [
    'code',
    'How do I undo the last commit but keep its changes?',
    'Take back my latest commit without losing the edits',
    'How do I undo the last commit and drop its changes?',
  ],
  [
    'code',
    'How do I convert a string to an integer in Java?',
    'Parse an int out of a String with Java',
    'How do I convert an integer to a string in Java?',
  ],
  [
    'facts',
    'Who won the football world cup in 2014?',
    'Which team took the 2014 football world cup?',
    'Who won the football world cup in 2018?',
  ],
  ['facts', 'How high is Mount Kenya?', 'What is the height of Mount Kenya?', 'How old is Mount Kenya?'],
];

/** Labelled prompts for a probe that is given none. */
export const SEMANTIC_PAIRS: readonly LabelledPrompt[] = ROWS.map(([topic, prompt, paraphrase, nearMiss]) => ({
  topic,
  prompt,
  paraphrase,
  nearMiss,
}));
