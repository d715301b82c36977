import { rescanRequested } from '@stockade/contracts';
import { type Message, rescanMessage } from '@stockade/contracts/email-scanning';
import type { Work } from '@stockade/messaging';
import { checkVersion, defineRoutes, errors } from '@stockade/service-kit';
import { findRaw, lockMessage, toMessage } from '../messages/queries.ts';
import type { EmailScanningDb } from '../tables.ts';

/** Asks for another scan of a message that has a verdict. */
async function requestRescan(
  work: Work<EmailScanningDb>,
  id: string,
  ifMatch: number | null,
): Promise<Message> {
  const row = await lockMessage(work.trx, id);
  if (!row) throw errors.notFound('Message', id);
  checkVersion(row.version, ifMatch);
  if (row.status !== 'scanned')
    throw errors.invalidState({ what: `Message ${id}`, state: row.status, allowed: ['scanned'] });
  if (!(await findRaw(work.trx, id)))
    throw errors.conflict(`The raw message ${id} is past its time: there is nothing left to scan.`);
  work.emit(rescanRequested, {
    aggregateId: id,
    aggregateVersion: row.version,
    payload: { messageId: id, reason: 'person' },
  });
  work.audit({ action: 'email-scanning.message.request-rescan', target: { type: 'message', id } });
  return toMessage(row);
}

export const rescanRoutes = defineRoutes<EmailScanningDb>((route) => {
  route(rescanMessage, ({ params, ifMatch, command }) =>
    command((work) => requestRescan(work, params.messageId, ifMatch)),
  );
});
