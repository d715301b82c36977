import { type Static, Type } from 'typebox';

/** Every error code that Stockade answers with, and the status that goes with it. */
export const errorStatus = {
  VALIDATION_ERROR: 400,
  MALFORMED_BODY: 400,
  UNAUTHENTICATED: 401,
  INVALID_CREDENTIALS: 401,
  FORBIDDEN: 403,
  CSRF_FAILED: 403,
  MFA_REQUIRED: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  REQUEST_TIMEOUT: 408,
  CONFLICT: 409,
  INVALID_STATE: 409,
  INSUFFICIENT_STOCK: 409,
  REQUEST_IN_PROGRESS: 409,
  PRECONDITION_FAILED: 412,
  PAYLOAD_TOO_LARGE: 413,
  URI_TOO_LONG: 414,
  UNSUPPORTED_MEDIA_TYPE: 415,
  IDEMPOTENCY_MISMATCH: 422,
  RATE_LIMITED: 429,
  HEADERS_TOO_LARGE: 431,
  INTERNAL_ERROR: 500,
  BAD_GATEWAY: 502,
  SERVICE_UNAVAILABLE: 503,
  GATEWAY_TIMEOUT: 504,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** What a caller sees of any failure, wherever it happened. */
export const ErrorEnvelope = Type.Object(
  {
    error: Type.Object({
      message: Type.String({ description: 'A sentence for people: what is wrong and what to do.' }),
      code: Type.String({ description: 'Stable; for programs.' }),
      statusCode: Type.Integer(),
      details: Type.Optional(
        Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true }),
      ),
      timestamp: Type.String({ format: 'date-time' }),
      path: Type.String(),
      requestId: Type.String(),
    }),
  },
  { $id: 'ErrorEnvelope' },
);
export type ErrorEnvelope = Static<typeof ErrorEnvelope>;

export interface ErrorInput {
  code: ErrorCode;
  message: string;
  details?: Record<string, unknown> | undefined;
  path: string;
  requestId: string;
}

/** Builds the envelope. `path` is given without its query, which may hold secrets. */
export function errorEnvelope({ code, message, details, path, requestId }: ErrorInput): ErrorEnvelope {
  const error = {
    message,
    code,
    statusCode: errorStatus[code],
    timestamp: new Date().toISOString(),
    path,
    requestId,
  };
  return { error: details ? { ...error, details } : error };
}
