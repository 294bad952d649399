import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMeasure, parseSlo } from '../../src/config/slo-grammar.ts';
import type { Relation, SloUnit, Subject } from '../../src/model/slo.ts';

const quantile = (metric: string, value: number) => ({ kind: 'quantile', metric, quantile: value }) as Subject;
const tally = (of: { errorClass: string } | { status: number }) => ({ kind: 'tally', of }) as Subject;
const probe = (name: string): Subject => ({ kind: 'probe', name });
const below = (limit: number): Relation => ({ operator: '<', limit });
const within = (low: number, high: number): Relation => ({ operator: 'in', low, high });

describe('parseSlo', () => {
  it.each<[string, Subject, SloUnit, Relation]>([
    ['p95 < 2.5s', quantile('latency', 0.95), 'us', below(2_500_000)],
    ['p50<300ms', quantile('latency', 0.5), 'us', below(300_000)],
    ['p99.9 <= 4s', quantile('latency', 0.999), 'us', { operator: '<=', limit: 4_000_000 }],
    ['p75.5 < 1s', quantile('latency', 0.755), 'us', below(1_000_000)],
    ['max < 1m30s', quantile('latency', 1), 'us', below(90_000_000)],
    ['ttft.p95 < 800ms', quantile('ttft', 0.95), 'us', below(800_000)],
    ['itl.p99 < 50ms', quantile('itl', 0.99), 'us', below(50_000)],
    ['tpot.p50 < 20ms', quantile('tpot', 0.5), 'us', below(20_000)],
    ['overhead.p95 < 15ms', quantile('overhead', 0.95), 'us', below(15_000)],
    ['overhead.ttft.p95 < 15ms', quantile('ttft-overhead', 0.95), 'us', below(15_000)],
    ['hit.p95 < 20ms', quantile('hit', 0.95), 'us', below(20_000)],
    ['miss.max < 3s', quantile('miss', 1), 'us', below(3_000_000)],
    ['cache.delta.p50 > 100ms', { kind: 'cache-delta', quantile: 0.5 }, 'us', { operator: '>', limit: 100_000 }],
    ['p95 in 1s..2s', quantile('latency', 0.95), 'us', within(1_000_000, 2_000_000)],
    ['p95 in 1..2s', quantile('latency', 0.95), 'us', within(1_000_000, 2_000_000)],
    ['p95 in 500ms..2s', quantile('latency', 0.95), 'us', within(500_000, 2_000_000)],
    ['error_rate < 1%', { kind: 'rate', of: 'error' }, 'ratio', below(0.01)],
    ['error_rate < 0.01', { kind: 'rate', of: 'error' }, 'ratio', below(0.01)],
    ['throttled_rate in 0%..10%', { kind: 'rate', of: 'throttled' }, 'ratio', within(0, 0.1)],
    ['throttled_rate in 0..10%', { kind: 'rate', of: 'throttled' }, 'ratio', within(0, 0.1)],
    ['throttled_rate in 5% .. 10', { kind: 'rate', of: 'throttled' }, 'ratio', within(0.05, 0.1)],
    ['throttled_rate in 0..0.1', { kind: 'rate', of: 'throttled' }, 'ratio', within(0, 0.1)],
    ['dropped_rate == 0', { kind: 'rate', of: 'dropped' }, 'ratio', { operator: '==', limit: 0 }],
    ['cache.hit_rate >= 95%', { kind: 'rate', of: 'hit' }, 'ratio', { operator: '>=', limit: 0.95 }],
    ['cache.hit_rate == 1', { kind: 'rate', of: 'hit' }, 'ratio', { operator: '==', limit: 1 }],
    ['auth_errors == 0', tally({ errorClass: 'auth' }), 'count', { operator: '==', limit: 0 }],
    ['auth_errors < 1%', tally({ errorClass: 'auth' }), 'ratio', below(0.01)],
    ['truncated_streams == 0', tally({ errorClass: 'truncated' }), 'count', { operator: '==', limit: 0 }],
    ['status.502 != 3', tally({ status: 502 }), 'count', { operator: '!=', limit: 3 }],
    ['status.429 in 5..10%', tally({ status: 429 }), 'ratio', within(0.05, 0.1)],
    ['provider.share.openai in 40%..60%', { kind: 'share', of: 'provider', name: 'openai' }, 'ratio', within(0.4, 0.6)],
    [
      'model.share.anthropic/claude-3.5:beta > 10%',
      { kind: 'share', of: 'model', name: 'anthropic/claude-3.5:beta' },
      'ratio',
      { operator: '>', limit: 0.1 },
    ],
    ['model.share.p95 > 1%', { kind: 'share', of: 'model', name: 'p95' }, 'ratio', { operator: '>', limit: 0.01 }],
    ['throughput >= 20/s', { kind: 'per-second', of: 'throughput' }, 'per-second', { operator: '>=', limit: 20 }],
    ['goodput >= 600/m', { kind: 'per-second', of: 'goodput' }, 'per-second', { operator: '>=', limit: 10 }],
    ['tokens_per_second > 500', { kind: 'per-second', of: 'tokens' }, 'per-second', { operator: '>', limit: 500 }],
    ['throughput in 10..20/s', { kind: 'per-second', of: 'throughput' }, 'per-second', within(10, 20)],
    ['knee >= 80/s', { kind: 'knee' }, 'per-second', { operator: '>=', limit: 80 }],
    ['cache.false_hits == 0', probe('cache.false_hits'), 'count', { operator: '==', limit: 0 }],
    ['cache.amplification <= 1.5', probe('cache.amplification'), 'count', { operator: '<=', limit: 1.5 }],
    ['limit.admitted in 57..63', probe('limit.admitted'), 'count', within(57, 63)],
    ['limit.retry_after_error < 1s', probe('limit.retry_after_error'), 'us', below(1_000_000)],
    ['isolation.leaks == 0', probe('isolation.leaks'), 'count', { operator: '==', limit: 0 }],
    ['neighbour.success >= 99%', probe('neighbour.success'), 'ratio', { operator: '>=', limit: 0.99 }],
    ['neighbour.p95 < 1s', probe('neighbour.p95'), 'us', below(1_000_000)],
    ['semantic.rate > 5/s', probe('semantic.rate'), 'per-second', { operator: '>', limit: 5 }],
  ])('%s', (text, subject, unit, relation) => {
    expect(parseSlo(`  ${text} `)).toEqual({ ok: true, slo: { text, tenant: undefined, subject, unit, relation } });
  });

  it.each([
    ['tenant(free).p95 < 1s', 'free', quantile('latency', 0.95)],
    ['tenant(free).ttft.p95 < 1s', 'free', quantile('ttft', 0.95)],
    ['tenant(Acme Inc. <eu>).p95 < 1s', 'Acme Inc. <eu>', quantile('latency', 0.95)],
    ['tenant(made in here).p95 in 1s..2s', 'made in here', quantile('latency', 0.95)],
  ])('%s', (text, tenant, subject) => {
    expect(parseSlo(text)).toMatchObject({ ok: true, slo: { text, tenant, subject } });
  });

  it.each([
    ['', 'the subject is missing'],
    ['< 1s', 'the subject is missing'],
    ['p95', 'p95 has no limit'],
    ['p95 <', 'p95 needs a duration such as 800ms, not nothing'],
    ['p95 < 800', 'p95 needs a duration such as 800ms, not "800"'],
    ['p95 < 5%', 'p95 needs a duration such as 800ms, not "5%"'],
    ['p95 < -5s', 'p95 needs a duration such as 800ms, not "-5s"'],
    ['p95 < 1s && p99 < 2s', 'p95 needs a duration such as 800ms, not "1s && p99 < 2s"'],
    ['p95 = 1s', '"=" is no comparison'],
    ['p95 =< 1s', '"=<" is no comparison'],
    ['p95 below 1s', '"below" is no comparison'],
    ['p95 p99 < 1s', '"p99" is no comparison'],
    ['p95 in 1s', '"1s" is no range'],
    ['p95 in ..1s', '"..1s" is no range'],
    ['p95 in 1s..2s..3s', '"1s..2s..3s" is no range'],
    ['p95 in 2s..1s', 'the range 2s..1s runs downward'],
    ['neighbour.x in 1s..5%', 'the ends of the range 1s..5% have unlike units'],
    ['p95 in 1..2', 'p95 needs a duration such as 800ms, not "1"'],
    ['p95 in 1..1m30s', 'p95 needs a duration such as 800ms, not "1"'],
    ['p0 < 1s', 'p0 is no percentile'],
    ['p100 < 1s', 'p100 is no percentile'],
    ['p999 < 1s', 'p999 is no percentile'],
    ['avg < 1s', 'avg cannot be judged: an average hides the slow requests'],
    ['ttft.mean < 1s', 'ttft.mean cannot be judged: an average hides the slow requests'],
    ['tfft.p95 < 1s', 'unknown subject "tfft.p95"; did you mean ttft.p95?'],
    ['eror_rate < 1%', 'unknown subject "eror_rate"; did you mean error_rate?'],
    ['hit_rate > 90%', 'unknown subject "hit_rate"'],
    ['latency < 1s', 'unknown subject "latency"'],
    ['toString < 1s', 'unknown subject "toString"'],
    ['constructor.p95 < 1s', 'unknown subject "constructor.p95"'],
    ['cache.delta.max > 1s', 'cache.delta takes a percentile, not max'],
    ['error_rate < 101%', 'error_rate needs a share such as 1%, or a number from 0 to 1, not "101%"'],
    ['error_rate < 5', 'error_rate needs a share such as 1%, or a number from 0 to 1, not "5"'],
    ['error_rate < 1', 'error_rate < 1 allows everything, for 1 is 100%'],
    ['error_rate <= 1s', 'error_rate needs a share such as 1%, or a number from 0 to 1, not "1s"'],
    ['auth_errors < 0.5', 'auth_errors needs a whole number of requests, or a share such as 1%, not "0.5"'],
    ['status.200 in 1..5s', 'status.200 needs a whole number of requests, or a share such as 1%, not "1s"'],
    ['status.99 == 0', '"99" is no status code'],
    ['status.5xx == 0', '"5xx" is no status code'],
    ['provider.share > 1%', 'provider.share needs the name of a provider'],
    ['model.share. > 1%', 'model.share needs the name of a model'],
    ['throughput > 5%', 'throughput needs a rate such as 20/s, not "5%"'],
    ['limit.retry_after_error < 1', 'limit.retry_after_error needs a duration such as 800ms, not "1"'],
    ['cache.false_hits < 1%', 'cache.false_hits needs a plain number such as 0, not "1%"'],
    [
      'routing.odds < many',
      'routing.odds needs a number, a share such as 1%, a duration such as 1s or a rate such as 20/s, not "many"',
    ],
    ['tenant().p95 < 1s', 'tenant() needs the name of a tenant'],
    ['tenant(free) p95 < 1s', '"tenant(free)" is not how a tenant is named'],
    ['tenant.p95 < 1s', '"tenant.p95" is not how a tenant is named'],
  ])('%j: %s', (text, message) => {
    expect(parseSlo(text)).toMatchObject({ ok: false, message });
  });

  it('says what is allowed where the message does not', () => {
    expect(parseSlo('p95')).toMatchObject({ allowed: '< <= > >= == != or in LOW..HIGH, such as p95 < 800ms' });
    expect(parseSlo('latency < 1s')).toMatchObject({ allowed: expect.stringContaining('throughput') });
  });

  it('never throws, and reads no sentence with a limit as something that it is not', () => {
    const pieces = fc.constantFrom(
      'p95',
      'ttft.',
      'tenant(a).',
      'tenant(',
      ')',
      '.',
      '<',
      '=',
      'in ',
      '..',
      '5',
      '%',
      's',
      '/s',
      ' ',
      'status.',
    );
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        const read = parseSlo(parts.join(''));
        if (!read.ok) {
          expect(read.message).not.toBe('');
          return;
        }
        const { relation } = read.slo;
        const limits = relation.operator === 'in' ? [relation.low, relation.high] : [relation.limit];
        expect(limits.every(Number.isFinite)).toBe(true);
      }),
    );
  });
});

describe('parseMeasure', () => {
  it.each([
    ['p95', undefined, quantile('latency', 0.95), 'us'],
    [' tenant(free).ttft.p95 ', 'free', quantile('ttft', 0.95), 'us'],
    ['error_rate', undefined, { kind: 'rate', of: 'error' }, 'ratio'],
    ['status.502', undefined, tally({ status: 502 }), 'count'],
    ['limit.retry_after_error', undefined, probe('limit.retry_after_error'), 'us'],
  ])('%j', (text, tenant, subject, unit) => {
    expect(parseMeasure(text)).toEqual({ ok: true, measure: { text: text.trim(), tenant, subject, unit } });
  });

  it.each(['p95 < 1s', '', 'latency', 'tenant(free)'])('%j is none', (text) => {
    expect(parseMeasure(text)).toMatchObject({ ok: false });
  });
});
