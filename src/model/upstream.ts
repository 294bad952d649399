import type { Micros } from './units.ts';

/** One call as a simulated provider saw it. Times are on the system's monotonic clock, µs; undefined = did not happen (yet). */
export interface UpstreamCall {
  /** Name of the provider that got it. */
  readonly provider: string;
  /** 0-based, in the provider's order of arrival; never reused, also when older calls have left its log. */
  readonly index: number;
  readonly received: Micros;
  /** Headers and first bytes handed to the system. */
  readonly firstByte: Micros | undefined;
  /** The first event with content; in an answer in one piece, the same as `firstByte`. */
  readonly firstContent: Micros | undefined;
  /** The last byte, or the moment the call was given up. */
  readonly end: Micros | undefined;
  readonly path: string;
  readonly api: 'chat' | 'responses' | 'messages' | 'embeddings' | undefined;
  /** SHA-256 of the body, hex. */
  readonly bodyHash: string;
  /** What the request is, whoever rewrote its body on the way: its nonces where it has some, else a hash of its inputs. */
  readonly identity: string | undefined;
  readonly nonces: readonly string[];
  readonly model: string | undefined;
  readonly stream: boolean;
  /** Undefined when no status was sent. */
  readonly status: number | undefined;
  /** The caller went away before the answer was complete. */
  readonly abortedByClient: boolean;
  /** First 16 hex digits of the SHA-256 of what the model wrote, sent in full or not; absent when it wrote nothing. */
  readonly content?: string | undefined;
  /** UTF-16 units of the same. */
  readonly contentLength?: number | undefined;
  /** Tokens that the answer states; absent when it states none. */
  readonly usage?: { readonly prompt: number; readonly completion: number } | undefined;
}

/** Every fault that a simulated provider can have. */
export const PROVIDER_FAULT_NAMES = [
  'status',
  'slow',
  'drip',
  'truncate',
  'cut',
  'reset',
  'silence',
  'malformed-sse',
  'wrong-content-type',
  'wrong-model',
  'wrong-usage',
  'lying-429',
] as const;
export type ProviderFaultName = (typeof PROVIDER_FAULT_NAMES)[number];

/** A fault, planted in a share of the requests. Plain data. */
export interface ProviderFault {
  readonly name: ProviderFaultName;
  /** Of the requests, chosen by seed and request identity; default 1. */
  readonly share?: number | undefined;
  /** Since the start of the provider; default: always. */
  readonly from?: Micros | undefined;
  readonly until?: Micros | undefined;
  /** `status`: the code (default 503). `slow`, `drip`, `wrong-usage`, `lying-429`: the factor. `slow`: µs to add. */
  readonly status?: number | undefined;
  readonly factor?: number | undefined;
  readonly add?: Micros | undefined;
  /** `truncate`, `cut`: the share of the answer that is sent before; default a half. */
  readonly after?: number | undefined;
}

/** What can be said of a fault beside its name, its share and its timetable. */
export type FaultField = 'status' | 'factor' | 'add' | 'after';

/** Which of it goes with which fault. */
export const FAULT_FIELDS: Readonly<Record<ProviderFaultName, readonly FaultField[]>> = {
  status: ['status'],
  slow: ['factor', 'add'],
  drip: ['factor'],
  truncate: ['after'],
  cut: ['after'],
  reset: [],
  silence: [],
  'malformed-sse': [],
  'wrong-content-type': [],
  'wrong-model': [],
  'wrong-usage': ['factor'],
  'lying-429': ['factor'],
};

/** What is said of a fault and does not go with it. */
export const strayFields = (fault: ProviderFault): readonly FaultField[] =>
  (['status', 'factor', 'add', 'after'] as const).filter(
    (field) => fault[field] !== undefined && !FAULT_FIELDS[fault.name].includes(field),
  );
