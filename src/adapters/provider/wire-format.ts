import type { Answer } from './answer.ts';

/** How one API writes an answer. Frames are complete SSE events, blank line included. */
export interface WireFormat {
  readonly json: (answer: Answer) => string;
  readonly stream: (answer: Answer) => StreamFrames;
}

export interface StreamFrames {
  /** What comes before the first content: role, envelope, ping. */
  readonly opening: string;
  /** One token; called once for each, in order. */
  readonly token: (text: string) => string;
  /** What ends the stream cleanly, terminator included. */
  readonly closing: () => string;
}

/** An unnamed SSE event. */
export const dataFrame = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;

/** An SSE event named as its `type`, as the Responses and Messages APIs have them. */
export const typedFrame = (type: string, fields: object): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
