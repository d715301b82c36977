import { type ErrorCode, errorEnvelope, errorStatus } from '@stockade/contracts';
import { isLockTimeout, isTransient } from '@stockade/database';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { ServiceError } from './errors.ts';
import { LineSampler } from './line-sampler.ts';
import { validationError } from './validation.ts';

/** What Fastify itself refuses, in our terms. */
const frameworkErrors: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['PAYLOAD_TOO_LARGE', 'The body is larger than this call accepts.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'UNSUPPORTED_MEDIA_TYPE',
    'This Content-Type is not accepted here; see the API documentation.',
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['MALFORMED_BODY', 'The body is not as long as Content-Length says.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['MALFORMED_BODY', 'The body is empty.'],
  FST_ERR_BAD_URL: ['VALIDATION_ERROR', 'The URL is not valid.'],
  FST_ERR_MAX_PARAM_LENGTH: ['VALIDATION_ERROR', 'A part of the path is too long.'],
  FST_ERR_ROUTE_REWRITE_NOT_STR: ['INTERNAL_ERROR', 'Something went wrong on our side.'],
};

const codeByStatus = new Map<number, ErrorCode>([
  [400, 'VALIDATION_ERROR'],
  [401, 'UNAUTHENTICATED'],
  [403, 'FORBIDDEN'],
  [404, 'NOT_FOUND'],
  [408, 'REQUEST_TIMEOUT'],
  [413, 'PAYLOAD_TOO_LARGE'],
  [415, 'UNSUPPORTED_MEDIA_TYPE'],
  [429, 'RATE_LIMITED'],
]);

/** Any failure as one that a caller may see. What nobody foresaw becomes a bare 500: no stack, no SQL, no secret. */
export function toServiceError(error: FastifyError | Error): ServiceError {
  if (error instanceof ServiceError) return error;
  const known = error as Partial<FastifyError>;
  if (known.validation) return validationError(known.validation as never, known.validationContext ?? 'body');
  const framework = known.code ? frameworkErrors[known.code] : undefined;
  if (framework) return new ServiceError(...framework);
  if (isTransient(error)) {
    return new ServiceError(
      'SERVICE_UNAVAILABLE',
      isLockTimeout(error)
        ? 'Somebody else is changing the same right now: try again shortly.'
        : 'The database cannot be reached right now: try again shortly.',
      undefined,
      1,
    );
  }
  const code = known.statusCode && known.statusCode < 500 ? codeByStatus.get(known.statusCode) : undefined;
  if (code) return new ServiceError(code, 'The request cannot be answered as it was sent.');
  return new ServiceError(
    'INTERNAL_ERROR',
    'Something went wrong on our side. If it stays, report the request id.',
  );
}

/** Sends a failure in the envelope of every error, whatever went wrong. */
export function sendError(request: FastifyRequest, reply: FastifyReply, error: ServiceError): void {
  const status = errorStatus[error.code];
  if (error.retryAfter !== undefined) reply.header('retry-after', String(error.retryAfter));
  else if (status === 503) reply.header('retry-after', '1');
  if (error.code === 'PAYLOAD_TOO_LARGE') letItBeSent(request, reply);
  // Also where the failure came before any hook, such as for a URL that cannot be read.
  reply.header('x-request-id', request.id);
  const path = request.url.split('?')[0] ?? '';
  const body = errorEnvelope({
    code: error.code,
    message: error.message,
    details: error.details,
    path,
    requestId: request.id,
  });
  reply.code(status).type('application/json; charset=utf-8').serializer(JSON.stringify).send(body);
}

const drainedBytes = 100 * 1024 * 1024;

/**
 * Closing the connection on somebody who is still sending hides the answer from him: he sees a broken pipe. So what is
 * announced as too large is read and thrown away, up to a bound.
 */
function letItBeSent(request: FastifyRequest, reply: FastifyReply): void {
  if (Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY) > drainedBytes) return;
  reply.removeHeader('connection');
  request.raw.resume();
}

interface EnvelopeOptions {
  /** Told of every failure before it is answered. */
  onFailure?: (failure: ServiceError, request: FastifyRequest) => void;
}

export const errorEnvelopes = fp<EnvelopeOptions>(
  async (app, { onFailure }) => {
    const unavailable = new LineSampler(app, 'Failed requests without a line of their own');
    const isTold = ({ statusCode }: ServiceError) =>
      statusCode >= 500 && (statusCode !== 503 || unavailable.admits(statusCode));
    app.setErrorHandler((error: FastifyError, request, reply) => {
      const failure = toServiceError(error);
      onFailure?.(failure, request);
      if (isTold(failure)) request.log.error({ err: error, requestId: request.id }, 'The request failed');
      sendError(request, reply, failure);
    });
    app.setNotFoundHandler((request, reply) => {
      sendError(
        request,
        reply,
        new ServiceError('NOT_FOUND', `There is nothing at ${request.method} ${request.url.split('?')[0]}.`),
      );
    });
  },
  { name: 'error-envelopes' },
);
