import type { Scope } from '@stockade/contracts';
import type { ApiKey } from '@stockade/contracts/identity';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors } from '@stockade/service-kit';
import type { FastifyReply } from 'fastify';
import { hashOf, newApiKey, prefixOf } from '../auth/keys.ts';
import { announceRevocation } from '../auth/revocation.ts';
import type { IdentityDb } from '../tables.ts';
import { readMode } from '../tenants/queries.ts';
import * as queries from './queries.ts';

type IdentityWork = Work<IdentityDb>;
const target = (id: string) => ({ type: 'api-key', id });

interface NewKey {
  name: string;
  scopes: Scope[];
  expiresAt?: string;
}

/** Stores the hash of a key and tells of it; the key itself is nowhere. */
export async function insertNewKey(
  work: IdentityWork,
  key: string,
  { name, scopes, expiresAt }: NewKey,
  createdBy: string,
): Promise<ApiKey> {
  const row = await queries.insertApiKey(work.trx, {
    tenant_id: work.tenantId,
    id: newId(),
    name,
    prefix: prefixOf(key),
    key_hash: hashOf(key),
    scopes,
    expires_at: expiresAt ? new Date(expiresAt) : null,
    created_by: createdBy,
  });
  work.audit({
    action: 'identity.api-key.create',
    target: target(row.id),
    changes: changed(null, row, ['name', 'prefix', 'scopes', 'expires_at']),
  });
  return queries.toApiKey(row);
}

/** A key can do no more than who makes it, and expires in the future. */
export async function createApiKey(work: IdentityWork, input: NewKey): Promise<ApiKey & { key: string }> {
  const { personId, scopes } = work.caller;
  if (!personId) throw errors.forbidden('API keys are made by users.');
  const beyond = input.scopes.filter((scope) => !scopes.includes(scope));
  if (beyond.length > 0)
    throw errors.forbidden(`You cannot give away what you may not do yourself: ${beyond.join(', ')}.`, {
      scopes: beyond,
    });
  if (input.expiresAt && new Date(input.expiresAt) <= work.now)
    throw errors.validation([{ path: '/expiresAt', message: 'must be in the future' }]);
  const key = newApiKey(await readMode(work.trx));
  return { ...(await insertNewKey(work, key, input, personId)), key };
}

const usualOverlapHours = 24;

interface Rotation {
  overlapHours?: number;
  expiresAt?: string;
}

/** A new key in the place of one that is good; whoever rotates needs all that the key may do. */
export async function rotateApiKey(
  work: IdentityWork,
  id: string,
  { overlapHours = usualOverlapHours, expiresAt }: Rotation,
  ifMatch: number | null,
  reply: FastifyReply,
): Promise<ApiKey & { key: string }> {
  const before = await queries.lockApiKey(work.trx, id);
  if (!before) throw errors.notFound('API key', id);
  checkVersion(before.version, ifMatch);
  const state = stateOf(before, work.now);
  if (state !== 'good') throw errors.invalidState({ what: `API key ${id}`, state, allowed: ['good'] });
  const made = await createApiKey(work, {
    name: before.name,
    scopes: before.scopes,
    ...lifetimeOf(before, expiresAt, work.now),
  });
  const until = new Date(work.now.getTime() + overlapHours * 3_600_000);
  const after = await queries.replaceApiKey(work.trx, id, { by: made.id, until });
  work.audit({
    action: 'identity.api-key.rotate',
    target: target(id),
    changes: changed(before, after, ['replaced_by', 'expires_at']),
  });
  // What gateways remember of it does not know its end yet.
  await announceRevocation(work.trx, reply, { keyId: id });
  return made;
}

function stateOf({ revoked_at, replaced_by, expires_at }: queries.ApiKeyRow, now: Date): string {
  if (revoked_at) return 'revoked';
  if (expires_at && expires_at <= now) return 'expired';
  return replaced_by ? 'replaced' : 'good';
}

/** As told; else as long as the key before it was to live. */
function lifetimeOf(
  { created_at, expires_at }: queries.ApiKeyRow,
  told: string | undefined,
  now: Date,
): { expiresAt?: string } {
  if (told !== undefined) return { expiresAt: told };
  if (!expires_at) return {};
  const lifetime = expires_at.getTime() - created_at.getTime();
  return { expiresAt: new Date(now.getTime() + lifetime).toISOString() };
}

export async function revokeApiKey(
  work: IdentityWork,
  id: string,
  ifMatch: number | null,
  reply: FastifyReply,
): Promise<void> {
  const before = await queries.lockApiKey(work.trx, id);
  if (!before) throw errors.notFound('API key', id);
  checkVersion(before.version, ifMatch);
  // Revoking twice is no mistake: the key is as dead as it should be.
  if (before.revoked_at) return;
  const after = await queries.revokeApiKey(work.trx, id);
  work.audit({
    action: 'identity.api-key.revoke',
    target: target(id),
    changes: changed(before, after, ['revoked_at']),
  });
  await announceRevocation(work.trx, reply, { keyId: id });
}
