import type { z } from 'zod';
import { GateError } from '../../model/errors.ts';
import type { InstrumentAddress } from '../../model/plan.ts';
import type { Instruments } from '../../ports/instruments.ts';
import { CONTROL_PATH, callsSchema, introductionSchema } from './control-format.ts';

/** For an answer that needs no more than a look into memory. */
const TIMEOUT_MS = 5_000;

/**
 * Asks simulated providers over HTTP, wherever they run: in a thread, another process or a service container. `url` may hold
 * the base path of the API; the control paths are at the root of the same port. Sends nothing until it is asked.
 */
export const createInstruments = (providers: readonly InstrumentAddress[]): Instruments => {
  const named = (name: string): InstrumentAddress => {
    const provider = providers.find((each) => each.name === name);
    if (provider === undefined) throw new GateError('usage', `there is no simulated provider named ${name}`);
    return provider;
  };
  return {
    providers: providers.map(({ name }) => name),
    calls: async ({ provider, since, nonce }) => {
      if (since !== undefined && provider === undefined)
        throw new GateError('usage', 'calls since an index are those of one provider');
      const query = new URLSearchParams();
      if (since !== undefined) query.set('since', String(since));
      if (nonce !== undefined) query.set('nonce', nonce);
      const asked = provider === undefined ? providers : [named(provider)];
      const lists = await Promise.all(
        asked.map(async (each) => {
          const { calls } = await ask(each, callsSchema, { path: `/calls?${query}` });
          return calls.map((call) => ({ ...call, provider: each.name }));
        }),
      );
      return lists.flat();
    },
    setFaults: async (provider, faults) => {
      await request(named(provider), { path: '/faults', method: 'PUT', body: JSON.stringify(faults) });
    },
    restoreFaults: async (provider) => {
      await request(named(provider), { path: '/faults', method: 'DELETE' });
    },
  };
};

/**
 * Makes sure that each of them is a simulated provider that can be asked.
 *
 * @throws GateError `unmeasurable` that names the first one that is not.
 */
export const greetProviders = async (providers: readonly InstrumentAddress[]): Promise<void> => {
  await Promise.all(
    providers.map(async (provider) => {
      try {
        await ask(provider, introductionSchema, { path: '' });
      } catch (cause) {
        throw new GateError('unmeasurable', `${provider.name} is no simulated provider: ${(cause as Error).message}`, {
          cause,
          hint: `Start one with \`gatemark provider\` so that it listens at the url of providers.${provider.name}, before the run.`,
        });
      }
    }),
  );
};

interface ControlCall {
  /** Below `/_gatemark`, with its query. */
  readonly path: string;
  readonly method?: string;
  readonly body?: string;
}

/** Rejects with `GateError` `io` also when the answer is not what a provider of this version says. */
export const ask = async <T>(provider: InstrumentAddress, schema: z.ZodType<T>, call: ControlCall): Promise<T> => {
  const response = await request(provider, call);
  const read = schema.safeParse(await response.json().catch(() => undefined));
  if (!read.success)
    throw new GateError('io', `${placeOf(provider, call)} did not answer as a simulated provider does`);
  return read.data;
};

const request = async (provider: InstrumentAddress, call: ControlCall): Promise<Response> => {
  const place = placeOf(provider, call);
  const response = await fetch(place, {
    method: call.method ?? 'GET',
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(call.body === undefined ? {} : { body: call.body, headers: { 'content-type': 'application/json' } }),
  }).catch((cause: unknown) => {
    throw new GateError('io', `${place} does not answer (${reasonOf(cause)})`, { cause });
  });
  if (!response.ok) throw new GateError('io', `${place} answered with status ${response.status}`);
  return response;
};

const placeOf = ({ url }: InstrumentAddress, { path }: ControlCall): string =>
  new URL(url).origin + CONTROL_PATH + path;

/** What fetch says is that it failed; why is one level below. */
const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message : message;
};
