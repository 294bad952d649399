import type { ProviderFault } from '../../model/upstream.ts';
import type { RunningServer } from '../../ports/providers.ts';
import { type CallCount, type CallFilter, createCallLog, type ProviderCall } from './call-log.ts';
import { createControlHandler, isControlRequest } from './control-handler.ts';
import { listen } from './http-exchange.ts';
import { createProviderHandler } from './provider-handler.ts';
import { checkProviderOptions, type ProviderOptions } from './provider-options.ts';
import { createTimerQueue } from './timer-queue.ts';

/** A simulated provider that is up, with what it saw. */
export interface SimulatedProvider extends RunningServer {
  readonly name: string;
  /** The last calls, oldest first. */
  calls(filter?: CallFilter): readonly ProviderCall[];
  /** All calls since the start or the last `clear`. */
  count(): CallCount;
  clear(): void;
  /** Replaces the planted faults, for requests from now on. Timetables count from the provider's start. */
  setFaults(faults: readonly ProviderFault[]): void;
}

const LOG_SIZE = 20_000;

/**
 * Starts a provider that speaks OpenAI's chat, responses, embeddings and models, and Anthropic's messages. Latency, time to
 * first token, token interval, length and faults are drawn from the seed and the request's identity: the same request
 * takes the same time on both sides of a comparison. Rejects with `GateError` `config` or `io`.
 */
export const startSimulatedProvider = async (options: ProviderOptions): Promise<SimulatedProvider> => {
  checkProviderOptions(options);
  let faults = options.faults ?? [];
  const timers = createTimerQueue();
  const log = createCallLog(options.logSize ?? LOG_SIZE);
  const setFaults = (next: readonly ProviderFault[]): void => {
    faults = next;
  };
  const handle = createProviderHandler({ options, timers, log, faults: () => faults });
  const restorable = (next: readonly ProviderFault[] | undefined): void => setFaults(next ?? options.faults ?? []);
  const control = createControlHandler({ name: options.name, log, setFaults: restorable });
  const server = await listen(options.listen, `provider ${options.name}`, (request, response) =>
    isControlRequest(request) ? control(request, response) : handle(request, response),
  );
  return {
    name: options.name,
    url: server.url + (options.requirePath ?? ''),
    calls: log.calls,
    count: log.count,
    clear: log.clear,
    setFaults,
    stop: async () => {
      timers.close();
      await server.close();
    },
  };
};
