import { type ErrorCode, errorStatus } from '@stockade/contracts';
import { violatedConstraint } from '@stockade/database';

/** A failure that a caller may see: its code decides the status. */
export class ServiceError extends Error {
  override name = 'ServiceError';
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;
  readonly statusCode: number;
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>, retryAfter?: number) {
    super(message);
    this.code = code;
    this.details = details;
    this.statusCode = errorStatus[code];
    this.retryAfter = retryAfter;
  }
}

export interface FieldProblem {
  /** A JSON pointer into the part that is wrong: `/lines/0/quantity`. */
  path: string;
  message: string;
}

interface WrongState {
  /** `Purchase order PO-2026-000001`. */
  what: string;
  state: string;
  /** What may be done in that state, or the states in which the call is possible: say which in `message`'s terms. */
  allowed: readonly string[];
}

export const errors = {
  validation: (problems: FieldProblem[], message = 'The request is not valid; see details.errors.') =>
    new ServiceError('VALIDATION_ERROR', message, { errors: problems }),
  unauthenticated: (message = 'Sign in, or send a valid API key.') =>
    new ServiceError('UNAUTHENTICATED', message),
  forbidden: (message: string, details?: Record<string, unknown>) =>
    new ServiceError('FORBIDDEN', message, details),
  notFound: (what: string, id?: string) =>
    new ServiceError('NOT_FOUND', id ? `${what} ${id} does not exist.` : `${what} does not exist.`),
  conflict: (message: string, details?: Record<string, unknown>) =>
    new ServiceError('CONFLICT', message, details),
  invalidState: ({ what, state, allowed }: WrongState) =>
    new ServiceError(
      'INVALID_STATE',
      `${what} is ${state}; this is possible ${allowed.length ? `from ${allowed.join(', ')} only` : 'in no state any more'}.`,
      { state, allowed },
    ),
  insufficientStock: (message: string, details: Record<string, unknown>) =>
    new ServiceError('INSUFFICIENT_STOCK', message, details),
  preconditionFailed: () =>
    new ServiceError(
      'PRECONDITION_FAILED',
      'It was changed since you read it: read it again, then repeat your change.',
    ),
  unavailable: (message: string, retryAfter = 1) =>
    new ServiceError('SERVICE_UNAVAILABLE', message, undefined, retryAfter),
};

/**
 * Turns the violation of a named constraint into the error that a caller understands; anything else is thrown on as
 * it is. Use it around the statement whose constraint is the rule.
 */
export function mapConstraint(error: unknown, byConstraint: Record<string, () => ServiceError>): never {
  const constraint = violatedConstraint(error);
  const make = constraint ? byConstraint[constraint] : undefined;
  throw make ? make() : error;
}

/** 412 when the caller's If-Match names another version than the row has. */
export function checkVersion(version: number, ifMatch: number | null): void {
  if (ifMatch !== null && ifMatch !== version) throw errors.preconditionFailed();
}
