import { describe, expect, it } from 'vitest';
import { NO_VITALS, type Vitals } from '../../src/load/generator-health.ts';
import { GateError } from '../../src/model/errors.ts';
import type { Bounds } from '../../src/model/plan.ts';
import type { ProbePlan, ProbeRun } from '../../src/model/probe.ts';
import type { Progress } from '../../src/model/progress.ts';
import { fromMillis, fromSeconds, type Micros, micros } from '../../src/model/units.ts';
import { Budget } from '../../src/plan/budget.ts';
import type { Instruments } from '../../src/ports/instruments.ts';
import type { Choreography } from '../../src/probes/prober.ts';
import { ProbeStopped } from '../../src/probes/prober.ts';
import { runProbes } from '../../src/probes/run-probes.ts';
import { histogramOf } from '../support/build-run.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { aPlan, aScenario, aTenant, someBounds } from '../support/plan-builders.ts';
import { aProbePlan } from '../support/probe-builders.ts';
import { type Answer, createScriptedTransport } from '../support/scripted-transport.ts';

type Script = Parameters<typeof createScriptedTransport>[1];

interface Setup {
  readonly bounds?: Partial<Bounds>;
  readonly script?: Script;
  readonly probes?: readonly ProbePlan[];
  readonly instruments?: Instruments;
  readonly vitals?: Vitals;
}

/** Runs a choreography on a fake clock; every request takes 20 ms unless the script says otherwise. */
const start = (choreography: Choreography, setup: Setup = {}) => {
  const clock = createFakeClock();
  const transport = createScriptedTransport(clock, setup.script ?? (() => ({ after: 20_000 })));
  const abort = new AbortController();
  const progress: Progress[] = [];
  const plan = aPlan({
    loads: [],
    scenarios: [],
    bounds: someBounds(setup.bounds),
    probes: setup.probes ?? [aProbePlan()],
  });
  const started = clock.now();
  const budget = new Budget(plan.bounds);
  const promise = runProbes(
    plan,
    {
      clock,
      transport,
      budget,
      instruments: setup.instruments,
      vitals: setup.vitals,
      onProgress: (each) => progress.push(each),
      choreographies: { isolation: choreography },
    },
    abort.signal,
  );
  const finish = async () => {
    const { probes, tokens } = await clock.runUntil(promise);
    return { probes, run: probes[0] as ProbeRun, tokens, progress, budget, elapsed: micros(clock.now() - started) };
  };
  return { clock, abort, transport, budget, finish };
};

const run = async (choreography: Choreography, setup?: Setup) => {
  const { finish, ...rest } = start(choreography, setup);
  return { ...rest, ...(await finish()) };
};

