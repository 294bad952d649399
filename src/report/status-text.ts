import type { Status } from '../model/verdict.ts';

/** One sign a status; inconclusive is neutral, never red. */
export const ICONS: Readonly<Record<Status, string>> = { pass: '✅', fail: '❌', inconclusive: '⚪', invalid: '⚠️' };

/** A failure that somebody answers for is no red cross. */
export const OVERRIDDEN = '🔶';
