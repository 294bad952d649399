import { describe, expect, it } from 'vitest';
import { fromMillis } from '../../src/model/units.ts';
import { probeWorld } from '../support/probe-world.ts';

const PROMISES = [
  'stream.truncated == 0',
  'stream.altered == 0',
  'stream.usage_missing == 0',
  'stream.burst_share < 40%',
  'stream.buffered == 0',
  'stream.added_ttft.p95 < 5s',
];

const YAML = `
providers: {one: {url: "http://127.0.0.1:1"}, two: {url: "http://127.0.0.1:2"}}
scenarios:
  flow:
    probe: stream
    endpoint: chat
    body: {model: gpt-4o-mini, max_tokens: 40, messages: [{role: user, content: "hello \${nonce}"}]}
    requests: 60
    slo: ${JSON.stringify(PROMISES)}
`;

/** A token every 15 ms, most of the time behind the first one. */
const PROVIDER = {
  latency: { p50: fromMillis(60), p95: fromMillis(60) },
  tokenInterval: fromMillis(15),
  outputTokens: 20,
};

describe('on the reference gateway', () => {
  it.each([
    ['healthy', undefined, []],
    ['truncate', 'truncate', ['stream.truncated == 0']],
    ['buffered-streams', 'buffered-streams', ['stream.burst_share < 40%', 'stream.buffered == 0']],
  ] as const)('%s fails what it should', async (_name, fault, failed) => {
    const { verdicts, run, sights } = await probeWorld(YAML, { fault, provider: PROVIDER });
    expect(run.incomplete).toBeUndefined();
    expect(run.calls).toHaveLength(60);
    expect(PROMISES.filter((text) => verdicts[text] === 'fail')).toEqual(failed);
    if (fault === undefined) expect(Object.values(verdicts)).toEqual(PROMISES.map(() => 'pass'));
    expect(sights.some((sight) => sight.startsWith('bad'))).toBe(failed.length > 0);
  });

  it('without instruments knows what can be seen from the client alone', async () => {
    const { verdicts } = await probeWorld(YAML.replace('requests: 60', 'requests: 5'), {
      provider: PROVIDER,
      instrumented: false,
    });
    expect(verdicts).toEqual({
      'stream.truncated == 0': 'pass',
      'stream.altered == 0': 'inconclusive',
      'stream.usage_missing == 0': 'pass',
      'stream.burst_share < 40%': 'pass',
      'stream.buffered == 0': 'inconclusive',
      'stream.added_ttft.p95 < 5s': 'inconclusive',
    });
  });
});
