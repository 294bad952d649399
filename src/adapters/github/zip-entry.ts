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

const directoryStart = (zip: Buffer): number => {
  // Only the archive comment (at most 65,535 bytes) can stand behind the end record.
  for (let at = zip.length - END_LENGTH; at >= Math.max(0, zip.length - END_LENGTH - 65_535); at -= 1) {
    if (zip.readUInt32LE(at) !== END_OF_DIRECTORY) continue;
    const entries = zip.readUInt16LE(at + 10);
    if (entries !== 1) refuse(`the archive holds ${entries} entries where one is expected`);
    return zip.readUInt32LE(at + 16);
  }
  return refuse('not a zip archive');
};

const onlyEntry = (zip: Buffer): Entry => {
  const at = directoryStart(zip);
  if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) refuse('the archive has no directory');
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

const readEntry = (zip: Buffer, name: string, maxBytes: number): string => {
  const entry = onlyEntry(zip);
  if (entry.name !== name) refuse(`the archive holds ${JSON.stringify(entry.name.slice(0, 80))} instead of ${name}`);
  if (entry.compressedSize === ZIP64 || entry.size > maxBytes) refuse(`${name} is larger than ${maxBytes} bytes`);
  if (entry.method !== STORED && entry.method !== DEFLATED) refuse(`${name} is packed by an unknown method`);
  const packed = compressedBytes(zip, entry);
  // The directory's size is only a claim: the cap is what stops a bomb.
  const bytes = entry.method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: maxBytes });
  if (bytes.length !== entry.size || crc32(bytes) !== entry.crc) refuse(`${name} is damaged`);
  return new TextDecoder('utf8', { fatal: true }).decode(bytes);
};

/**
 * The text of an archive's one entry, which must be called `name` and unpack to at most `maxBytes`. Nothing is ever
 * written to disk and no entry's name is used as a path, so a hostile archive has nowhere to escape to.
 *
 * @throws GateError `artifact` for anything else: other or more entries, a bomb, a damaged or foreign format.
 */
export const readZipEntry = (zip: Buffer, name: string, maxBytes: number): string => {
  try {
    return readEntry(zip, name, maxBytes);
  } catch (cause) {
    if (cause instanceof GateError) throw cause;
    return refuse(`${name} could not be unpacked`, cause);
  }
};
