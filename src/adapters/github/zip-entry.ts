import { crc32, inflateRawSync } from 'node:zlib';
import { GateError } from '../../model/errors.ts';

/** Signatures, lengths and offsets: APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16. */
const END_OF_DIRECTORY = 0x06054b50;
const END_LENGTH = 22;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_ENTRY_LENGTH = 46;
const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_LENGTH = 30;
const STORED = 0;
const DEFLATED = 8;
/** A field with this value has its true value in a zip64 record. */
const ZIP64 = 0xffffffff;

const refuse = (message: string, cause?: unknown): never => {
  throw new GateError('artifact', message, { cause });
};

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly headerAt: number;
}

/** More entries than this are not looked through. */
const MAX_ENTRIES = 100;

interface Directory {
  readonly entries: number;
  readonly start: number;
}

const directoryOf = (zip: Buffer): Directory => {
  // Only the archive comment (at most 65,535 bytes) can stand behind the end record.
  for (let at = zip.length - END_LENGTH; at >= Math.max(0, zip.length - END_LENGTH - 65_535); at -= 1)
    if (zip.readUInt32LE(at) === END_OF_DIRECTORY)
      return { entries: zip.readUInt16LE(at + 10), start: zip.readUInt32LE(at + 16) };
  return refuse('not a zip archive');
};

const entriesOf = (zip: Buffer, { entries, start }: Directory): readonly Entry[] => {
  const found: Entry[] = [];
  let at = start;
  for (let left = entries; left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) refuse('the archive has no directory');
    found.push(entryAt(zip, at));
    // The lengths of the name, of extra fields and of a comment.
    const behind = [28, 30, 32].reduce((sum, offset) => sum + zip.readUInt16LE(at + offset), 0);
    at += DIRECTORY_ENTRY_LENGTH + behind;
  }
  return found;
};

const entryAt = (zip: Buffer, at: number): Entry => {
  const nameLength = zip.readUInt16LE(at + 28);
  return {
    name: zip.toString('utf8', at + DIRECTORY_ENTRY_LENGTH, at + DIRECTORY_ENTRY_LENGTH + nameLength),
    method: zip.readUInt16LE(at + 10),
    crc: zip.readUInt32LE(at + 16),
    compressedSize: zip.readUInt32LE(at + 20),
    size: zip.readUInt32LE(at + 24),
    headerAt: zip.readUInt32LE(at + 42),
  };
};

const compressedBytes = (zip: Buffer, entry: Entry): Buffer => {
  const { headerAt, compressedSize } = entry;
  if (zip.readUInt32LE(headerAt) !== LOCAL_HEADER) refuse('the archive has no entry where its directory says');
  const start = headerAt + LOCAL_HEADER_LENGTH + zip.readUInt16LE(headerAt + 26) + zip.readUInt16LE(headerAt + 28);
  if (start + compressedSize > zip.length) refuse('the archive is cut short');
  return zip.subarray(start, start + compressedSize);
};

const unpack = (zip: Buffer, entry: Entry, maxBytes: number): string => {
  const { name } = entry;
  if (entry.compressedSize === ZIP64 || entry.size > maxBytes) refuse(`${name} is larger than ${maxBytes} bytes`);
  if (entry.method !== STORED && entry.method !== DEFLATED) refuse(`${name} is packed by an unknown method`);
  const packed = compressedBytes(zip, entry);
  // The directory's size is only a claim: the cap is what stops a bomb.
  const bytes = entry.method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: maxBytes });
  if (bytes.length !== entry.size || crc32(bytes) !== entry.crc) refuse(`${name} is damaged`);
  return new TextDecoder('utf8', { fatal: true }).decode(bytes);
};

/** What is wrong with bytes from anywhere is always a `GateError`; `what` names what was to be read. */
const guarded = <T>(what: string, read: () => T): T => {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof GateError) throw cause;
    return refuse(`${what} could not be unpacked`, cause);
  }
};

/**
 * The text of an archive's one entry, which must be called `name` and unpack to at most `maxBytes`. Nothing is ever
 * written to disk and no entry's name is used as a path, so a hostile archive has nowhere to escape to.
 *
 * @throws GateError `artifact` for anything else: other or more entries, a bomb, a damaged or foreign format.
 */
export const readZipEntry = (zip: Buffer, name: string, maxBytes: number): string =>
  guarded(name, () => {
    const directory = directoryOf(zip);
    if (directory.entries !== 1) refuse(`the archive holds ${directory.entries} entries where one is expected`);
    const [entry] = entriesOf(zip, directory);
    if (entry!.name !== name)
      refuse(`the archive holds ${JSON.stringify(entry!.name.slice(0, 80))} instead of ${name}`);
    return unpack(zip, entry!, maxBytes);
  });

/**
 * The texts of those entries of an archive that are called as one of `names`, each unpacked to at most `maxBytes`, by their
 * names; what is not there is not in the map. All other entries are left packed.
 *
 * @throws GateError `artifact` as above, for two entries of one name, and for more than 100 entries.
 */
export const readZipEntries = (zip: Buffer, names: readonly string[], maxBytes: number): ReadonlyMap<string, string> =>
  guarded('the archive', () => {
    const directory = directoryOf(zip);
    if (directory.entries > MAX_ENTRIES) refuse(`the archive holds ${directory.entries} entries`);
    const texts = new Map<string, string>();
    for (const entry of entriesOf(zip, directory).filter((each) => names.includes(each.name))) {
      if (texts.has(entry.name)) refuse(`the archive holds ${entry.name} twice`);
      texts.set(entry.name, unpack(zip, entry, maxBytes));
    }
    return texts;
  });
