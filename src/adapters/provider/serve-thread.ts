import type { MessagePort } from 'node:worker_threads';
import { GateError } from '../../model/errors.ts';
import { startServerGroup } from './server-group.ts';
import type { ServerSpec } from './server-spec.ts';
import type { FromThread, PlainError, ToThread } from './thread-messages.ts';

/** The thread's side of `startInThread`: starts the spec, says so, answers, and ends when told to. */
export const serveThread = async (spec: ServerSpec, owner: MessagePort): Promise<void> => {
  const say = (message: FromThread): void => owner.postMessage(message);
  try {
    const group = await startServerGroup(spec);
    owner.on('message', (message: ToThread) => {
      if (message.kind === 'stop') void group.stop().then(() => owner.close());
      else say(answer(group, message));
    });
    say({ kind: 'ready', providers: group.providers, gateway: group.gateway });
  } catch (error) {
    say({ kind: 'failed', error: plain(error) });
    owner.close();
  }
};

const answer = (
  group: Awaited<ReturnType<typeof startServerGroup>>,
  { id, name, query }: Extract<ToThread, { kind: 'ask' }>,
): FromThread => {
  try {
    // The owner's `ask` pairs name and query; the pairing is lost to the type on the way through the message port.
    return { kind: 'answer', id, value: group.ask(name, query as never) };
  } catch (error) {
    return { kind: 'refused', id, error: plain(error) };
  }
};

const plain = (error: unknown): PlainError =>
  error instanceof GateError
    ? { code: error.code, message: error.message, hint: error.hint }
    : { code: 'internal', message: error instanceof Error ? error.message : String(error), hint: undefined };
