import { describe, expect, it } from 'vitest';
import { probeWorld } from '../support/probe-world.ts';

const PROMISES = ['cancel.upstream_ended == 100%', 'cancel.delay.p95 < 1s', 'cancel.late_calls == 0'];

const YAML = `
providers: {one: {url: "http://127.0.0.1:1"}, two: {url: "http://127.0.0.1:2"}}
scenarios:
  leave:
    probe: cancel
    endpoint: chat
    stream: true
    body: {model: gpt-4o-mini, max_tokens: 40, messages: [{role: user, content: "hello \${nonce}"}]}
    requests: 6
    slo: ${JSON.stringify(PROMISES)}
`;

describe('on the reference gateway', () => {
  it.each([
    ['healthy', undefined, []],
    ['ignored-cancel', 'ignored-cancel', ['cancel.upstream_ended == 100%']],
  ] as const)('%s fails what it should', async (_name, fault, failed) => {
    const { verdicts, run, sights } = await probeWorld(YAML, { fault });
    expect(run.incomplete).toBeUndefined();
    expect(run.calls.map(({ hungUp }) => hungUp)).toEqual(Array(12).fill(true));
    expect(PROMISES.filter((text) => verdicts[text] === 'fail')).toEqual(failed);
    if (fault === undefined) expect(Object.values(verdicts)).toEqual(PROMISES.map(() => 'pass'));
    expect(sights.some((sight) => sight.startsWith('bad'))).toBe(failed.length > 0);
  });

  it('knows only of the time before the answer where there is no stream', async () => {
    const { run, sights } = await probeWorld(YAML.replace('stream: true', 'stream: false'));
    expect(run.skipped).toEqual([{ part: 'midstream', reason: 'the scenario asks for no stream; set stream: true' }]);
    expect(sights).toEqual([expect.stringMatching(/^good: 6 requests hung up on before the first byte/)]);
  });
});
