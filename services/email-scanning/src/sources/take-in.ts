import type { Message } from '@stockade/contracts/email-scanning';
import { type Caller, systemCaller, type Work } from '@stockade/messaging';
import { type Kysely, sql, type Transaction } from 'kysely';
import { acceptMessage, type Delivery } from '../messages/commands.ts';
import type { EmailScanningDb } from '../tables.ts';
import type { RefusedMessage } from './tables.ts';

type Db = Kysely<EmailScanningDb> | Transaction<EmailScanningDb>;

/** A source as mail comes in by it. */
export interface Way {
  tenantId: string;
  sourceId: string;
  name: string;
}

/** What comes by a source is done in its name. */
export const callerOf = ({ tenantId, sourceId, name }: Way): Caller => ({
  ...systemCaller(tenantId, 'email-scanning'),
  actor: { type: 'system', id: sourceId, name },
});

/** Takes a message in that came by a source. One that the tenant has already is not stored again, and says so. */
export async function takeIn(
  work: Work<EmailScanningDb>,
  { sourceId, name }: Way,
  delivery: Omit<Delivery, 'source' | 'sourceId'>,
): Promise<Message> {
  const message = await acceptMessage(work, { ...delivery, source: name, sourceId });
  await noteMessage(work.trx, sourceId, work.now);
  return message;
}

const noteEverySeconds = 5;
const maxRefused = 20;

/** Notes that mail comes: now and then, and never waiting, so that no two messages of a source are in each other's way. */
async function noteMessage(db: Db, sourceId: string, now: Date): Promise<void> {
  await sql`
    update source_states set last_message_at = ${now}, last_error = null, last_error_at = null, failures = 0
    where source_id = (
      select source_id from source_states
      where source_id = ${sourceId} and (last_error is not null or last_message_at is null
        or last_message_at < ${now}::timestamptz - make_interval(secs => ${noteEverySeconds}))
      for update skip locked)`.execute(db);
}

/** Notes a message that is not taken, and why. */
export async function noteRefused(db: Db, sourceId: string, refused: RefusedMessage): Promise<void> {
  await sql`
    update source_states
    set refused = jsonb_path_query_array(${JSON.stringify([refused])}::jsonb || refused, ${`$[0 to ${maxRefused - 1}]`}::jsonpath)
    where source_id = ${sourceId}`.execute(db);
}
