import type { GateErrorCode } from '../../model/errors.ts';
import type { ServerAnswers, ServerQueries } from './server-group.ts';

/** From the owner to the thread. */
export type ToThread =
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly name: keyof ServerQueries;
      readonly query: ServerQueries[keyof ServerQueries];
    }
  | { readonly kind: 'stop' };

/** From the thread to its owner. */
export type FromThread =
  | {
      readonly kind: 'ready';
      readonly providers: Readonly<Record<string, string>>;
      readonly gateway: string | undefined;
    }
  | { readonly kind: 'answer'; readonly id: number; readonly value: ServerAnswers[keyof ServerAnswers] }
  | { readonly kind: 'refused'; readonly id: number; readonly error: PlainError }
  | { readonly kind: 'failed'; readonly error: PlainError };

/** An error that crosses threads with its code and hint. */
export interface PlainError {
  readonly code: GateErrorCode;
  readonly message: string;
  readonly hint: string | undefined;
}
