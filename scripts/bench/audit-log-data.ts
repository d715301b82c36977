import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@stockade/database';
import { canonicalize, leafHash } from '@stockade/transparency-log';
import type pg from 'pg';
import { movementEntry } from './audit-jobs.ts';

export interface LogData {
  tenantId: string;
  size: number;
  /** Ids of the entries that are there as a whole. */
  entryIds: string[];
  /** From the last leaf until the service had put all into tiles and signed them. */
  signedMs: number;
}

const perStatement = 1_000_000;
const waitMs = 600_000;

/** Entries here and there in a log of that size, as the service stores them. */
function makeEntries(tenantId: string, size: number, count: number) {
  return Array.from({ length: count }, (_, no) => {
    const sequence = 1 + Math.floor((no * size) / count);
    const { id, payload } = movementEntry(tenantId, no);
    const entry = { id, tenantId, sequence, ...(payload as { action: string }) };
    return { id, sequence, action: entry.action, text: canonicalize(entry) };
  });
}

/**
 * A log of so many leaves, straight into the tables; a share of them have entries that fit. The running service finds it
 * grown, puts it into tiles and signs it.
 */
export async function fillLog(admin: pg.Client, size: number, whole: number): Promise<LogData> {
  const tenantId = newId();
  await admin.query('set synchronous_commit = off');
  for (let from = 1; from <= size; from += perStatement) {
    await admin.query(
      `insert into audit.leaves (tenant_id, sequence, entry_id, leaf_hash, recorded_on)
       select $1, no, lpad(to_hex(no), 32, '0')::uuid, sha256(int8send(no)), current_date from generate_series($2::bigint, $3::bigint) as no`,
      [tenantId, from, Math.min(size, from + perStatement - 1)],
    );
  }
  const entries = makeEntries(tenantId, size, whole);
  const columns = [
    entries.map(({ sequence }) => sequence),
    entries.map(({ id }) => id),
    entries.map(({ text }) => text),
  ];
  await admin.query(
    `insert into audit.entries (tenant_id, sequence, recorded_on, id, occurred_at, actor_id, action, target_type, target_id, entry)
     select $1, e.sequence, current_date, e.id, now(), 'bench', 'inventory.movement.create', 'movement', e.id::text, e.entry
     from unnest($2::bigint[], $3::uuid[], $4::text[]) as e(sequence, id, entry)`,
    [tenantId, ...columns],
  );
  await admin.query(
    `update audit.leaves l set entry_id = e.id, leaf_hash = e.hash
     from unnest($2::bigint[], $3::uuid[], $4::bytea[]) as e(sequence, id, hash) where l.tenant_id = $1 and l.sequence = e.sequence`,
    [tenantId, columns[0], columns[1], entries.map(({ text }) => leafHash(Buffer.from(text)))],
  );
  // As after any bulk load; autovacuum would do it within a minute.
  await admin.query('vacuum analyze audit.leaves');
  const began = performance.now();
  await admin.query('insert into audit.trees (tenant_id, size) values ($1, $2)', [tenantId, size]);
  for (let signed = 0; signed < size; await delay(100)) {
    if (performance.now() - began > waitMs) throw new Error('The log was not signed');
    const { rows } = await admin.query<{ signed: number }>(
      'select checkpoint_size::float8 as signed from audit.trees where tenant_id = $1',
      [tenantId],
    );
    signed = rows[0]?.signed ?? 0;
  }
  const signedMs = performance.now() - began;
  // A log grows for years, and not within a minute: what the load left to be written and tidied up is not part of a proof.
  await admin.query('vacuum analyze audit.tiles');
  await admin.query('checkpoint');
  return { ...{ tenantId, size, entryIds: entries.map(({ id }) => id) }, signedMs };
}
