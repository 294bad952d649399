import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type PeerResult,
  readAb,
  readArtillery,
  readAutocannon,
  readH2load,
  readHey,
  readLocust,
  readWrk,
} from '../../bench/engine/peer-output.ts';

/** What the tools printed about two connections to a server that answers after 20 ms. */
const recorded = (name: string): string =>
  readFileSync(join(import.meta.dirname, `../fixtures/bench/${name}.txt`), 'utf8');

describe('what the tools print', () => {
  it.each<[string, (text: string) => PeerResult, PeerResult]>([
    ['autocannon', readAutocannon, { p50: 20, p95: undefined, p99: 43 }],
    ['wrk', readWrk, { p50: 20.138, p95: 21.103, p99: 23.113 }],
    ['hey', readHey, { p50: 20.3, p95: 21.9, p99: 24 }],
    ['ab', readAb, { p50: 20, p95: 22, p99: 23 }],
    ['h2load', readH2load, { p50: 20.216, p95: 22.697, p99: 22.754 }],
    ['locust', readLocust, { p50: 20, p95: 21, p99: 28 }],
    ['artillery', readArtillery, { p50: 19.9, p95: 21.1, p99: 21.1 }],
  ])('is read: %s', (name, read, expected) => {
    const result = read(recorded(name));
    for (const key of ['p50', 'p95', 'p99'] as const) {
      if (expected[key] === undefined) expect(result[key]).toBeUndefined();
      else expect(result[key]).toBeCloseTo(expected[key], 6);
    }
  });

  it.each<[string, (text: string) => PeerResult, string]>([
    ['autocannon', readAutocannon, '{}'],
    ['wrk', readWrk, 'unable to connect'],
    ['hey', readHey, 'Summary:\n'],
    ['ab', readAb, 'Total of 0 requests completed'],
    ['h2load', readH2load, ''],
    ['locust', readLocust, 'Type,Name,50%,95%,99%\n,Aggregated,N/A,N/A,N/A\n'],
    ['artillery', readArtillery, '{"aggregate":{"summaries":{}}}'],
  ])('is nothing where %s measured nothing', (_, read, text) => {
    expect(read(text)).toEqual({ p50: undefined, p95: undefined, p99: undefined });
  });
});
