import { createHash } from 'node:crypto';
import { type Migration, removeInBatches, systemAccess, tenantTable } from '@stockade/database';
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

/** What became of a claim: nothing stands against the call, or it has an answer already. */
export type Claim = { answer: StoredAnswer | null } | { refused: ServiceError };

const inProgress = () =>
  new ServiceError(
    'REQUEST_IN_PROGRESS',
    'The first call with this Idempotency-Key is still in flight: try again shortly.',
    undefined,
    1,
  );
const mismatch = () =>
  new ServiceError(
    'IDEMPOTENCY_MISMATCH',
    'This Idempotency-Key was used for another request: use a new key for a new request.',
  );

const nameOf = ({ tenantId, principalId, key }: IdempotentCall) => `${tenantId} ${principalId} ${key}`;

/**
 * Claims keys for this transaction, so that of two equal calls at once one works and the other is told to wait. Gives
 * the first answer where there is one; refuses while a first call is in flight (409), and another body (422).
 */
export async function claimKeys(
  trx: AnyTransaction,
  calls: readonly IdempotentCall[],
): Promise<Map<IdempotentCall, Claim>> {
  const claims = new Map<IdempotentCall, Claim>();
  if (calls.length === 0) return claims;
  const names = calls.map(nameOf);
  const { rows: locks } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(name, 0)) as locked
    from unnest(${names}::text[]) with ordinality as n(name, no) order by no`.execute(trx);
  const seen = new Set<string>();
  for (const [at, call] of calls.entries()) {
    // A session may take a lock twice: two of one transaction are told apart here.
    if (!locks[at]?.locked || seen.has(names[at] ?? '')) claims.set(call, { refused: inProgress() });
    seen.add(names[at] ?? '');
  }
  const claimed = calls.filter((call) => !claims.has(call));
  for (const [call, stored] of await findStored(trx, claimed))
    claims.set(call, stored.fingerprint === call.fingerprint ? { answer: stored } : { refused: mismatch() });
  for (const call of claimed) if (!claims.has(call)) claims.set(call, { answer: null });
  return claims;
}

interface StoredKey extends StoredAnswer {
  principal_id: string;
  key: string;
  fingerprint: string;
  expired: boolean;
}

/** The answers that are kept; those past their day are removed. */
async function findStored(
  trx: AnyTransaction,
  calls: readonly IdempotentCall[],
): Promise<Map<IdempotentCall, StoredKey>> {
  if (calls.length === 0) return new Map();
  const [principals, keys] = [calls.map((call) => call.principalId), calls.map((call) => call.key)];
  const { rows } = await sql<StoredKey>`
    select k.principal_id, k.key, k.fingerprint, k.status, k.body,
      k.created_at < now() - make_interval(hours => ${keptHours}) as expired
    from unnest(${principals}::text[], ${keys}::text[]) as c(principal_id, key)
    join idempotency_keys k on k.principal_id = c.principal_id and k.key = c.key`.execute(trx);
  const found = new Map(rows.map((row) => [`${row.principal_id} ${row.key}`, row]));
  const expired = rows.filter((row) => row.expired);
  if (expired.length > 0)
    await sql`
      delete from idempotency_keys
      where (principal_id, key) in (select * from unnest(${expired.map((row) => row.principal_id)}::text[], ${expired.map((row) => row.key)}::text[]))`.execute(
      trx,
    );
  return new Map(
    calls.flatMap((call) => {
      const row = found.get(`${call.principalId} ${call.key}`);
      return row && !row.expired ? [[call, row] as const] : [];
    }),
  );
}

/** Writes answers in the changes' own transaction: after a kill, the retry finds either both or neither. */
export async function storeAnswers(
  trx: AnyTransaction,
  answers: readonly { call: IdempotentCall; answer: StoredAnswer }[],
): Promise<void> {
  if (answers.length === 0) return;
  await trx
    .insertInto('idempotency_keys')
    .values(
      answers.map(({ call, answer }) => ({
        tenant_id: call.tenantId,
        principal_id: call.principalId,
        key: call.key,
        fingerprint: call.fingerprint,
        status: answer.status,
        body: JSON.stringify(answer.body ?? null),
        created_at: sql<Date>`now()` as never,
      })),
    )
    .execute();
}

/** Removes keys past their day, across tenants; for the system role. */
export async function deleteExpiredKeys(systemDb: Kysely<IdempotencyTable>): Promise<number> {
  return removeInBatches(
    systemDb,
    (limit) => sql`
      delete from idempotency_keys where (tenant_id, principal_id, key) in (
        select tenant_id, principal_id, key from idempotency_keys
        where created_at < now() - make_interval(hours => ${keptHours}) limit ${limit})`,
  );
}
