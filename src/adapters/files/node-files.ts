import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { GateError } from '../../model/errors.ts';
import type { Files } from '../../ports/files.ts';

const CAUSES: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  EEXIST: 'a part of the path is not a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
};

const failure = (doing: string, path: string, cause: unknown): GateError => {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
  return new GateError('io', `cannot ${doing} ${path}: ${CAUSES[code] ?? code}`, { cause });
};

/** The real file system. Paths are relative to the working folder. */
export const nodeFiles: Files = {
  async readText(path) {
    try {
      return await readFile(path, 'utf8');
    } catch (cause) {
      throw failure('read', path, cause);
    }
  },

  async writeText(path, text) {
    const target = resolve(path);
    // A reader (or a second run) never sees half a file: write beside it, then rename.
    const draft = `${target}.${process.pid}.tmp`;
    try {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(draft, text);
      await rename(draft, target);
    } catch (cause) {
      throw failure('write', path, cause);
    }
    return target;
  },
};
