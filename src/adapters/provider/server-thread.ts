import { Worker } from 'node:worker_threads';
import { GateError } from '../../model/errors.ts';
import type { RunningProviders } from '../../ports/providers.ts';
import type { ServerAnswers, ServerQueries } from './server-group.ts';
import type { ServerSpec } from './server-spec.ts';
import type { FromThread, PlainError, ToThread } from './thread-messages.ts';

/** Providers, and perhaps a gateway, that are up in a thread of their own. */
export interface RunningServers extends RunningProviders {
  /** Of the gateway, else of the first provider; empty when the spec has neither. */
  readonly url: string;
  readonly gateway: string | undefined;
  /** Rejects with `GateError` `usage` for a server that is not there, `internal` when the thread has ended. */
  ask<Name extends keyof ServerQueries>(name: Name, query: ServerQueries[Name]): Promise<ServerAnswers[Name]>;
  /** Ends it and waits until its ports are free. Rejects when the thread had crashed before. */
  stop(): Promise<void>;
}

/**
 * Runs a spec in a thread, so that providers and gateway do not share the load's event loop. `workerUrl` is the bundled or
 * source entry `provider-worker`. Rejects with the `GateError` that a server's start gave, or `internal` for a crash.
 */
export const startInThread = async (workerUrl: URL, spec: ServerSpec): Promise<RunningServers> => {
  const thread = createThread(new Worker(workerUrl, { workerData: spec }));
  const { providers, gateway } = await thread.ready;
  return {
    url: gateway ?? Object.values(providers)[0] ?? '',
    providers,
    gateway,
    ask: thread.ask,
    stop: thread.stop,
  };
};

interface Pending {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

const createThread = (worker: Worker) => {
  const ready = Promise.withResolvers<Extract<FromThread, { kind: 'ready' }>>();
  const ended = Promise.withResolvers<void>();
  // Whoever calls `stop` learns of a crash; before that there is nobody to tell.
  ended.promise.catch(() => {});
  const pending = new Map<number, Pending>();
  let next = 0;
  let over = false;

  const end = (error: Error | undefined): void => {
    if (over) return;
    over = true;
    const reason = error ?? new GateError('internal', 'the thread of the simulated providers has ended');
    ready.reject(reason);
    for (const { reject } of pending.values()) reject(reason);
    if (error === undefined) ended.resolve();
    else ended.reject(error);
  };
  worker.on('error', (cause) =>
    end(new GateError('internal', 'the thread of the simulated providers crashed', { cause })),
  );
  worker.on('exit', () => end(undefined));
  worker.on('message', (message: FromThread) => {
    if (message.kind === 'ready') ready.resolve(message);
    else if (message.kind === 'failed') ready.reject(revived(message.error));
    else {
      const waiting = pending.get(message.id);
      pending.delete(message.id);
      if (message.kind === 'answer') waiting?.resolve(message.value as never);
      else waiting?.reject(revived(message.error));
    }
  });

  const tell = (message: ToThread): void => worker.postMessage(message);
  return {
    ready: ready.promise,
    ask: <Name extends keyof ServerQueries>(name: Name, query: ServerQueries[Name]): Promise<ServerAnswers[Name]> => {
      if (over) return Promise.reject(new GateError('internal', 'the thread of the simulated providers has ended'));
      next += 1;
      const answer = Promise.withResolvers<ServerAnswers[Name]>();
      pending.set(next, answer as unknown as Pending);
      tell({ kind: 'ask', id: next, name, query });
      return answer.promise;
    },
    stop: (): Promise<void> => {
      if (!over) tell({ kind: 'stop' });
      return ended.promise;
    },
  };
};

const revived = ({ code, message, hint }: PlainError): GateError =>
  new GateError(code, message, hint === undefined ? {} : { hint });
