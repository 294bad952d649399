import type { HistoryFigure, HistoryPoint } from '../../src/model/trend.ts';

const DAY = 86_400_000;

/** What is remembered of a run on that day of November 2026 (day 31 is the first of December), with a p95 of 200 ms. */
export const buildPoint = (day: number, overrides: Partial<HistoryPoint> = {}): HistoryPoint => ({
  runId: `run-${day}`,
  at: new Date(Date.UTC(2026, 10, 1) + (day - 1) * DAY).toISOString(),
  commit: `${String(day).padStart(4, '0')}abcdef0123`,
  verdict: 'pass',
  machine: 'Test CPU, 4 cores, 15 GiB, ubuntu24',
  configuration: 'd'.repeat(64),
  figures: [buildFigure()],
  ...overrides,
});

export const buildFigure = (overrides: Partial<HistoryFigure> = {}): HistoryFigure => ({
  scenario: 'chat',
  metric: 'p95',
  value: 200_000,
  interval: [190_000, 210_000],
  ...overrides,
});
