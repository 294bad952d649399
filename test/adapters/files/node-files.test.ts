import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { nodeFiles } from '../../../src/adapters/files/node-files.ts';
import { GateError } from '../../../src/model/errors.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatemark-files-'));
});

describe('nodeFiles', () => {
  it('creates the folders on the way, replaces the file and leaves no draft behind', async () => {
    const path = join(folder, 'a/b/report.json');
    await nodeFiles.writeText(path, 'first, and longer than the second');
    expect(await nodeFiles.writeText(path, 'second')).toBe(path);
    expect(readFileSync(path, 'utf8')).toBe('second');
    expect(await nodeFiles.readText(path)).toBe('second');
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['report.json']);
  });

  it.each([
    ['a missing file', () => nodeFiles.readText(join(folder, 'none.yml')), 'none.yml: no such file'],
    ['a folder', () => nodeFiles.readText(folder), 'it is a folder'],
    [
      'a file where a folder should be',
      () => {
        writeFileSync(join(folder, 'file'), '');
        return nodeFiles.writeText(join(folder, 'file/report.json'), 'x');
      },
      'report.json: a part of the path is not a folder',
    ],
  ])('says what is wrong with %s', async (_, act, message) => {
    const failure = await act().catch((cause: unknown) => cause);
    expect(failure).toBeInstanceOf(GateError);
    expect((failure as GateError).code).toBe('io');
    expect((failure as GateError).message).toContain(message);
  });
});
