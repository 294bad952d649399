import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../src/adapters/clock/system-clock.ts';
import { createSocketTransport } from '../../src/adapters/http/socket-transport.ts';
import { probeFloor } from '../../src/entry/floor-probe.ts';
import type { Target } from '../../src/model/plan.ts';
import type { Transport } from '../../src/ports/transport.ts';
import { countOf, quantile } from '../../src/stats/histogram.ts';

const clock = createSystemClock();
const targets: string[] = [];
let sent = 0;
let closed = 0;

/** The burst's transport, counted. */
const connect = (target: Target): Transport => {
  targets.push(target.url);
  const transport = createSocketTransport(target, clock);
  return {
    warm: transport.warm,
    send: (request, listener) => {
      sent += 1;
      return transport.send(request, listener);
    },
    close: () => {
      closed += 1;
      return transport.close();
    },
  };
};

afterEach(() => {
  targets.length = 0;
  sent = 0;
  closed = 0;
});

describe('the floor probe', () => {
  it('measures an instant answer on loopback with at most 200 requests', async () => {
    const { floor, warnings } = await probeFloor({ clock, connect, signal: new AbortController().signal });
    expect(warnings).toEqual([]);
    expect(countOf(floor!.latency)).toBeGreaterThan(0);
    expect(countOf(floor!.latency)).toBeLessThanOrEqual(150);
    expect(countOf(floor!.lag)).toBe(150);
    expect(quantile(floor!.latency, 0.5)).toBeGreaterThan(0);
    expect(sent).toBeLessThanOrEqual(200);
    expect(targets).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+/)]);
    expect(closed).toBe(1);
  });

  it('is not made when the run is over before it begins', async () => {
    const probe = await probeFloor({ clock, connect, signal: AbortSignal.abort('SIGINT') });
    expect(probe).toEqual({ floor: undefined, warnings: [] });
    expect(targets).toEqual([]);
  });

  it('ends with the run, without a word', async () => {
    const controller = new AbortController();
    const abortOnSend = (target: Target): Transport => {
      const transport = connect(target);
      return {
        ...transport,
        send: (request, listener) => {
          controller.abort('SIGTERM');
          return transport.send(request, listener);
        },
      };
    };
    const probe = await probeFloor({ clock, connect: abortOnSend, signal: controller.signal });
    expect(probe).toEqual({ floor: undefined, warnings: [] });
    expect(closed).toBe(1);
  });

  const failing: Record<string, Parameters<typeof probeFloor>[0]> = {
    'a provider that crashes': {
      clock,
      connect,
      signal: new AbortController().signal,
      providerUrl: new URL('data:text/javascript,throw new Error("no memory")'),
    },
    'a provider that cannot be reached': {
      clock,
      connect: () => connect({ url: 'http://127.0.0.1:1', ca: undefined }),
      signal: new AbortController().signal,
    },
  };
  it.each(Object.entries(failing))('does no harm to the run: %s', async (_name, ports) => {
    const { floor, warnings } = await probeFloor(ports);
    expect(floor).toBeUndefined();
    expect(warnings).toEqual([expect.stringMatching(/^The generator's own floor was not measured: .+\.$/)]);
  });
});
