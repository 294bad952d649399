import { readFileSync } from 'node:fs';
import { freePorts } from './free-ports.ts';
import { type RunningNginx, startNginx } from './nginx.ts';

/** What users read of it. */
export const PAGE = readFileSync('docs/probes/real-gateways.md', 'utf8');

/** The configuration that users are told to begin with. */
const GOOD = /```nginx\n([\s\S]*?)```/.exec(PAGE)![1]!;

/** Text of a configuration → what stands there instead. */
export type Change = readonly [from: string, to: string];

/** The good configuration with something changed. */
export const nginxConfig = (changes: readonly Change[] = []): string =>
  changes.reduce((config, [from, to]) => {
    if (!config.includes(from)) throw new Error(`the good configuration has no "${from}"`);
    return config.replaceAll(from, to);
  }, GOOD);

/** Starts nginx with that configuration at ports that are free, in front of providers at these. */
export const startNginxGateway = async (
  config: string,
  { primary, fallback }: { readonly primary: number; readonly fallback: number },
): Promise<RunningNginx> => {
  const [front, back] = await freePorts(2);
  const ports = { 9900: front, 9901: primary, 9902: fallback, 9903: back };
  const placed = Object.entries(ports).reduce((text, [from, to]) => text.replaceAll(`:${from}`, `:${to}`), config);
  return startNginx(placed, front!);
};
