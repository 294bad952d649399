import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs around all tests: their temporary folders, hundreds of them, lie in one of this run, which goes with it. */
export default (): (() => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatemark-tests-'));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
};