describe('a call', () => {
  it('keeps what was sent and what came of it, on the clock of the probe', async () => {
    const chunk = (content: string) => `data: {"choices":[{"delta":{"content":"${content}"}}]}\n\n`;
    const scenario = aScenario({
      name: 'probe',
      endpoint: 'chat',
      method: 'POST',
      stream: true,
      tenants: [aTenant({ id: 'a' }), aTenant({ id: 'b' })],
    });
    const { run: found } = await run(
      async (prober) => {
        await prober.sleep(fromMillis(100));
        await prober.call({ step: 'prime', group: 3, request: prober.fresh(), tenant: 'b' });
      },
      {
        probes: [aProbePlan({ scenario })],
        script: () => ({
          after: 10_000,
          headers: ['content-type', 'text/event-stream', 'retry-after', '7', 'x-secret', 'no', 'x-request-id', 'r-1'],
          chunks: [
            [5_000, chunk('one')],
            [2_000, chunk('two')],
            [1_000, 'data: [DONE]\n\n'],
          ],
        }),
      },
    );
    expect(found).toMatchObject({ scenario: 'probe', duration: 118_000, incomplete: undefined, upstream: undefined });
    expect(found.calls).toEqual([
      expect.objectContaining({
        id: 0,
        step: 'prime',
        group: 3,
        tenant: 'b',
        request: 0,
        released: 100_000,
        written: 100_000,
        firstContent: 115_000,
        end: 118_000,
        outcome: { kind: 'ok' },
        status: 200,
        requestId: 'r-1',
        headers: { 'retry-after': '7' },
        contentLength: 6,
        contentEvents: 2,
        gaps: [2_000],
        hungUp: false,
      }),
    ]);
    expect(found.calls[0]!.content).toMatch(/^[0-9a-f]{16}$/);
  });

  it('finds the nonces of the probe in the answer, and no other text that looks like one', async () => {
    const seen: string[] = [];
    const { run: found } = await run(
      async (prober) => {
        await prober.call({ step: 'one', request: prober.fresh() });
        await prober.call({ step: 'two', request: prober.fresh() });
      },
      {
        probes: [
          aProbePlan({
            scenario: aScenario({
              name: 'probe',
              endpoint: 'chat',
              method: 'POST',
              body: { template: [{ kind: 'nonce' }] },
            }),
          }),
        ],
        script: ({ body }) => {
          seen.push(/[0-2][a-z0-9]{17}/.exec(body ?? '')?.[0] ?? '');
          const content = `${seen.join(' ')} 0aaaaaaaaaaaaaaaaa`;
          return { chunks: [[0, JSON.stringify({ choices: [{ message: { content } }] })]] };
        },
      },
    );
    expect(found.calls.map(({ nonce }) => nonce)).toEqual(seen);
    expect(found.calls.map(({ echoes }) => echoes)).toEqual([[seen[0]], seen]);
  });

  it('resolves for failures and timeouts too', async () => {
    const scenario = aScenario({ name: 'probe', timeout: fromSeconds(1) });
    const answers: Answer[] = [
      { failure: { kind: 'connect', detail: 'refused' } },
      { silent: true },
      { status: 503 },
      { failure: { kind: 'connect', detail: 'no' }, atOnce: true },
    ];
    const { run: found } = await run(
      async (prober) => {
        await Promise.all(answers.map(() => prober.call({ step: 'x', request: prober.fresh() })));
      },
      { probes: [aProbePlan({ scenario })], script: (_request, index) => answers[index]! },
    );
    expect(found.calls.map(({ outcome }) => (outcome.kind === 'error' ? outcome.errorClass : outcome.kind))).toEqual([
      'connect',
      'timeout',
      'upstream',
      'connect',
    ]);
    expect(found.calls[1]!.end).toBe(1_000_000);
  });

  it('hangs up when it is told to, and keeps what had come', async () => {
    const { run: found, transport } = await run(
      async (prober) => {
        const hangUps = [
          { from: 'written', after: fromMillis(5) },
          { from: 'first-byte', after: fromMillis(5) },
          { from: 'written', after: fromSeconds(9) },
        ] as const;
        await Promise.all(hangUps.map((hangUp) => prober.call({ step: 'x', request: prober.fresh(), hangUp })));
      },
      {
        script: () => ({
          after: 20_000,
          headers: ['x-request-id', 'r-1'],
          chunks: [[30_000, 'some']],
          endAfter: 40_000,
        }),
      },
    );
    expect(found.calls.map(({ end, hungUp, status, requestId }) => [end, hungUp, status, requestId])).toEqual([
      [5_000, true, undefined, undefined],
      [55_000, true, 200, 'r-1'],
      [90_000, false, 200, 'r-1'],
    ]);
    expect(found.calls[0]!.outcome).toEqual({ kind: 'dropped', reason: 'cancelled' });
    expect(found.calls[2]!.outcome).toEqual({ kind: 'ok' });
    expect(transport.cancelled).toBe(2);
    expect(found.duration).toBe(90_000);
  });
});

const CALL = (prober: Parameters<Choreography>[0]) => prober.call({ step: 'x', request: prober.fresh() });
const CROWD =
  (size: number): Choreography =>
  async (prober) => {
    await Promise.all(Array.from({ length: size }, () => CALL(prober)));
  };

