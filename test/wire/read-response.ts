import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generic } from '../../src/dialects/generic.ts';
import { micros } from '../../src/model/units.ts';
import type { ExpectedResponse } from '../../src/wire/expected-response.ts';
import type { ReaderSpec, Reading } from '../../src/wire/reading.ts';
import { createResponseReader } from '../../src/wire/response-reader.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/wire');

/** The bytes of a recorded response. */
export const fixture = (name: string): Buffer => readFileSync(join(FIXTURES, name));

/** Accepts 200 and expects nothing more. */
export const EXPECT_200: ExpectedResponse = { status: [200], headers: [], body: [] };

export const readerSpec = (overrides: Partial<ReaderSpec> = {}): ReaderSpec => ({
  endpoint: 'chat',
  stream: false,
  dialect: generic,
  expected: EXPECT_200,
  ...overrides,
});

/** A whole response: chunk i comes 1 ms × (i + 1) after the headers, which come at 0. */
export const readResponse = (
  spec: Partial<ReaderSpec>,
  response: {
    readonly status?: number;
    readonly headers?: readonly string[];
    readonly chunks: readonly (string | Uint8Array)[];
  },
): Reading => {
  const reader = createResponseReader(readerSpec(spec));
  const { status = 200, headers = [] } = response;
  reader.headers(status, headers, micros(0));
  for (const [index, chunk] of response.chunks.entries()) {
    const lent = Uint8Array.from(Buffer.from(chunk));
    reader.chunk(lent, micros((index + 1) * 1_000));
    lent.fill(0x2a); // Bytes are lent for the call only.
  }
  return reader.end(micros((response.chunks.length + 1) * 1_000));
};
