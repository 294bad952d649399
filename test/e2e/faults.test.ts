import { describe, expect, it } from 'vitest';
import { FAULT_TABLE } from '../../bench/probes/fault-table.ts';
import { probeGateway } from '../../bench/probes/fault-world.ts';
import { GATEWAY_FAULTS, type GatewayFaultName } from '../../src/adapters/provider/gateway-faults.ts';

/** About half a minute alone. */
const TIMEOUT = 180_000;

describe.concurrent('every probe together', () => {
  it.each(Object.keys(GATEWAY_FAULTS) as GatewayFaultName[])(
    'finds %s, and fails nothing else for it',
    async (fault) => {
      const { failed } = await probeGateway(fault, `faults ${fault}`);
      expect(failed.toSorted()).toEqual(FAULT_TABLE[fault]);
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