describe('bounds', () => {
  it('of requests: the last one is sent, none behind it, and the probe says why it ended', async () => {
    const { run: found, transport } = await run(
      async (prober) => {
        for (;;) await CALL(prober);
      },
      { bounds: { requests: 7 } },
    );
    expect(transport.sent).toHaveLength(7);
    expect(found.calls).toHaveLength(7);
    expect(found.incomplete).toBe('limits.requests was reached; raise it');
  });

  it('of requests keep what is in flight when one is met', async () => {
    const { run: found } = await run(CROWD(10), { bounds: { requests: 6 } });
    expect(found.calls.map(({ outcome }) => outcome.kind)).toEqual(Array(6).fill('ok'));
    expect(found.incomplete).toBe('limits.requests was reached; raise it');
  });

  it('of concurrency: the rest waits for its turn, and connections are not opened beyond it', async () => {
    const { run: found, transport } = await run(
      async (prober) => {
        await prober.warm(50);
        await CROWD(10)(prober);
      },
      { bounds: { concurrency: 3 } },
    );
    expect(transport.peak).toBe(3);
    expect(transport.warmed).toEqual([3]);
    expect(found.calls.map(({ end }) => end / 20_000)).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3, 4]);
    expect(found.incomplete).toBeUndefined();
  });

  it('of duration end a sleep at once', async () => {
    const { run: found, elapsed } = await run(
      async (prober) => {
        await CALL(prober);
        await prober.sleep(fromSeconds(60));
        await CALL(prober);
      },
      { bounds: { duration: fromSeconds(2) } },
    );
    expect(elapsed).toBe(2_000_000);
    expect(found.calls).toHaveLength(1);
    expect(found.incomplete).toBe('limits.duration was reached; raise it');
  });

  it('of duration give what is in flight ten seconds more', async () => {
    const scenario = aScenario({ name: 'probe', timeout: fromSeconds(60) });
    const { run: found, elapsed } = await run(CROWD(2), {
      bounds: { duration: fromSeconds(2) },
      probes: [aProbePlan({ scenario })],
      script: (_request, index) => (index === 0 ? { after: 5_000_000 } : { silent: true }),
    });
    expect(elapsed).toBe(12_000_000);
    expect(found.calls.map(({ id, outcome }) => [id, outcome.kind])).toEqual([[0, 'ok']]);
  });

  it('of tokens: as far as the gateway reports them', async () => {
    const scenario = aScenario({ name: 'probe', endpoint: 'chat', method: 'POST', maxCompletionTokens: 100 });
    const usage = { choices: [{ message: { content: 'x' } }], usage: { prompt_tokens: 3, completion_tokens: 7 } };
    const { run: found, budget } = await run(
      async (prober) => {
        for (;;) await CALL(prober);
      },
      {
        bounds: { tokens: 250 },
        probes: [aProbePlan({ scenario })],
        script: () => ({ chunks: [[0, JSON.stringify(usage)]] }),
      },
    );
    // One more could cost 100: the last is sent when 150 are spent.
    expect(found.calls).toHaveLength(16);
    expect(budget.used.tokens).toBe(160);
    expect(found.incomplete).toBe('limits.tokens was reached; raise it');
  });

  it('are asked by what was hung up on as well, as if it had cost what it could', async () => {
    const scenario = aScenario({ name: 'probe', endpoint: 'chat', method: 'POST', maxCompletionTokens: 100 });
    const { budget } = await run(
      async (prober) => {
        const hangUp = { from: 'written', after: fromMillis(1) } as const;
        await prober.call({ step: 'x', request: prober.fresh(), hangUp });
      },
      { bounds: { tokens: 1_000 }, probes: [aProbePlan({ scenario })] },
    );
    expect(budget.used).toMatchObject({ requests: 1, tokens: 100 });
    expect(budget.inFlight).toBe(0);
  });

  it('end the probes behind as well', async () => {
    const probes = ['first', 'second'].map((name) => aProbePlan({ scenario: aScenario({ name }) }));
    const { probes: found, transport } = await run(CROWD(5), { bounds: { requests: 4 }, probes });
    expect(found.map(({ scenario, calls, incomplete }) => [scenario, calls.length, incomplete])).toEqual([
      ['first', 4, 'limits.requests was reached; raise it'],
      ['second', 0, 'it was not begun: limits.requests was reached; raise it'],
    ]);
    expect(transport.sent).toHaveLength(4);
  });

  it('end the probes behind a choreography that overlooks them, too', async () => {
    const probes = ['first', 'second'].map((name) => aProbePlan({ scenario: aScenario({ name }) }));
    const { probes: found } = await run(
      async (prober) => {
        await Promise.allSettled(Array.from({ length: 5 }, () => CALL(prober)));
      },
      { bounds: { requests: 4 }, probes },
    );
    expect(found[1]!.incomplete).toBe('it was not begun: limits.requests was reached; raise it');
  });
});

