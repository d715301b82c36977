import { createHash, randomBytes } from 'node:crypto';

/**
 * Keys read `stk_<kind>_<43 characters of randomness>_<checksum>`; the checksum (six characters of the SHA-256 of what
 * stands before it) tells a mistyped key from an unknown one without a look-up.
 */
function createKey(kind: 'live' | 'ops'): string {
  const body = `stk_${kind}_${randomBytes(32).toString('base64url')}`;
  return `${body}_${createHash('sha256').update(body).digest('base64url').slice(0, 6)}`;
}

export const createOperatorKey = (): string => createKey('ops');
export const createApiKey = (): string => createKey('live');
