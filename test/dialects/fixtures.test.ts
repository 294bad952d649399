import { describe, expect, it } from 'vitest';
import { DIALECT_NAMES, resolveDialect } from '../../src/dialects/resolve-dialect.ts';
import { type Dialect, SIGNALS } from '../../src/model/dialect.ts';
import { micros } from '../../src/model/units.ts';
import { type LimitState, readLimits } from '../../src/wire/limits.ts';
import { createResponseReader } from '../../src/wire/response-reader.ts';
import { signalStates } from '../../src/wire/signal-states.ts';
import { DIALECT_FIXTURES, FIXTURES_SENT, type FixtureResponse, textOfFixture } from '../support/dialect-fixtures.ts';

const NOW = micros(FIXTURES_SENT);

const dialectOf = (name: string): Dialect => {
  const resolution = resolveDialect(name);
  if (!resolution.ok) throw new Error(resolution.message);
  return resolution.dialect;
};

const statesOf = (dialect: Dialect, response: FixtureResponse) => {
  const flat = Object.entries(response.headers).flat();
  const expected = { status: [response.status], headers: [], body: [] };
  const reader = createResponseReader({ endpoint: 'chat', stream: response.stream !== undefined, dialect, expected });
  reader.headers(response.status, flat, micros(0));
  reader.chunk(Buffer.from(textOfFixture(response)), micros(1));
  const limits = readLimits(dialect, flat, NOW);
  return { limits, states: signalStates(dialect, reader.end(micros(2)), limits) };
};

const wholeState = (state: Partial<LimitState>): LimitState => ({
  of: 'requests',
  name: undefined,
  limit: undefined,
  remaining: undefined,
  reset: undefined,
  window: undefined,
  ...state,
});

describe('responses of each gateway', () => {
  it('are there for every dialect, with where they come from', () => {
    expect(DIALECT_FIXTURES.map(({ dialect }) => dialect).toSorted()).toEqual(DIALECT_NAMES.toSorted());
    expect(DIALECT_FIXTURES.filter(({ sources }) => sources.length === 0)).toEqual([]);
  });

  const table = DIALECT_FIXTURES.flatMap(({ dialect, unsupported, responses }) =>
    responses.map((response) => [dialect, response.name, response, unsupported] as const),
  );

  it.each(table)('%s: %s', (name, _name, response, unsupported) => {
    const { states, limits } = statesOf(dialectOf(name), response);
    const said = SIGNALS.filter((signal) => states[signal].kind === 'said' && signal !== 'limits');
    expect(Object.fromEntries(said.map((signal) => [signal, saidBy(states[signal])]))).toEqual(response.reads);
    expect(SIGNALS.filter((signal) => states[signal].kind === 'missing')).toEqual(
      SIGNALS.filter((signal) => response.missing.includes(signal)),
    );
    expect(SIGNALS.filter((signal) => states[signal].kind === 'unsupported')).toEqual(
      SIGNALS.filter((signal) => unsupported.includes(signal)),
    );
    expect(limits.limits).toEqual((response.limits ?? []).map(wholeState));
    expect(limits.providerLimits).toEqual((response.providerLimits ?? []).map(wholeState));
  });
});

const saidBy = (state: ReturnType<typeof statesOf>['states']['cache']): string | number | undefined =>
  state.kind === 'said' ? state.value : undefined;
