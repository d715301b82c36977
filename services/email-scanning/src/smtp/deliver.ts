import { runWork } from '@stockade/messaging';
import type { Kysely } from 'kysely';
import { callerOf, takeIn } from '../sources/take-in.ts';
import type { RawStore } from '../storage/raw-store.ts';
import type { EmailScanningDb } from '../tables.ts';
import type { Route } from './recipients.ts';

export interface Envelope {
  from: string | undefined;
  /** Recipients with where their mail goes. */
  to: readonly { address: string; route: Route }[];
  clientIp: string;
}

/**
 * Stores a message for each source that takes one of its recipients; no tenant hears of another's. Returns when all of
 * it is committed. When one fails the client sends it again, and those that have it already notice.
 */
export async function deliver(
  { db, raws }: { db: Kysely<EmailScanningDb>; raws: RawStore },
  raw: Buffer,
  { from, to, clientIp }: Envelope,
): Promise<void> {
  for (const recipients of Map.groupBy(to, ({ route }) => route.sourceId).values()) {
    const [first] = recipients;
    if (!first) continue;
    const { tenantId, sourceId, name } = first.route;
    const way = { tenantId, sourceId, name };
    const stored = await raws.put(tenantId, raw);
    const message = await runWork(db, { ...callerOf(way), ip: clientIp }, (work) =>
      takeIn(work, way, {
        ...{ raw, stored, envelopeFrom: from, clientIp },
        envelopeTo: recipients.map(({ address }) => address),
      }),
    );
    if (message.duplicate) await raws.discard(stored);
  }
}
