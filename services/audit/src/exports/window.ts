import { type Kysely, sql, type Transaction } from 'kysely';
import { type EntryFilters, fits } from '../entries/filters.ts';
import { hasWords, parseSearch, type Wanted } from '../search/words.ts';
import type { AuditDb } from '../tables.ts';

type Db = Kysely<AuditDb> | Transaction<AuditDb>;

/** So many entries are looked at, whatever the filters leave of them: no statement takes long. */
const windowEntries = 2_000;
/** And so many bytes of them are held in memory, or one entry. */
const windowBytes = 8 * 1024 * 1024;

export interface Row {
  sequence: number;
  /** The canonical JSON, as it is stored. */
  entry: string;
}

export interface Window {
  /** In the order of their sequences; a sequence that somebody put in twice is there twice. */
  rows: Row[];
  /** All entries up to this one were looked at. */
  end: number;
}

function matches(text: string, wanted: Wanted): boolean {
  try {
    return hasWords(JSON.parse(text), wanted);
  } catch {
    // It was tampered with: who looks for words does not find it.
    return false;
  }
}

/** The wanted entries among the next ones after `position`, none beyond `logSize`. */
export async function readWindow(
  db: Db,
  { filters, position, logSize }: { filters: EntryFilters; position: number; logSize: number },
): Promise<Window> {
  const end = Math.min(position + windowEntries, logSize);
  const found = db
    .selectFrom('entries')
    .select(['entry', sql<number>`sequence::float8`.as('sequence')])
    // Peers, which are those of one sequence, have the same sum.
    .select(sql<number>`sum(octet_length(entry)) over (order by entries.sequence)`.as('bytes'))
    .select(sql<number>`(min(entries.sequence) over ())::float8`.as('first'))
    .select(sql<number>`(max(entries.sequence) over ())::float8`.as('last'))
    .where('sequence', '>', String(position))
    .where('sequence', '<=', String(end))
    .where(fits(filters))
    .as('found');
  const rows = await db
    .selectFrom(found)
    .select(['sequence', 'entry', 'last'])
    .where((eb) => eb.or([eb('bytes', '<=', windowBytes), eb('sequence', '=', eb.ref('first'))]))
    .orderBy('sequence')
    .execute();
  const last = rows.at(-1);
  const wanted = filters.search === undefined ? null : parseSearch(filters.search);
  return {
    rows: wanted ? rows.filter(({ entry }) => matches(entry, wanted)) : rows,
    end: last && last.sequence < last.last ? last.sequence : end,
  };
}

export interface SignedCheckpoint {
  size: number;
  checkpoint: string;
}

/** The checkpoints of sizes above `position`, up to `end`. */
export async function readCheckpoints(db: Db, position: number, end: number): Promise<SignedCheckpoint[]> {
  return db
    .selectFrom('checkpoints')
    .select(['checkpoint', sql<number>`size::float8`.as('size')])
    .where('size', '>', String(position))
    .where('size', '<=', String(end))
    .orderBy(sql.ref('checkpoints.size'))
    .execute();
}

/** The checkpoint of the greatest size. */
export async function findLastCheckpoint(db: Db): Promise<SignedCheckpoint | undefined> {
  return db
    .selectFrom('checkpoints')
    .select(['checkpoint', sql<number>`size::float8`.as('size')])
    .orderBy(sql.ref('checkpoints.size'), 'desc')
    .limit(1)
    .executeTakeFirst();
}
