import type { Share } from '../../model/plan.ts';

/** Which fleet an artifact belongs to: a key, and an attempt of the workflow run, whose shards alone began together. */
export interface FleetName {
  readonly key: string;
  /** From 1. Artifacts of earlier attempts stay with a run: their names must differ. */
  readonly attempt: number;
}

const suffix = (attempt: number): string => (attempt === 1 ? '' : `-attempt-${attempt}`);

/** The artifact that holds the common start. Only one can have this name in a run: who creates it has decided. */
export const startName = ({ key, attempt }: FleetName): string => `gatemark-start-${key}${suffix(attempt)}`;

/** The artifact that holds the run of one shard; counted from 1. */
export const shardName = ({ key, attempt }: FleetName, { index, count }: Share): string =>
  `gatemark-shard-${key}-${index + 1}-of-${count}${suffix(attempt)}`;

/** What the name of an artifact says that it is; undefined for one of another kind or key. */
export const parseShardName = (
  name: string,
  key: string,
): { readonly share: Share; readonly attempt: number } | undefined => {
  const prefix = `gatemark-shard-${key}-`;
  if (!name.startsWith(prefix)) return undefined;
  const match = /^(\d{1,3})-of-(\d{1,3})(?:-attempt-(\d{1,3}))?$/.exec(name.slice(prefix.length));
  if (match === null) return undefined;
  const [number, count, attempt] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 1)];
  return number < 1 || number > count ? undefined : { share: { index: number - 1, count }, attempt };
};
