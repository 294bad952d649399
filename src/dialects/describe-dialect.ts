import {
  type Dialect,
  type Field,
  isUnsupported,
  type LimitFields,
  SIGNALS,
  type SignalName,
} from '../model/dialect.ts';

/** What a dialect can tell about one signal. */
export interface SignalPlaces {
  readonly signal: SignalName;
  /** The signal in words, such as `cache status`. */
  readonly title: string;
  /** Where it looks, in its order: `header x-cache`, `body model`; empty = this gateway never says it. */
  readonly places: readonly string[];
}

/** A signal in words. */
export const SIGNAL_TITLES: Readonly<Record<SignalName, string>> = {
  cache: 'cache status',
  provider: 'provider',
  model: 'model',
  requestId: 'request id',
  attempts: 'attempts',
  fallback: 'fallback',
  gatewayTime: 'gateway time',
  upstreamTime: 'upstream time',
  limits: 'own limits',
  retryAfter: 'retry after',
};

/** Every signal, and where a dialect looks for it. */
export const describeDialect = (dialect: Dialect): readonly SignalPlaces[] =>
  SIGNALS.map((signal) => ({
    signal,
    title: SIGNAL_TITLES[signal],
    places: isUnsupported(dialect, signal) ? [] : [...new Set(placesOf(dialect, signal))],
  }));

const placesOf = (dialect: Dialect, signal: SignalName): readonly string[] => {
  const part = dialect[signal];
  if (part === 'unsupported') return [];
  if ('fields' in part) return part.fields.map(placeOf);
  return part.flatMap((field) => ('of' in field ? limitPlaces(field) : [placeOf(field)]));
};

const placeOf = (field: Field): string => ('header' in field ? `header ${field.header}` : `body ${field.body}`);

const limitPlaces = (fields: LimitFields): readonly string[] =>
  'structured' in fields
    ? [`header ${fields.structured.state}`]
    : [fields.limit ?? fields.remaining ?? fields.reset?.header].flatMap((header) =>
        header === undefined ? [] : [`header ${header}`],
      );
