import { endianness } from 'node:os';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { IndicatorHit, References } from '../engine/index.ts';
import type { EmailScanningDb } from '../tables.ts';
import { lookupsOf } from './indicator.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;

/** Of one message. */
const maxHits = 50;

/** What the tenant's feeds know of what each message refers to: one statement, in the index alone, for all of them. */
export async function findIndicators(db: Db, references: readonly References[]): Promise<IndicatorHit[][]> {
  const lookups = references.map(lookupsOf);
  const hashes = [...new Set(lookups.flatMap((lookup) => [...lookup.keys()]))];
  if (hashes.length === 0) return references.map(() => []);
  const { rows } = await sql<{ hash: string; feed: string }>`
    select i.hash, f.name as feed from indicators i join feeds f on f.id = i.feed_id
    where i.hash = any(${hashes.map(String)}::bigint[]) and f.active and i.added_in <= f.generation`.execute(
    db,
  );
  const feedsOf = Map.groupBy(rows, (row) => BigInt(row.hash));
  return lookups.map((lookup) => {
    const hits: IndicatorHit[] = [];
    for (const [hash, indicator] of lookup)
      for (const { feed } of feedsOf.get(hash) ?? []) hits.push({ feed, ...indicator });
    return hits.slice(0, maxHits);
  });
}

/** A feed's indicators that are in use, as sorted hashes; eight bytes each, on their way too. */
export async function readIndicators(db: Db, feedId: string, generation: number): Promise<BigInt64Array> {
  const { rows } = await sql<{ hashes: Buffer | null }>`
    select string_agg(int8send(hash), ''::bytea) as hashes from indicators
    where feed_id = ${feedId} and added_in <= ${generation}`.execute(db);
  const bytes = rows[0]?.hashes ?? Buffer.alloc(0);
  // The database's byte order is the network's, a typed array's the machine's.
  const own = new Uint8Array(bytes);
  if (endianness() === 'LE') Buffer.from(own.buffer).swap64();
  return new BigInt64Array(own.buffer).sort();
}

/** Writes indicators that nobody sees before the feed comes to that generation. */
export async function stageIndicators(
  db: Db,
  { tenantId, feedId, generation }: { tenantId: string; feedId: string; generation: number },
  hashes: readonly bigint[],
): Promise<void> {
  await sql`
    insert into indicators (tenant_id, feed_id, hash, added_in)
    select ${tenantId}::uuid, ${feedId}::uuid, hash, ${generation}::integer
    from unnest(${hashes.map(String)}::bigint[]) as h(hash)`.execute(db);
}

/** Removes what an attempt wrote that did not come to its end. */
export async function removeStaged(db: Db, feedId: string, generation: number): Promise<void> {
  await sql`delete from indicators where feed_id = ${feedId} and added_in > ${generation}`.execute(db);
}

export async function removeIndicators(db: Db, feedId: string, hashes: readonly bigint[]): Promise<void> {
  await sql`
    delete from indicators where feed_id = ${feedId} and hash = any(${hashes.map(String)}::bigint[])`.execute(
    db,
  );
}
