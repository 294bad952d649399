/** An error as an AI API reports it. */
export interface ApiError {
  readonly status: number;
  readonly message: string;
  readonly code: string | null;
}

const OPENAI_TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  429: 'rate_limit_error',
};

const ANTHROPIC_TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  405: 'invalid_request_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

/** The body of an error in the shape of the API behind `path`: Anthropic's below `/v1/messages`, OpenAI's elsewhere. */
export const errorBody = (path: string, error: ApiError, requestId: string): string =>
  JSON.stringify(
    path.includes('/v1/messages')
      ? {
          type: 'error',
          error: { type: ANTHROPIC_TYPES[error.status] ?? 'api_error', message: error.message },
          request_id: requestId,
        }
      : {
          error: {
            message: error.message,
            type: OPENAI_TYPES[error.status] ?? (error.status < 500 ? 'invalid_request_error' : 'server_error'),
            param: null,
            code: error.code,
          },
        },
  );
