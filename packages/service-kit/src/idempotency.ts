import { createHash } from 'node:crypto';
import { type Migration, systemAccess, tenantTable } from '@stockade/database';
import type { FastifyRequest } from 'fastify';
import { type Kysely, sql, type Transaction } from 'kysely';
import { errors, ServiceError } from './errors.ts';

/** Answers are kept for a day; a key that is older may be used again. */
const keptHours = 24;

export const idempotencyMigration: Migration = {
  name: '0000-idempotency',
  sql: `
create table idempotency_keys (
  tenant_id uuid not null,
  principal_id text not null,
  key text not null,
  fingerprint text not null,
  status integer not null,
  body jsonb,
  created_at timestamptz not null default now(),
  primary key (tenant_id, principal_id, key)
);
create index idempotency_keys_created_at on idempotency_keys (created_at);
${tenantTable('idempotency_keys', ['select', 'insert', 'delete'])}
${systemAccess('idempotency_keys', ['select', 'delete'])}
`,
};

export interface IdempotencyTable {
  idempotency_keys: {
    tenant_id: string;
    principal_id: string;
    key: string;
    fingerprint: string;
    status: number;
    body: unknown;
    created_at: Date;
  };
}

export interface IdempotentCall {
  key: string;
  tenantId: string;
  principalId: string;
  fingerprint: string;
}

export interface StoredAnswer {
  status: number;
  body: unknown;
}

const keyPattern = /^[\x21-\x7e]{1,255}$/;

/** The call's key and what it stands for, or null when the caller sent none. */
export function idempotentCall(
  request: FastifyRequest,
  tenantId: string,
  principalId: string,
): IdempotentCall | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined || request.method === 'GET') return null;
  if (typeof key !== 'string' || !keyPattern.test(key)) {
    throw errors.validation([
      { path: '/idempotency-key', message: 'must be 1 to 255 visible ASCII characters' },
    ]);
  }
  const fingerprint = createHash('sha256')
    .update(`${principalId}\n${request.method}\n${request.url}\n`)
    .update(request.bodyHash)
    .digest('base64url');
  return { key, tenantId, principalId, fingerprint };
}

type AnyTransaction = Transaction<IdempotencyTable>;

/**
 * Claims the key for this transaction, so that of two equal calls at once one works and the other is told to wait.
 * Gives the first answer when there is one. 409 while a first call is in flight, 422 for another body.
 */
export async function claimKey(trx: AnyTransaction, call: IdempotentCall): Promise<StoredAnswer | null> {
  const lockName = `${call.tenantId} ${call.principalId} ${call.key}`;
  const lock = await sql<{
    locked: boolean;
  }>`select pg_try_advisory_xact_lock(hashtextextended(${lockName}, 0)) as locked`.execute(trx);
  if (!lock.rows[0]?.locked) {
    throw new ServiceError(
      'REQUEST_IN_PROGRESS',
      'The first call with this Idempotency-Key is still in flight: try again shortly.',
      undefined,
      1,
    );
  }
  const row = await trx
    .selectFrom('idempotency_keys')
    .select([
      'fingerprint',
      'status',
      'body',
      sql<boolean>`created_at < now() - make_interval(hours => ${keptHours})`.as('expired'),
    ])
    .where('principal_id', '=', call.principalId)
    .where('key', '=', call.key)
    .executeTakeFirst();
  if (!row) return null;
  if (row.expired) {
    await trx
      .deleteFrom('idempotency_keys')
      .where('principal_id', '=', call.principalId)
      .where('key', '=', call.key)
      .execute();
    return null;
  }
  if (row.fingerprint !== call.fingerprint) {
    throw new ServiceError(
      'IDEMPOTENCY_MISMATCH',
      'This Idempotency-Key was used for another request: use a new key for a new request.',
    );
  }
  return { status: row.status, body: row.body };
}

/** Writes the answer in the change's own transaction: after a kill, the retry finds either both or neither. */
export async function storeAnswer(
  trx: AnyTransaction,
  call: IdempotentCall,
  answer: StoredAnswer,
): Promise<void> {
  await trx
    .insertInto('idempotency_keys')
    .values({
      tenant_id: call.tenantId,
      principal_id: call.principalId,
      key: call.key,
      fingerprint: call.fingerprint,
      status: answer.status,
      body: JSON.stringify(answer.body ?? null),
      created_at: sql<Date>`now()` as never,
    })
    .execute();
}

/** Removes keys past their day, across tenants; for the system role. */
export async function deleteExpiredKeys(systemDb: Kysely<IdempotencyTable>): Promise<void> {
  await sql`delete from idempotency_keys where created_at < now() - make_interval(hours => ${keptHours})`.execute(
    systemDb,
  );
}