describe('an end from outside', () => {
  it('cuts off what is in flight, keeps what was found, and begins nothing more', async () => {
    const probes = ['first', 'second'].map((name) => aProbePlan({ scenario: aScenario({ name }) }));
    const { clock, abort, finish, transport } = start(
      async (prober) => {
        await CALL(prober);
        // Nobody waits for this one: its rejection must not bring the process down.
        void CALL(prober);
        await prober.sleep(fromSeconds(60));
      },
      { probes, script: (_request, index) => (index === 0 ? {} : { silent: true }) },
    );
    await clock.advance(fromMillis(500));
    abort.abort('SIGTERM');
    const { probes: found, elapsed } = await finish();
    expect(elapsed).toBe(500_000);
    expect(transport.cancelled).toBe(1);
    expect(found.map(({ calls, incomplete }) => [calls.length, incomplete])).toEqual([
      [1, 'the run was ended (SIGTERM)'],
      [0, 'it was not begun: the run was ended (SIGTERM)'],
    ]);
  });

  it('also ends the wait for requests that a broken probe left behind', async () => {
    const { clock, abort, finish } = start(
      async (prober) => {
        void CALL(prober);
        throw new GateError('io', 'the provider does not answer');
      },
      { script: () => ({ silent: true }) },
    );
    await clock.advance(fromMillis(500));
    abort.abort('SIGINT');
    const { run: found, elapsed } = await finish();
    expect(elapsed).toBe(500_000);
    expect(found.incomplete).toBe('the provider does not answer');
  });

  it('ends before it began', async () => {
    const { abort, finish, transport } = start(CROWD(3));
    abort.abort('SIGINT');
    expect((await finish()).run.calls).toHaveLength(0);
    expect(transport.inFlight).toBe(0);
  });
});

/** Instruments that note what is asked of them; `broken` names the calls that fail. */
const someInstruments = (clock: () => Micros, broken: readonly string[] = []) => {
  const asked: string[] = [];
  const ask = async (name: string): Promise<void> => {
    asked.push(name);
    if (broken.includes(name)) throw new GateError('io', `${name} failed`);
  };
  const instruments: Instruments = {
    providers: ['a', 'b'],
    calls: async () => {
      await ask('calls');
      return [
        { ...AN_UPSTREAM_CALL, received: micros(1) },
        { ...AN_UPSTREAM_CALL, received: clock(), end: clock() },
      ];
    },
    setFaults: (provider, faults) => ask(`${provider}: ${faults.map(({ name }) => name).join(' ') || 'none'}`),
    restoreFaults: (provider) => ask(`${provider}: restored`),
  };
  return { asked, instruments };
};

const AN_UPSTREAM_CALL = {
  provider: 'a',
  index: 0,
  firstByte: undefined,
  firstContent: undefined,
  end: undefined,
  path: '/',
  api: undefined,
  bodyHash: '',
  identity: undefined,
  nonces: [],
  model: undefined,
  stream: false,
  status: 200,
  abortedByClient: false,
} as const;

