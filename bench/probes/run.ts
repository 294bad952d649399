import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { GATEWAY_FAULTS, type GatewayFaultName } from '../../src/adapters/provider/gateway-faults.ts';
import { inLanes } from '../../src/probes/in-lanes.ts';
import { type Findings, probeGateway } from './fault-world.ts';

// Every probe against the reference gateway with every planted fault, and against the healthy one again and again:
// npm run bench:probes -- [--healthy 50] [--lanes 2] [--fault NAME]… [--write]. --write puts the table into docs/probes/README.md.

const PAGE = join(import.meta.dirname, '../../docs/probes/README.md');

const { values } = parseArgs({
  options: {
    healthy: { type: 'string', default: '50' },
    lanes: { type: 'string', default: '2' },
    fault: { type: 'string', multiple: true },
    write: { type: 'boolean', default: false },
  },
});

const lanes = Number(values.lanes);
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(0)} s`;

const faults = (values.fault ?? Object.keys(GATEWAY_FAULTS)) as GatewayFaultName[];
const found: Findings[] = [];
await inLanes(faults.length, lanes, async (index) => {
  found[index] = await probeGateway(faults[index], 'bench');
  const { failed, undecided, requests, took } = found[index];
  console.error(
    `${faults[index]}: ${failed.join(', ') || 'nothing'} (${requests} requests, ${seconds(took)}) ${undecided.join('; ')}`,
  );
});

const healthy: Findings[] = [];
await inLanes(Number(values.healthy), lanes, async (index) => {
  healthy[index] = await probeGateway(undefined, `healthy ${index}`);
  const { failed, undecided, took } = healthy[index];
  console.error(`healthy ${index + 1}: ${failed.join(', ') || 'nothing'} (${seconds(took)}) ${undecided.join('; ')}`);
});

const row = (fault: GatewayFaultName, { failed }: Findings): string =>
  `| \`${fault}\` | ${GATEWAY_FAULTS[fault].about} | ${failed.map((subject) => `\`${subject}\``).join(', ') || '–'} |`;
const passed = healthy.filter(({ failed, undecided }) => failed.length + undecided.length === 0).length;
const alarms = healthy.filter(({ failed }) => failed.length > 0).length;
const table = [
  '| Planted fault | What the gateway then does | SLOs that it fails |',
  '| ------------- | -------------------------- | ------------------ |',
  ...faults.map((fault, index) => row(fault, found[index]!)),
  '',
  `The healthy gateway, probed ${healthy.length} times: ${passed} passed every SLO, ${alarms} failed one, ${healthy.length - passed - alarms} left one undecided.`,
].join('\n');
console.log(table);

const BETWEEN = /(<!-- bench:probes -->\n)[\s\S]*?(<!-- \/bench:probes -->)/;
if (values.write) writeFileSync(PAGE, readFileSync(PAGE, 'utf8').replace(BETWEEN, `$1\n${table}\n\n$2`));
