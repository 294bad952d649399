import type { MessagePort } from 'node:worker_threads';
import { GateError } from '../../model/errors.ts';
import type { Plan } from '../../model/plan.ts';
import type { LoadRunner } from '../../ports/load-runner.ts';
import type { FromLoadThread, ToLoadThread } from './thread-messages.ts';

/** The thread's side of `createLoadThread`: runs the plan, tells progress and result, and hears of an abort. */
export const serveLoad = async (plan: Plan, owner: MessagePort, runner: LoadRunner): Promise<void> => {
  const say = (message: FromLoadThread): void => owner.postMessage(message);
  const controller = new AbortController();
  owner.on('message', ({ reason }: ToLoadThread) => controller.abort(reason));
  try {
    const result = await runner.run(plan, controller.signal, (progress) => say({ kind: 'progress', progress }));
    say({ kind: 'result', result });
  } catch (error) {
    say(failure(error));
  }
};

const failure = (error: unknown): FromLoadThread => {
  const known =
    error instanceof GateError ? error : new GateError('internal', 'the load engine failed', { cause: error });
  const { code, message, hint, cause } = known;
  // The stack names the place, which the message of an internal fault alone does not.
  const text = cause instanceof Error ? (code === 'internal' ? cause.stack : cause.message) : undefined;
  return { kind: 'failed', code, message, hint, cause: text };
};
