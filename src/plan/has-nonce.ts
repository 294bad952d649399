import { expressionsOf } from '../config/compile-json.ts';
import type { ScenarioPlan } from '../model/plan.ts';

/** Whether a scenario's requests can be told at a provider: a `${nonce}` is in their body. */
export const hasNonce = ({ body }: ScenarioPlan): boolean =>
  body !== undefined && expressionsOf(body).some(({ kind }) => kind === 'nonce');
