import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readZipEntries, readZipEntry } from '../../../src/adapters/github/zip-entry.ts';
import { GateError } from '../../../src/model/errors.ts';
import { zipOf } from '../../support/fake-github/zip-builder.ts';

const NAME = 'baseline.json';
const CAP = 1_000_000;

const damaged = (at: number): Buffer => {
  const zip = zipOf({ [NAME]: 'some text that is packed '.repeat(20) });
  zip[at] = zip[at]! ^ 0xff;
  return zip;
};

describe('reading the one entry of an archive', () => {
  it('gives back any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(readZipEntry(zipOf({ [NAME]: text }), NAME, CAP)).toBe(text);
      }),
      { numRuns: 100 },
    );
  });

  it('finds the directory behind an archive comment', () => {
    const zip = zipOf({ [NAME]: 'x' });
    expect(readZipEntry(Buffer.concat([zip, Buffer.alloc(65_535, 65)]), NAME, CAP)).toBe('x');
  });

  it.each([
    ['an escaping name', zipOf({ '../../etc/passwd': 'x' }), 'instead of baseline.json'],
    ['an absolute name', zipOf({ '/baseline.json': 'x' }), 'instead of baseline.json'],
    ['a second entry', zipOf({ [NAME]: 'x', '../x': 'y' }), 'holds 2 entries'],
    ['no entry', zipOf({}), 'holds 0 entries'],
    ['an entry over the cap', zipOf({ [NAME]: 'x'.repeat(CAP + 1) }), `larger than ${CAP} bytes`],
    ['a bomb that lies about its size', zipOf({ [NAME]: '\0'.repeat(CAP * 20) }, 10), 'could not be unpacked'],
    ['a size that is wrong', zipOf({ [NAME]: 'xyz' }, 2), 'is damaged'],
    ['a zip64 size', zipOf({ [NAME]: 'xyz' }, 0xffffffff), 'larger than'],
    ['damaged content', damaged(60), /damaged|could not be unpacked/],
    [
      'a damaged checksum',
      damaged(zipOf({ [NAME]: 'some text that is packed '.repeat(20) }).length - 22 - 13 - 30),
      /damaged/,
    ],
    ['no archive', Buffer.from('<html>not found</html>'.repeat(10)), 'not a zip archive'],
    ['nothing', Buffer.alloc(0), 'not a zip archive'],
    ['an archive cut at its start', zipOf({ [NAME]: 'x'.repeat(9) }).subarray(8), 'no directory'],
  ])('refuses %s', (_, zip, message) => {
    const attempt = () => readZipEntry(zip, NAME, CAP);
    expect(attempt).toThrow(GateError);
    expect(attempt).toThrow(message);
  });

  it('never throws anything but a GateError, whatever the bytes', () => {
    const valid = zipOf({ [NAME]: 'hello hello hello' });
    fc.assert(
      fc.property(fc.nat(valid.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const zip = Buffer.from(valid);
        zip[at] = value;
        try {
          expect(readZipEntry(zip, NAME, CAP)).toBe('hello hello hello');
        } catch (error) {
          expect(error).toBeInstanceOf(GateError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('reading some entries of an archive', () => {
  it('gives those that are there, and leaves the others packed', () => {
    const zip = zipOf({ 'report.html': 'x'.repeat(2 * CAP), 'run.json': 'one', 'other.json': 'two' });
    expect(readZipEntries(zip, ['run.json', 'none.json'], CAP)).toEqual(new Map([['run.json', 'one']]));
    expect(() => readZipEntries(zip, ['report.html'], CAP)).toThrow('report.html is larger');
  });

  it('goes by the whole name', () => {
    const zip = zipOf({ '../run.json': 'x', 'x/run.json': 'x', 'run.json ': 'x', 'RUN.JSON': 'x' });
    expect(readZipEntries(zip, ['run.json'], CAP).size).toBe(0);
  });

  it.each([
    [
      'two of one name',
      Buffer.from(zipOf({ 'a.json': 'x', 'a.jsoN': 'y' }).toString('latin1').replaceAll('jsoN', 'json'), 'latin1'),
      'a.json twice',
    ],
    ['too many', zipOf(Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`${i}`, 'x']))), 'holds 101 entries'],
    ['a bomb', zipOf({ 'a.json': '\0'.repeat(CAP * 20) }, 10), 'could not be unpacked'],
    ['a directory that is cut short', zipOf({ 'a.json': 'x', b: 'y' }).subarray(36), /directory|unpacked/],
  ])('refuses %s', (_, zip, message) => {
    const attempt = () => readZipEntries(zip, ['a.json'], CAP);
    expect(attempt).toThrow(GateError);
    expect(attempt).toThrow(message);
  });
});
