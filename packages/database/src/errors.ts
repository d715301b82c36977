interface DatabaseError {
  code: string;
  constraint?: string;
}

function asDatabaseError(error: unknown): DatabaseError | null {
  if (typeof error !== 'object' || error === null) return null;
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  if (typeof code !== 'string') return null;
  return typeof constraint === 'string' ? { code, constraint } : { code };
}

/** The name of the constraint that a statement broke (unique, foreign key, check, exclusion), or null. */
export function violatedConstraint(error: unknown): string | null {
  const failure = asDatabaseError(error);
  return failure?.code.startsWith('23') ? (failure.constraint ?? null) : null;
}

export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const failure = asDatabaseError(error);
  return failure?.code === '23505' && (constraint === undefined || failure.constraint === constraint);
}

/** Whether a lock was waited for as long as `lock_timeout` allows. */
export function isLockTimeout(error: unknown): boolean {
  return asDatabaseError(error)?.code === '55P03';
}

/** Failures after which PostgreSQL rolled the transaction back and asks to try it again: serialisation and deadlock. */
export function isRetryable(error: unknown): boolean {
  const code = asDatabaseError(error)?.code;
  return code === '40001' || code === '40P01';
}

const socketErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
]);
/**
 * Whether the server could not do what it was asked for want of something: a full disk, memory, connections (class 53), or
 * because its own storage failed it (58). It says nothing about the work, and passes.
 */
export function isShortOfResources(error: unknown): boolean {
  const code = asDatabaseError(error)?.code;
  return code !== undefined && /^5[38][0-9A-Z]{3}$/.test(code);
}

const lostConnection = /Connection terminated|Client has encountered a connection error/;

/**
 * Whether the connection was lost or refused: the server is away, starting or stopping (class 08, 57P0x) or full (53300), or
 * gave a transaction up whose process had stood still (25P03). Of what was sent before, only a commit may have been carried
 * out; another connection may find the server back.
 */
export function isConnectionLoss(error: unknown): boolean {
  const code = asDatabaseError(error)?.code;
  if (
    code &&
    (code.startsWith('08') ||
      code.startsWith('57P0') ||
      code === '53300' ||
      code === '25P03' ||
      socketErrors.has(code))
  )
    return true;
  return error instanceof Error && lostConnection.test(error.message);
}

/**
 * Whether the failure says nothing about the work itself, only that the database could not be asked: no connection, none
 * that was free in time, the server short of something (53, 58), a retryable transaction, or a lock that somebody else
 * held for too long. So it is with whatever else says of itself that it is unavailable, such as the storage of mail.
 */
export function isTransient(error: unknown): boolean {
  if (isRetryable(error) || isConnectionLoss(error) || isShortOfResources(error) || isLockTimeout(error))
    return true;
  if (asDatabaseError(error)?.code === 'SERVICE_UNAVAILABLE') return true;
  return error instanceof Error && error.message.includes('timeout exceeded when trying to connect');
}
