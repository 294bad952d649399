import { expect, it } from 'vitest';
import { fromSeconds } from '../../src/model/units.ts';
import { renderForesights } from '../../src/report/foresight-text.ts';
import type { Foresight } from '../../src/verdict/foresee.ts';
import { someBounds } from '../support/plan-builders.ts';

const row = (overrides: Partial<Foresight>): Foresight => ({
  scenario: 'chat',
  metric: 'p95',
  unit: 'us',
  value: 480_000,
  detectable: 0.452,
  matters: 0.1,
  needed: { requests: 2_831, duration: fromSeconds(231) },
  reason: undefined,
  ...overrides,
});

it('shows what is found, what matters, and what that takes; what is not known, with its reason', () => {
  const foresights = [
    row({}),
    row({
      metric: 'error_rate',
      unit: 'ratio',
      value: 0,
      detectable: 0.003,
      matters: 0.005,
      needed: { requests: 120, duration: fromSeconds(10) },
    }),
    row({ metric: 'p99', value: undefined, reason: '60 samples are too few, it needs 500' }),
  ];
  const view = {
    foresights,
    source: 'from 384 requests in run.json',
    pairs: 30,
    bounds: someBounds({ requests: 3_000, duration: fromSeconds(180) }),
  };
  expect(renderForesights(view, { color: false, width: 120 }).split('\n').slice(0, 7)).toEqual([
    'What a comparison side by side in 30 pairs of blocks could find within 3,000 requests and 3m, from 384 requests in run.json:',
    '',
    '  scenario  metric        seen   finds from  matters from  which takes',
    '  chat      p95         480 ms        +45 %         +10 %  2,800 requests, 3 min 51 s each',
    '  chat      error_rate     0 %  +0.3 points   +0.5 points  120 requests, 10 s each (planned)',
    '  chat p99: not known: 60 samples are too few, it needs 500',
    '',
  ]);
});
