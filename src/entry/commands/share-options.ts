import { InvalidArgumentError, Option } from 'commander';
import type { Share } from '../../model/plan.ts';

/** More shares than a matrix has jobs are no use, and a mistyped count is seen. */
const MAX_SHARES = 256;

const parseShard = (text: string): Share => {
  const [, index, count] = /^(\d{1,3})\/(\d{1,3})$/.exec(text)?.map(Number) ?? [];
  if (index === undefined || count === undefined || index < 1 || index > count || count > MAX_SHARES)
    throw new InvalidArgumentError(
      `Allowed: INDEX/COUNT, such as 2/8: an index from 1 to the count, at most ${MAX_SHARES} shares.`,
    );
  return { index: index - 1, count };
};

/** Longer before or after now, and a start is a slip of the pen: seconds for milliseconds, or another year. */
const MAX_AWAY_MS = 86_400_000;

const parseStart = (text: string): number => {
  const atMs = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(atMs)) throw new InvalidArgumentError('Allowed: a date and time as in ISO 8601, or ms since 1970.');
  if (Math.abs(atMs - Date.now()) > MAX_AWAY_MS)
    throw new InvalidArgumentError(
      `That is ${new Date(atMs).toISOString()}, more than a day away. A number is in milliseconds since 1970.`,
    );
  return atMs;
};

const parseRegion = (text: string): string => {
  if (!/^[\w .:/-]{1,64}$/.test(text))
    throw new InvalidArgumentError('Allowed: at most 64 letters, digits, blanks and any of . : / - _');
  return text;
};

/** `--shard INDEX/COUNT` */
export const shardOption = (): Option =>
  new Option('--shard <index/count>', 'make one share of the load, such as 2/8; gatemark merge adds them up').argParser(
    parseShard,
  );

/** `--start-at TIME` */
export const startAtOption = (): Option =>
  new Option('--start-at <time>', 'with --shard: when all shares begin, ISO 8601 or ms since 1970').argParser(
    parseStart,
  );

/** `--region NAME` */
export const regionOption = (): Option =>
  new Option('--region <name>', 'with --shard: where this is; the merged run shows each region').argParser(parseRegion);
