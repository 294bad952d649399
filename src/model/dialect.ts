import type { CacheStatus } from './outcome.ts';

/** This gateway never says it: different from `false`, and from a response in which it is missing though expected. */
export type Unsupported = 'unsupported';

/** Where a gateway states something: a response header (lower case), or a dotted path into the JSON body or last stream event. */
export type Field = { readonly header: string } | { readonly body: string };

/** How a field that speaks of the cache is read; see `CacheField`. */
export const CACHE_FORMATS = ['value', 'rfc9211', 'age', 'tokens'] as const;

/**
 * A field that speaks of the cache. `value` (the default): look it up in the dialect's values. `rfc9211`: a Cache-Status
 * list, of which the last member (the cache nearest to us) counts. `age`: seconds; more than 0 is a hit, 0 says nothing.
 * `tokens`: tokens that were paid for; 0 is a hit, more is a miss.
 */
export type CacheField = Field & { readonly format?: (typeof CACHE_FORMATS)[number] | undefined };

/** A field that holds a name; `part` picks one side of the first slash of `provider/model`. */
export type NameField = Field & { readonly part?: 'before-slash' | 'after-slash' | undefined };

/** How a field that holds a number is read; see `CountField`. */
export const COUNT_FORMATS = ['number', 'items', 'index', 'present'] as const;

/**
 * A field that holds a whole number from 0 up; anything else (Portkey's -1 for "all retries used") says nothing. `number`
 * (the default): the value. `items`: the length of a list. `index`: the last number in brackets, `config.targets[1]`, or the
 * bare number.
 * `present`: 0 when the field is there at all, for gateways that leave a 0 out. `plus` is added.
 */
export type CountField = Field & {
  readonly format?: (typeof COUNT_FORMATS)[number] | undefined;
  readonly plus?: number | undefined;
};

/** Units of a duration. */
export const TIME_UNITS = ['us', 'ms', 's'] as const;

/** A duration: a bare number in `unit` (default ms), or the `dur` of `metric` in a Server-Timing list (W3C; always ms). */
export type TimeField = Field & {
  readonly unit?: (typeof TIME_UNITS)[number] | undefined;
  readonly metric?: string | undefined;
};

/** How a header says when: from now on or as a date; see `WhenHeader`. */
export const WHEN_FORMATS = ['seconds', 'millis', 'epoch', 'http-date', 'go-duration', 'rfc3339', 'any'] as const;
export type WhenFormat = (typeof WHEN_FORMATS)[number];

/**
 * A header that says when. `seconds`, `millis`: from now, fractions allowed. `epoch`: since 1970, in seconds, or in ms from
 * 10¹¹ on. `http-date`: RFC 9110 §5.6.7. `go-duration`: `6m0s`, `12ms`. `rfc3339`: a date and time. `any` (the default):
 * by its looks, where bare numbers are seconds from now up to 10⁹ and an epoch above.
 */
export interface WhenHeader {
  readonly header: string;
  readonly format?: WhenFormat | undefined;
}

/**
 * The headers of one kind of limit. In a header's name one `*` stands for any text (an instance, a window): each text that
 * is found is a limit of its own. `structured` names headers of the IETF draft (draft-ietf-httpapi-ratelimit-headers): the
 * state `"default";r=50;t=30` (or, in older drafts, `limit=100, remaining=50, reset=30`) and its policy.
 */
export type LimitFields = {
  /** What is counted. */
  readonly of: LimitUnit;
} & (
  | {
      readonly limit?: string | undefined;
      readonly remaining?: string | undefined;
      readonly reset?: WhenHeader | undefined;
    }
  | { readonly structured: { readonly state: string; readonly policy: string } }
);

/** What a limit counts. */
export const LIMIT_UNITS = ['requests', 'tokens'] as const;
export type LimitUnit = (typeof LIMIT_UNITS)[number];

/** Status codes of rejections: too fast (`rate`, worth waiting for), or the allowance is used up (`quota`). */
export interface RejectionCodes {
  readonly rate: readonly number[];
  readonly quota: readonly number[];
}

/** A part of a request: a header (lower case), or a dotted path in the body. */
export type Control =
  | { readonly header: string; readonly value: string }
  | { readonly body: string; readonly value: string | number | boolean };

/** How a time to live is written: a number of seconds or ms; `text`: with its unit, `30s`; `max-age`: `max-age=30`. */
export const TTL_UNITS = ['s', 'ms', 'text', 'max-age'] as const;

/** What a request can ask of the cache. */
export interface CacheControls {
  /** All of them together: use the cache. Empty = nothing is needed, or it is decided at the gateway. */
  readonly enable: readonly Control[];
  /** All of them together: pass the cache by. */
  readonly bypass: Unsupported | readonly Control[];
  /** How long this answer may be kept. */
  readonly ttl: Unsupported | (Field & { readonly unit: (typeof TTL_UNITS)[number] });
  /** A name that keeps entries apart. */
  readonly namespace: Unsupported | Field;
}

/**
 * How one gateway names things. Data, never code. The first field of a list that is present decides; `unsupported`
 * means that this gateway never says it (different from a response in which it is missing).
 */
export interface Dialect {
  readonly name: string;
  /** The keys of `values` are in lower case; a gateway's words are compared in lower case. */
  readonly cache:
    | Unsupported
    | { readonly fields: readonly CacheField[]; readonly values: Readonly<Record<string, CacheStatus>> };
  readonly provider: Unsupported | readonly NameField[];
  readonly model: Unsupported | readonly NameField[];
  /** The gateway's own id of a request, for evidence in reports. */
  readonly requestId: readonly Field[];
  /** Calls of a provider for this response, the first included. */
  readonly attempts: Unsupported | readonly CountField[];
  /** Which of the configured routes answered: 0 = the primary. */
  readonly fallback: Unsupported | readonly CountField[];
  /** Time that the gateway itself took. */
  readonly gatewayTime: Unsupported | readonly TimeField[];
  /** Time that it waited for its providers. */
  readonly upstreamTime: Unsupported | readonly TimeField[];
  /** The gateway's own. */
  readonly limits: Unsupported | readonly LimitFields[];
  /** Those of providers, where the gateway passes them on. */
  readonly providerLimits: readonly LimitFields[];
  /** When a rejected request may be repeated. */
  readonly retryAfter: Unsupported | readonly WhenHeader[];
  readonly rejections: RejectionCodes;
  readonly cacheControls: CacheControls;
}

/** Everything that a gateway can say of a response, by the names of the dialect's parts. */
export const SIGNALS = [
  'cache',
  'provider',
  'model',
  'requestId',
  'attempts',
  'fallback',
  'gatewayTime',
  'upstreamTime',
  'limits',
  'retryAfter',
] as const satisfies readonly (keyof Dialect)[];
export type SignalName = (typeof SIGNALS)[number];

/** Whether a gateway of this dialect never says it. */
export const isUnsupported = (dialect: Dialect, signal: SignalName): boolean => {
  const part = dialect[signal];
  return part === 'unsupported' || (Array.isArray(part) && part.length === 0);
};
