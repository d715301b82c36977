import { type Kysely, sql } from 'kysely';

/** The relays of this process. */
const relays = new Set<() => void>();

/** Has a relay woken whenever something is committed in this process. The function given back ends that. */
export function onNews(wake: () => void): () => void {
  relays.add(wake);
  return () => void relays.delete(wake);
}

/** How far apart a process without a relay tells the others of news. */
const apartMs = 20;
const waiting = new WeakSet<object>();

/**
 * Tells that something may have been written to an outbox. A relay in this process hears it at once; without one (the
 * role `http`) the relays of other processes hear it by NOTIFY, soon and seldom: each costs a commit of its own, which
 * no other commit can run beside. Relays look by themselves every second, so that news that is lost is only late.
 */
export function announce<DB>(db: Kysely<DB>): void {
  if (relays.size > 0) {
    for (const wake of relays) wake();
    return;
  }
  if (waiting.has(db)) return;
  waiting.add(db);
  setTimeout(() => {
    waiting.delete(db);
    sql`select pg_notify(current_schema() || '_outbox', '')`.execute(db).catch(() => {});
  }, apartMs).unref();
}
