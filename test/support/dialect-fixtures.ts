import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SignalName } from '../../src/model/dialect.ts';
import type { Json } from '../../src/wire/json.ts';
import type { LimitState } from '../../src/wire/limits.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/dialects');

/** When the responses of the fixtures were sent, µs since 1970: 2026-03-01T12:00:00Z. */
export const FIXTURES_SENT = Date.UTC(2026, 2, 1, 12) * 1_000;

/** A response as a gateway sends it, and what is to be read from it. Times are µs. */
export interface FixtureResponse {
  readonly name: string;
  /** What was asked for: `chat`, `repeat`, `stream`, `invalid`, `models`, `limited`, or a variety of them. */
  readonly to: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** Its events, where it is a stream. */
  readonly stream?: readonly Json[];
  readonly reads: Readonly<Partial<Record<SignalName, string | number>>>;
  readonly missing: readonly SignalName[];
  readonly limits?: readonly Partial<LimitState>[];
  readonly providerLimits?: readonly Partial<LimitState>[];
}

export interface DialectFixture {
  readonly dialect: string;
  readonly kind: 'recorded' | 'documented';
  readonly sources: readonly string[];
  readonly unsupported: readonly SignalName[];
  readonly responses: readonly FixtureResponse[];
}

/** All fixtures of dialects, by name. */
export const DIALECT_FIXTURES: readonly DialectFixture[] = readdirSync(FOLDER).map((file) =>
  JSON.parse(readFileSync(join(FOLDER, file), 'utf8')),
);

/** The body as it is sent. */
export const textOfFixture = ({ body, stream }: FixtureResponse): string => {
  if (stream !== undefined) return [...stream.map((event) => JSON.stringify(event)), '[DONE]'].map(asEvent).join('');
  return body === undefined ? '' : JSON.stringify(body);
};

const asEvent = (text: string): string => `data: ${text}\n\n`;
