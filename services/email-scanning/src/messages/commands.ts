import { createHash } from 'node:crypto';
import { messageAccepted } from '@stockade/contracts';
import type { Message } from '@stockade/contracts/email-scanning';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors } from '@stockade/service-kit';
import type { EmailScanningDb } from '../tables.ts';
import * as queries from './queries.ts';
import { decodeRaw, type StoredRaw } from './raw-codec.ts';
import { checkTransition } from './rules.ts';

type MailWork = Work<EmailScanningDb>;
const target = (id: string) => ({ type: 'message', id });

export interface Delivery {
  raw: Buffer;
  stored: StoredRaw;
  source: string | undefined;
  envelopeFrom: string | undefined;
  envelopeTo: string[];
  clientIp: string | undefined;
}

/** Stores a message and asks for its scan. The same raw message is stored once: its second delivery gives the first. */
export async function acceptMessage(work: MailWork, delivery: Delivery): Promise<Message> {
  const { raw, stored } = delivery;
  const sha256 = createHash('sha256').update(raw).digest('hex');
  const row = await queries.insertMessage(work.trx, {
    tenant_id: work.tenantId,
    id: newId(),
    sha256,
    size_bytes: raw.length,
    source: delivery.source ?? null,
    envelope_from: delivery.envelopeFrom ?? null,
    envelope_to: delivery.envelopeTo,
    client_ip: delivery.clientIp ?? null,
    received_at: work.now,
  });
  if (!row) {
    const first = await queries.findByHash(work.trx, sha256);
    if (!first) throw errors.conflict('The same message is being stored right now: try again shortly.');
    return { ...queries.toMessage(first), duplicate: true };
  }
  await queries.insertRaw(work.trx, work.tenantId, row.id, stored);
  work.emit(messageAccepted, {
    aggregateId: row.id,
    aggregateVersion: row.version,
    payload: { messageId: row.id },
  });
  work.audit({
    action: 'email-scanning.message.create',
    target: target(row.id),
    changes: changed(null, {
      sha256,
      sizeBytes: raw.length,
      source: row.source,
      envelopeFrom: row.envelope_from,
    }),
  });
  return queries.toMessage(row);
}

/** The raw message; that it was read is on record. */
export async function readRaw(work: MailWork, id: string): Promise<Buffer> {
  const stored = await queries.findRaw(work.trx, id);
  if (!stored) throw errors.notFound('Message', id);
  work.audit({ action: 'email-scanning.message.read-raw', target: target(id) });
  return decodeRaw(stored);
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
