import { auditEntryRecorded, type EventEnvelope, severityOf } from '@stockade/contracts';
import type { AuditEntry } from '@stockade/contracts/audit';
import { onBatch, type Work } from '@stockade/messaging';
import { canonicalize, leafHash } from '@stockade/transparency-log';
import type { Static } from 'typebox';
import type { AuditDb } from '../tables.ts';
import * as queries from './queries.ts';

type Recorded = EventEnvelope<Static<typeof auditEntryRecorded.payload>>;

/** The entry as it is stored, shown and hashed, at its place in the log. */
function toEntry({ id, tenantId, payload }: Recorded, sequence: number): AuditEntry {
  const severity = severityOf(payload.action);
  const { occurredAt, actor, onBehalfOf, action, target, changes, ip, requestId, traceId } = payload;
  return {
    id,
    tenantId,
    sequence,
    occurredAt,
    actor,
    onBehalfOf,
    action,
    target,
    changes: changes as AuditEntry['changes'],
    ip,
    requestId,
    traceId,
    ...(severity ? { severity } : {}),
  };
}

/**
 * Puts what was changed into the tenant's log: sequence, entries and leaves in one transaction. The tree over the leaves
 * is made by whoever signs it.
 */
export const recordEntries = onBatch(auditEntryRecorded, async (work: Work<AuditDb>, events: Recorded[]) => {
  const { trx, tenantId } = work;
  const size = await queries.lockSize(trx, tenantId);
  const entries = events.map((event, at) => {
    const entry = toEntry(event, size + at + 1);
    const canonical = canonicalize(entry);
    return { entry, canonical, leafHash: leafHash(Buffer.from(canonical)) };
  });
  await queries.append(trx, tenantId, size, entries);
});
