import { setTimeout as delay } from 'node:timers/promises';
import { errors, type Service } from '@stockade/service-kit';
import { type Kysely, sql } from 'kysely';
import type { RawStore } from '../storage/raw-store.ts';
import type { EmailScanningDb } from '../tables.ts';

type Intake = Pick<RawStore, 'put'>;

/** How many messages of one tenant may wait for their verdict before more are turned away, and how many of all. */
const defaults = { tenantMax: 2_000, allMax: 8_000 };
/** Mail that can wait by itself (mailboxes, files) leaves so much of the room to mail that comes now. */
const patientShare = 0.5;
const patientMs = 5_000;
const lookEveryMs = 250;
const retryAfterSeconds = 2;

export interface Backlog {
  start(service: Pick<Service<EmailScanningDb>, 'systemDb' | 'log' | 'onShutdown'>): void;
  /** Turns mail away (503, with when to come again) while too much waits. */
  urgent(raws: RawStore): RawStore;
  /** As `urgent`, but waits for room at first. */
  patient(raws: RawStore): RawStore;
}

/** What waits, of all tenants: in an index that holds nothing else. At most so many are counted. */
async function countWaiting(systemDb: Kysely<EmailScanningDb>, most: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ tenant_id: string; n: number }>`
    select tenant_id, count(*)::int as n
    from (select tenant_id from messages where status <> 'scanned' limit ${most}) waiting group by 1`.execute(
    systemDb,
  );
  return new Map(rows.map((row) => [row.tenant_id, row.n]));
}

/**
 * Keeps what waits for a verdict within bounds: more than the scanner can do is turned away before it is stored, so that
 * what is accepted has its verdict soon, and a flood of one tenant leaves room to the others. The count is a quarter of
 * a second old at most, plus what this process took in since; several replicas may go a little over.
 */
export function createBacklog({ tenantMax, allMax } = defaults): Backlog {
  let waiting = new Map<string, number>();
  let since = new Map<string, number>();
  const sum = (counts: ReadonlyMap<string, number>) => counts.values().reduce((all, n) => all + n, 0);
  const isFull = (tenantId: string, share: number) =>
    (waiting.get(tenantId) ?? 0) + (since.get(tenantId) ?? 0) >= tenantMax * share ||
    sum(waiting) + sum(since) >= allMax * share;

  const guarded = (raws: RawStore, put: Intake['put']): RawStore => ({ ...raws, put });
  const take = (raws: RawStore, tenantId: string, raw: Buffer) => {
    since.set(tenantId, (since.get(tenantId) ?? 0) + 1);
    return raws.put(tenantId, raw);
  };
  const refuse = () =>
    errors.unavailable(
      'More mail waits for its verdict than can be scanned soon: send it again later.',
      retryAfterSeconds,
    );
  return {
    start({ systemDb, log, onShutdown }) {
      const stop = new AbortController();
      const look = async () => {
        while (!stop.signal.aborted) {
          const before = since;
          since = new Map();
          // Nothing came and nothing waited: nothing has changed.
          if (before.size > 0 || waiting.size > 0)
            waiting = await countWaiting(systemDb, allMax + 1).catch((error) => {
              log.warn({ err: error }, 'What waits could not be counted');
              return waiting;
            });
          await delay(lookEveryMs, undefined, { signal: stop.signal, ref: false }).catch(() => {});
        }
      };
      const looking = look();
      onShutdown(async () => {
        stop.abort();
        await looking;
      });
    },
    urgent: (raws) =>
      guarded(raws, async (tenantId, raw) => {
        if (isFull(tenantId, 1)) throw refuse();
        return take(raws, tenantId, raw);
      }),
    patient: (raws) =>
      guarded(raws, async (tenantId, raw) => {
        for (let waited = 0; isFull(tenantId, patientShare); waited += lookEveryMs) {
          if (waited >= patientMs) throw refuse();
          await delay(lookEveryMs);
        }
        return take(raws, tenantId, raw);
      }),
  };
}
