import { describe, expect, it } from 'vitest';
import { BY_CHANCE, FAULT_TABLE } from '../../bench/probes/fault-table.ts';
import { probeGateway } from '../../bench/probes/fault-world.ts';
import { GATEWAY_FAULTS, type GatewayFaultName } from '../../src/adapters/provider/gateway-faults.ts';

/** About half a minute alone. */
const TIMEOUT = 180_000;

describe.concurrent('every probe together', () => {
  it.each(Object.keys(GATEWAY_FAULTS) as GatewayFaultName[])(
    'finds %s, and fails nothing else for it',
    async (fault) => {
      const { failed, undecided } = await probeGateway(fault, `planted ${fault}`);
      // On a busy machine a time may be the generator's own: then it is no finding, and says so.
      const late = undecided
        .filter((each) => each.includes("generator's own event loop"))
        .map((each) => each.split(':')[0]!);
      const expected = FAULT_TABLE[fault].filter((subject) => !late.includes(subject));
      expect(failed).toEqual(expect.arrayContaining(expected));
      const allowed = [...FAULT_TABLE[fault], ...(BY_CHANCE[fault] ?? [])];
      expect(failed.filter((subject) => !allowed.includes(subject))).toEqual([]);
    },
    TIMEOUT,
  );

  it.each([1, 2, 3])(
    'finds nothing wrong with the healthy gateway (%i)',
    async (turn) => {
      const { failed } = await probeGateway(undefined, `healthy ${turn}`);
      expect(failed).toEqual([]);
    },
    TIMEOUT,
  );
});
