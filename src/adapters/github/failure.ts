/** A request that failed, in one line for people. Never holds the token: neither the API's messages nor the system's do. */
export interface ApiFailure {
  /** HTTP status; undefined when there was no response. */
  readonly status: number | undefined;
  readonly text: string;
}

const headersAndStatus = (
  error: object,
): { status: number; headers: Readonly<Record<string, unknown>> } | undefined => {
  if (!('response' in error) || typeof error.response !== 'object' || error.response === null) return undefined;
  const { status, headers } = error.response as { status?: unknown; headers?: unknown };
  if (typeof status !== 'number') return undefined;
  return { status, headers: (headers ?? {}) as Readonly<Record<string, unknown>> };
};

/** The response behind an error of the REST client; undefined when the request failed below HTTP (which it calls a 500). */
export const responseOf = (error: unknown): ReturnType<typeof headersAndStatus> =>
  typeof error === 'object' && error !== null ? headersAndStatus(error) : undefined;

/** Puts whatever was thrown by a request into one line of at most 200 characters. */
export const describeFailure = (error: unknown): ApiFailure => {
  const status = responseOf(error)?.status;
  const message = (error instanceof Error ? error.message : String(error))
    .replace(/\s+/g, ' ')
    .replace(/ - https?:\S+$/, '');
  return { status, text: `${status === undefined ? '' : `${status} `}${message}`.slice(0, 200) };
};

/** True when a permission is missing (GitHub hides what may not be seen behind a 404), false for an exhausted limit. */
export const isForbidden = ({ status, text }: ApiFailure): boolean =>
  (status === 403 || status === 404) && !/rate limit/i.test(text);
