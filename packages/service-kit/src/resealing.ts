import { inTenant } from '@stockade/database';
import { SealError, type Sealer, type Secrets } from '@stockade/secrets';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Service } from './call.ts';
import type { Check } from './health.ts';
import type { Task } from './tasks.ts';

/** A column (bytea) with sealed values, in a table with `tenant_id` and `id`. The system role may read both and it. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  sealer(secrets: Secrets): Sealer;
  /** What a row's value is bound to. */
  context(tenantId: string, id: string): string;
  /** What stood in plain before: these columns become one JSON object. `where` says which rows have something. */
  readonly plain?: { readonly columns: readonly string[]; readonly where: string };
}

export interface Resealing<DB> {
  readonly task: Task<DB>;
  /** How many rows wait, at most 10,000: while there are any of an old key, it has to be accepted. */
  check(service: Service<DB>): () => Promise<Check>;
}

interface Row {
  id: string;
  sealed: Buffer | null;
  plain: Record<string, string | null> | null;
}

const batchRows = 200;
const maxTenants = 100;
/** Readiness asks as well: more than this is not counted. */
const maxCounted = 10_000;

/**
 * Seals again what is in plain or was sealed with another key than the current one: in batches, tenant by tenant, beside
 * all other work. Several replicas pass over what another has locked.
 */
export function resealing<DB>(columns: readonly SealedColumn[]): Resealing<DB> {
  return {
    task: {
      name: 'reseal',
      everyMs: 60_000,
      async run(service, signal) {
        for (const column of columns) await resealColumn(service, column, signal);
      },
    },
    check:
      ({ systemDb, secrets }) =>
      async () => {
        const counted = await Promise.all(columns.map((column) => countWaiting(systemDb, column, secrets)));
        const waiting = Object.fromEntries(
          columns.map(({ table, column }, at) => [`${table}.${column}`, counted[at] ?? 0]),
        );
        return { status: 'ok', details: { waiting } };
      },
  };
}

/** Two conditions and not one: each has an index that is empty when nothing waits. */
function waitingIn({ column, plain }: SealedColumn, sealer: Sealer): RawBuilder<boolean>[] {
  const name = sql.ref(column);
  const key = sql`substring(${name} from 2 for 8)`;
  const current = Buffer.from(sealer.keyId, 'hex');
  const ofOtherKeys = sql<boolean>`(${name} is not null and (${key} < ${current} or ${key} > ${current}))`;
  return plain ? [ofOtherKeys, sql<boolean>`(${name} is null and (${sql.raw(plain.where)}))`] : [ofOtherKeys];
}

async function countWaiting<DB>(
  systemDb: Kysely<DB>,
  column: SealedColumn,
  secrets: Secrets,
): Promise<number> {
  let waiting = 0;
  for (const condition of waitingIn(column, column.sealer(secrets))) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n
      from (select from ${sql.table(column.table)} where ${condition} limit ${maxCounted}) as waiting`.execute(
      systemDb,
    );
    waiting += rows[0]?.n ?? 0;
  }
  return waiting;
}

async function resealColumn<DB>(
  service: Service<DB>,
  column: SealedColumn,
  signal: AbortSignal,
): Promise<void> {
  const { systemDb, log, secrets } = service;
  const sealer = column.sealer(secrets);
  let resealed = 0;
  let unreadable = 0;
  for (const condition of waitingIn(column, sealer)) {
    const { rows: tenants } = await sql<{ tenant_id: string }>`
      select distinct tenant_id from ${sql.table(column.table)} where ${condition} limit ${maxTenants}`.execute(
      systemDb,
    );
    for (const { tenant_id: tenantId } of tenants) {
      let after: string | null = '00000000-0000-0000-0000-000000000000';
      while (after !== null && !signal.aborted) {
        const batch: Batch = await resealBatch(service, { column, sealer, condition, tenantId, after });
        resealed += batch.resealed;
        unreadable += batch.unreadable;
        after = batch.next;
      }
    }
  }
  const { table, column: name } = column;
  if (resealed > 0) log.info({ table, column: name, resealed }, 'Values were sealed with the current key');
  if (unreadable > 0)
    log.error({ code: 'SEALED_UNREADABLE', table, column: name, unreadable }, 'Sealed values do not open');
}

interface Batch {
  resealed: number;
  unreadable: number;
  next: string | null;
}

interface Part {
  column: SealedColumn;
  sealer: Sealer;
  condition: RawBuilder<boolean>;
  tenantId: string;
  after: string;
}

async function resealBatch<DB>(
  { db }: Service<DB>,
  { column, sealer, condition, tenantId, after }: Part,
): Promise<Batch> {
  const { table, column: name, plain } = column;
  const fields = plain?.columns ?? [];
  const plainJson = plain
    ? sql`jsonb_build_object(${sql.join(fields.flatMap((field) => [sql.lit(field), sql.ref(field)]))})`
    : sql`null::jsonb`;
  return inTenant(db, tenantId, async (trx) => {
    const { rows } = await sql<Row>`
      select id, ${sql.ref(name)} as sealed, ${plainJson} as plain from ${sql.table(table)}
      where tenant_id = ${tenantId} and id > ${after} and ${condition}
      order by id limit ${batchRows} for update skip locked`.execute(trx);
    const sealed = rows.flatMap((row) => {
      const context = column.context(tenantId, row.id);
      const value = row.sealed
        ? openIfPossible(sealer, row.sealed, context)
        : Buffer.from(ordered(row, fields));
      return value ? [{ id: row.id, value: sealer.seal(value, context) }] : [];
    });
    if (sealed.length > 0) {
      const emptied = fields.map((field) => sql`, ${sql.ref(field)} = null`);
      await sql`
        update ${sql.table(table)} as t set ${sql.ref(name)} = n.value ${sql.join(emptied, sql``)}
        from unnest(${sealed.map(({ id }) => id)}::uuid[], ${sealed.map(({ value }) => value)}::bytea[]) as n(id, value)
        where t.tenant_id = ${tenantId} and t.id = n.id`.execute(trx);
    }
    return {
      resealed: sealed.length,
      unreadable: rows.length - sealed.length,
      next: rows.length < batchRows ? null : (rows.at(-1)?.id ?? null),
    };
  });
}

const ordered = ({ plain }: Row, fields: readonly string[]) =>
  JSON.stringify(Object.fromEntries(fields.map((field) => [field, plain?.[field] ?? null])));

function openIfPossible(sealer: Sealer, sealed: Buffer, context: string): Buffer | null {
  try {
    return sealer.open(sealed, context);
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}
