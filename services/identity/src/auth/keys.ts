import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { TenantMode } from '@stockade/contracts';

/**
 * Keys read `stk_<kind>_<43 characters of randomness>_<checksum>`. The checksum (six characters of the SHA-256 of what
 * stands before it, the kind too) tells a mistyped key without a look-up; it is no secret and proves nothing.
 */
const keyForm = /^(stk_(live|test|ops)_[A-Za-z0-9_-]{43})_([A-Za-z0-9_-]{6})$/;

const checksum = (body: string) => createHash('sha256').update(body).digest('base64url').slice(0, 6);

/** A key of a live tenant or a test tenant: whoever reads it knows where it does something. */
export function newApiKey(mode: TenantMode): string {
  const body = `stk_${mode}_${randomBytes(32).toString('base64url')}`;
  return `${body}_${checksum(body)}`;
}

/** `live`, `test`: a tenant's, `ops`: the platform operator's; null for what cannot be a key of ours. */
export function keyKind(key: string): TenantMode | 'ops' | null {
  const [, body, kind, sum] = keyForm.exec(key) ?? [];
  return body && checksum(body) === sum ? (kind as TenantMode | 'ops') : null;
}

/** What is stored of a key or token. They are 256 random bits: a slow hash would add nothing. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** What people see of a key, to tell it from others. */
export const prefixOf = (key: string): string => key.slice(0, 14);

export const newSessionToken = (): string => randomBytes(32).toString('base64url');

/** The token that proves that a change comes from our own page: only who can read answers has it. */
export function csrfTokenOf(secret: string, sessionId: string): string {
  return createHmac('sha256', secret).update(`csrf ${sessionId}`).digest('base64url');
}

export function equalSecrets(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
