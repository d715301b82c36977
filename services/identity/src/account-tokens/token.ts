import { createHmac } from 'node:crypto';
import { equalSecrets } from '../auth/keys.ts';
import type { TokenPurpose } from '../tables.ts';

const idBytes = 16;

const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');

function proofOf(secret: string, purpose: TokenPurpose, id: Buffer): Buffer {
  return createHmac('sha256', secret).update(`account-link ${purpose} `).update(id).digest();
}

/**
 * The secret of a mailed link: its id, and a proof that only who holds the service's secret can make. So it is made
 * anew for each attempt at its mail, and stored nowhere: who reads the database cannot use a link.
 */
export function tokenOf(secret: string, { id, purpose }: { id: string; purpose: TokenPurpose }): string {
  const bytes = bytesOf(id);
  return Buffer.concat([bytes, proofOf(secret, purpose, bytes)]).toString('base64url');
}

/** The id that a token names, and whether we made it for this purpose. */
export function readToken(
  secrets: readonly string[],
  purpose: TokenPurpose,
  token: string,
): { id: string; isGenuine: boolean } {
  const bytes = Buffer.from(token, 'base64url');
  const id = bytes.subarray(0, idBytes);
  return {
    id: id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    isGenuine: secrets.some((secret) => equalSecrets(bytes.subarray(idBytes), proofOf(secret, purpose, id))),
  };
}
