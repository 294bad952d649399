import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { regionOption, shardOption, startAtOption } from '../../src/entry/commands/share-options.ts';

const parse = (...args: readonly string[]) =>
  new Command()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .addOption(shardOption())
    .addOption(startAtOption())
    .addOption(regionOption())
    .parse(args, { from: 'user' })
    .opts();

describe('options of a share', () => {
  it('count from 1 outside, and from 0 inside', () => {
    expect(parse('--shard', '2/8').shard).toEqual({ index: 1, count: 8 });
    expect(parse('--shard', '256/256').shard).toEqual({ index: 255, count: 256 });
  });

  it.each(['0/8', '9/8', '1/257', '1', 'a/b', '1/0', '-1/8'])('refuse the share %s', (text) => {
    expect(() => parse('--shard', text)).toThrow(/INDEX\/COUNT/);
  });

  it('take a start as a date or as milliseconds', () => {
    const soon = Date.now() + 60_000;
    expect(parse('--start-at', String(soon)).startAt).toBe(soon);
    expect(parse('--start-at', new Date(soon).toISOString()).startAt).toBe(soon);
  });

  it.each([
    ['seconds for milliseconds', String(Math.round(Date.now() / 1_000)), /milliseconds/],
    ['another year', '2019-01-01T00:00:00Z', /more than a day away/],
    ['no time at all', 'noon', /ISO 8601/],
  ])('refuse %s', (_, text, message) => {
    expect(() => parse('--start-at', text)).toThrow(message);
  });

  it('take a name for a region, and no more', () => {
    expect(parse('--region', 'eu-west 1').region).toBe('eu-west 1');
    expect(() => parse('--region', '<b>')).toThrow(/64 letters/);
  });
});
