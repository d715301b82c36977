import type { Kysely } from 'kysely';
import type { EmailScanningDb } from '../tables.ts';
import type { ObjectStore } from './object-store.ts';

/** Far longer than any transaction takes between the object's writing and its commit. */
const minAgeMs = 24 * 3_600_000;
const pagesEachTime = 100;

const nameShape = /^[0-9a-f-]{36}\/[0-9a-f-]{36}$/;

/**
 * Removes objects that no message names: what was written for transactions that never committed. A name is made for one
 * message and never again, so what is old and unnamed stays so. Goes through the bucket a part at a time; gives where
 * to go on, or null at its end.
 */
export async function removeOrphans(
  systemDb: Kysely<EmailScanningDb>,
  objects: ObjectStore,
  { after, now, signal }: { after: string | null; now: Date; signal: AbortSignal },
): Promise<{ next: string | null; removed: number }> {
  let next = after;
  let removed = 0;
  for (let page = 0; page < pagesEachTime && !signal.aborted; page++) {
    const listed = await objects.list(next);
    const last = listed.at(-1);
    if (!last) return { next: null, removed };
    const old = listed.filter(
      ({ name, changedAt }) => nameShape.test(name) && now.getTime() - changedAt.getTime() > minAgeMs,
    );
    for (const name of await unnamed(
      systemDb,
      old.map(({ name }) => name),
    )) {
      if (signal.aborted) return { next, removed };
      await objects.delete(name);
      removed++;
    }
    next = last.name;
  }
  return { next, removed };
}

async function unnamed(systemDb: Kysely<EmailScanningDb>, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const rows = await systemDb
    .selectFrom('raw_messages')
    .select('object_name')
    .where('object_name', 'in', names)
    .execute();
  const named = new Set(rows.map((row) => row.object_name));
  return names.filter((name) => !named.has(name));
}
