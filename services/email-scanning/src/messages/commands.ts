import { createHash } from 'node:crypto';
import { messageAccepted } from '@stockade/contracts';
import type { Message } from '@stockade/contracts/email-scanning';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, createCommandGroup, errors, ServiceError } from '@stockade/service-kit';
import { recordRepeats } from '../sources/deliveries.ts';
import type { RawStore, StoredRaw } from '../storage/raw-store.ts';
import type { EmailScanningDb } from '../tables.ts';
import * as queries from './queries.ts';
import { checkTransition } from './rules.ts';

type MailWork = Work<EmailScanningDb>;
const target = (id: string) => ({ type: 'message', id });

export interface Delivery {
  raw: Buffer;
  stored: StoredRaw;
  source: string | undefined;
  /** The source that it came by, if any. */
  sourceId?: string;
  envelopeFrom: string | undefined;
  envelopeTo: string[];
  clientIp: string | undefined;
}

/** Stores a message and asks for its scan. The same raw message is stored once: its second delivery gives the first. */
export async function acceptMessage(work: MailWork, delivery: Delivery): Promise<Message> {
  const [accepted] = await acceptMessages([work], [delivery]);
  if (accepted instanceof ServiceError) throw accepted;
  return accepted as Message;
}

/** Stores messages of one tenant, each for its own caller, in the transaction that their works share; or says why not. */
export async function acceptMessages(
  works: readonly MailWork[],
  deliveries: readonly Delivery[],
): Promise<(Message | ServiceError)[]> {
  const { trx, tenantId } = works[0] as MailWork;
  const incoming = deliveries.map((delivery, at) => ({
    id: delivery.stored.message_id,
    sha256: createHash('sha256').update(delivery.raw).digest('hex'),
    work: works[at] as MailWork,
    delivery,
  }));
  const rows = await queries.insertMessages(
    trx,
    incoming.map(({ id, sha256, delivery, work }) => ({
      ...{ tenant_id: tenantId, id, sha256, size_bytes: delivery.raw.length },
      source: delivery.source ?? null,
      source_id: delivery.sourceId ?? null,
      envelope_from: delivery.envelopeFrom ?? null,
      envelope_to: delivery.envelopeTo,
      client_ip: delivery.clientIp ?? null,
      received_at: work.now,
    })),
  );
  const fresh = new Map(rows.map((row) => [row.id, row]));
  const stored = incoming.filter(({ id }) => fresh.has(id));
  if (stored.length > 0)
    await queries.insertRaws(
      trx,
      stored.map(({ delivery }) => ({ tenant_id: tenantId, ...delivery.stored })),
    );
  const others = incoming.filter(({ id }) => !fresh.has(id)).map(({ sha256 }) => sha256);
  const known = new Map(
    (others.length === 0 ? [] : await queries.listByHash(trx, others)).map((row) => [row.sha256, row]),
  );
  await recordRepeats(
    trx,
    tenantId,
    incoming.flatMap(({ id, sha256, work, delivery }) => {
      const first = fresh.has(id) ? undefined : known.get(sha256);
      return first ? [{ ...delivery, messageId: first.id, receivedAt: work.now }] : [];
    }),
  );
  return incoming.map(({ id, sha256, work }) => {
    const row = fresh.get(id);
    if (row) return noteAccepted(work, row);
    const first = known.get(sha256);
    if (!first) return errors.conflict('The same message is being stored right now: try again shortly.');
    return { ...queries.toMessage(first), duplicate: true };
  });
}

function noteAccepted(work: MailWork, row: queries.MessageRow): Message {
  work.emit(messageAccepted, {
    aggregateId: row.id,
    aggregateVersion: row.version,
    payload: { messageId: row.id },
  });
  work.audit({
    action: 'email-scanning.message.create',
    target: target(row.id),
    changes: changed(null, {
      sha256: row.sha256,
      sizeBytes: row.size_bytes,
      source: row.source,
      envelopeFrom: row.envelope_from,
    }),
  });
  return queries.toMessage(row);
}

/** Mails of one tenant that come at the same moment are stored in one transaction; each keeps its own key and audit entry. */
export const singleMessages = createCommandGroup<EmailScanningDb, Delivery, Message>({
  maxSize: 50,
  maxUnderWay: 2,
  run: acceptMessages,
});

/** The raw message; that it was read is on record. */
export async function readRaw(work: MailWork, raws: RawStore, id: string): Promise<Buffer> {
  const stored = await queries.findRaw(work.trx, id);
  // Of a message, or of one whose raw bytes are past their time.
  if (!stored) throw errors.notFound('Raw message', id);
  work.audit({ action: 'email-scanning.message.read-raw', target: target(id) });
  return raws.get(stored);
}

export async function setDisposition(
  work: MailWork,
  action: 'quarantine' | 'release',
  id: string,
  ifMatch: number | null,
): Promise<Message> {
  const row = await queries.lockMessage(work.trx, id);
  if (!row) throw errors.notFound('Message', id);
  checkVersion(row.version, ifMatch);
  checkTransition(action, id, row.disposition);
  const disposition = action === 'quarantine' ? 'quarantined' : 'released';
  const updated = await queries.updateMessage(work.trx, id, { disposition });
  work.audit({
    action: `email-scanning.message.${action}`,
    target: target(id),
    changes: changed(row, updated, ['disposition']),
  });
  return queries.toMessage(updated);
}