describe('providers', () => {
  const plant: Choreography = async ({ instruments }) => {
    await instruments!.setFaults('a', [{ name: 'reset' }]);
    await instruments!.setFaults('b', [{ name: 'status' }]);
    await instruments!.setFaults('b', []);
  };
  const endings: readonly (readonly [string, Choreography, Partial<Bounds>])[] = [
    ['its end', plant, {}],
    [
      'a bound',
      async (prober) => {
        await plant(prober);
        await CROWD(3)(prober);
      },
      { requests: 1 },
    ],
    [
      'a provider that cannot be asked',
      async (prober) => {
        await plant(prober);
        throw new GateError('io', 'gone');
      },
      {},
    ],
    [
      'being stopped',
      async (prober) => {
        await plant(prober);
        throw new ProbeStopped('over');
      },
      {},
    ],
  ];
  it.each(endings)('have their own faults back after %s', async (_name, choreography, bounds) => {
    const { asked, instruments } = someInstruments(() => micros(2_000_000));
    await run(choreography, { instruments, bounds });
    expect(asked.filter((each) => each !== 'calls')).toEqual([
      'a: reset',
      'b: status',
      'b: none',
      'a: restored',
      'b: restored',
    ]);
  });

  it('have them back after a fault of our own, which is told', async () => {
    const { asked, instruments } = someInstruments(() => micros(2_000_000));
    const { finish } = start(
      async (prober) => {
        await plant(prober);
        throw new TypeError('our own');
      },
      { instruments },
    );
    await expect(finish()).rejects.toThrow('our own');
    expect(asked).toContain('a: restored');
  });

  it('have them back when the run is ended while they are being changed', async () => {
    const { asked, instruments } = someInstruments(() => micros(2_000_000));
    let arrive = (): void => {};
    const slow: Instruments = {
      ...instruments,
      setFaults: (provider, faults) =>
        new Promise((resolve) => {
          arrive = () => resolve(instruments.setFaults(provider, faults));
        }),
    };
    const { clock, abort, finish } = start(plant, { instruments: slow });
    await clock.advance(fromMillis(10));
    abort.abort('SIGINT');
    await clock.advance(fromMillis(10));
    arrive();
    expect((await finish()).run.incomplete).toBe('the run was ended (SIGINT)');
    expect(asked).toEqual(['a: reset', 'a: restored', 'calls']);
  });

  it('that could not be restored are named, and the others are restored all the same', async () => {
    const { asked, instruments } = someInstruments(() => micros(2_000_000), ['a: restored']);
    const { run: found } = await run(plant, { instruments });
    expect(found.incomplete).toBe('a provider still has its faults: a: restored failed');
    expect(asked).toContain('b: restored');
  });

  it('tell what they saw since the start of the probe, on its clock', async () => {
    const { instruments } = someInstruments(() => micros(1_000_700));
    const { run: found } = await run(CROWD(1), { instruments });
    expect(found.upstream).toEqual([{ ...AN_UPSTREAM_CALL, received: 700, end: 700 }]);
  });

  it('that cannot be asked at the end make the probe incomplete, and keep its calls', async () => {
    const { instruments } = someInstruments(() => micros(0), ['calls']);
    const { run: found } = await run(CROWD(2), { instruments });
    expect(found).toMatchObject({ upstream: undefined, incomplete: 'calls failed' });
    expect(found.calls).toHaveLength(2);
  });
});

describe('progress', () => {
  it('tells which probe is under way, and what it has sent', async () => {
    const probes = ['first', 'second'].map((name) => aProbePlan({ scenario: aScenario({ name }) }));
    const { progress } = await run(
      async (prober) => {
        await CALL(prober);
        await prober.sleep(fromMillis(600));
      },
      { probes, script: () => ({ status: 500 }) },
    );
    expect(
      progress.map(({ elapsed, sent, errors, probe }) => [probe?.name, probe?.place, elapsed, sent, errors]),
    ).toEqual(
      ['first', 'second'].flatMap((name, index) => [
        [name, index + 1, 0, 0, 0],
        [name, index + 1, 250_000, 1, 1],
        [name, index + 1, 500_000, 1, 1],
      ]),
    );
    expect(progress[0]!.probe).toEqual({ name: 'first', kind: 'isolation', place: 1, of: 2 });
  });
});

describe('the generator', () => {
  it('knows nothing of its lateness without vitals', async () => {
    expect((await run(CROWD(1))).run.lateness).toBeUndefined();
    expect((await run(CROWD(1), { vitals: NO_VITALS })).run.lateness).toBeUndefined();
  });

  it('is watched for as long as the probe runs', async () => {
    const asked: string[] = [];
    const vitals: Vitals = {
      start: () => void asked.push('start'),
      take: () => {
        asked.push('take');
        return { ...NO_VITALS.take(), loopDelay: histogramOf([1, 1, 1, 900]) };
      },
      stop: () => void asked.push('stop'),
    };
    const { run: found } = await run(CROWD(1), { vitals });
    expect(asked).toEqual(['start', 'take', 'stop']);
    expect(found.lateness).toEqual({ p50: 1, p95: 900, p99: 900, max: 900 });
  });
});
