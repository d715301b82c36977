import type { MailSource } from '@stockade/contracts/email-scanning';
import { applyPage, type ListQuery } from '@stockade/service-kit';
import {
  type Insertable,
  type Kysely,
  type Selectable,
  sql,
  type Transaction,
  type Updateable,
} from 'kysely';
import type { EmailScanningDb } from '../tables.ts';
import type { SourceStateTable, SourceTable } from './tables.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;
export type SourceRow = Selectable<SourceTable>;
type State = Pick<
  Selectable<SourceStateTable>,
  'last_message_at' | 'last_error' | 'last_error_at' | 'failures' | 'refused'
>;
/** With how it fares, and whose mail it takes: `ann@x.example`, or `@x.example` for a whole domain. */
export type FullSource = SourceRow & State & { addresses: string[] };

export function toSource(row: FullSource): MailSource {
  const { kind, settings, addresses } = row;
  const { networks = [], host = '', port = 993, tls = 'implicit', user = '', mailbox = '' } = settings;
  return {
    id: row.id,
    kind,
    name: row.name,
    active: row.active,
    smtp:
      kind === 'smtp'
        ? {
            recipients: addresses.filter((address) => !address.startsWith('@')),
            domains: addresses.flatMap((address) => (address.startsWith('@') ? [address.slice(1)] : [])),
            networks,
          }
        : null,
    imap: kind === 'imap' ? { host, port, tls, user, mailbox } : null,
    webhook:
      kind === 'webhook'
        ? {
            format: settings.format ?? 'raw',
            previousSecretUntil: row.previous_secret_until?.toISOString() ?? null,
          }
        : null,
    status: {
      lastMessageAt: row.last_message_at?.toISOString() ?? null,
      lastError: row.last_error,
      lastErrorAt: row.last_error_at?.toISOString() ?? null,
      failures: row.failures,
      refused: row.refused,
    },
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

const fullSources = (db: Db) =>
  db
    .selectFrom('sources')
    .innerJoin('source_states as s', 's.source_id', 'sources.id')
    .selectAll('sources')
    .select(['s.last_message_at', 's.last_error', 's.last_error_at', 's.failures', 's.refused'])
    .select(
      sql<string[]>`array(select r.local_part || '@' || r.domain from source_recipients r
        where r.source_id = sources.id order by 1)`.as('addresses'),
    );

export async function findSource(db: Db, id: string): Promise<FullSource | undefined> {
  return fullSources(db).where('sources.id', '=', id).executeTakeFirst();
}

export async function lockSource(db: Db, id: string): Promise<FullSource | undefined> {
  return fullSources(db).where('sources.id', '=', id).forUpdate('sources').executeTakeFirst();
}

export interface SourceFilters extends ListQuery {
  kind?: SourceRow['kind'];
  active?: boolean;
}

export async function listSources(db: Db, { kind, active, ...query }: SourceFilters): Promise<MailSource[]> {
  let sources = applyPage(fullSources(db), query, 'sources.id');
  if (kind) sources = sources.where('sources.kind', '=', kind);
  if (active !== undefined) sources = sources.where('sources.active', '=', active);
  return (await sources.execute()).map(toSource);
}

export async function insertSource(db: Db, row: Insertable<SourceTable>): Promise<void> {
  await db.insertInto('sources').values(row).execute();
  await db
    .insertInto('source_states')
    .values({
      ...{ tenant_id: row.tenant_id, source_id: row.id, last_message_at: null, last_error: null },
      ...{ last_error_at: null, uid_validity: null, lease: null, leased_until: null },
    })
    .execute();
}

export async function updateSource(db: Db, id: string, changes: Updateable<SourceTable>): Promise<void> {
  await db
    .updateTable('sources')
    .set({ ...changes, version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', id)
    .execute();
}

/** A mailbox that is looked for elsewhere is read from its beginning; whoever reads it now loses it. */
export async function beginAnew(db: Db, id: string, sameMailbox: boolean): Promise<void> {
  await db
    .updateTable('source_states')
    .set({ lease: null, leased_until: null, next_poll_at: sql`now()`, last_error: null, last_error_at: null })
    .set({ failures: 0 })
    .set(sameMailbox ? {} : { uid_validity: null, last_uid: '0' })
    .where('source_id', '=', id)
    .execute();
}

export interface Address {
  domain: string;
  local_part: string;
}

/** Replaces whose mail a source takes. Throws what the constraint says when another has one of them. */
export async function replaceAddresses(
  db: Db,
  { tenantId, sourceId }: { tenantId: string; sourceId: string },
  addresses: readonly Address[],
): Promise<void> {
  await db.deleteFrom('source_recipients').where('source_id', '=', sourceId).execute();
  if (addresses.length === 0) return;
  await db
    .insertInto('source_recipients')
    .values(addresses.map((address) => ({ tenant_id: tenantId, source_id: sourceId, ...address })))
    .execute();
}

export async function countSources(db: Db): Promise<number> {
  const row = await db.selectFrom('sources').select(sql<number>`count(*)::int`.as('n')).executeTakeFirst();
  return row?.n ?? 0;
}
