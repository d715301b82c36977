import { generateKeyPairSync } from 'node:crypto';
import { auditEntryRecorded, type EventEnvelope } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { processBatch } from '@stockade/messaging';
import { startTestService, type TestService } from '@stockade/testing';
import { canonicalize, leafHash, openCheckpoint, verifyInclusion } from '@stockade/transparency-log';
import { createAudit } from '../src/app.ts';
import { migrations } from '../src/migrations/index.ts';

const { privateKey } = generateKeyPairSync('ed25519');
export const settings = {
  AUDIT_SIGNING_KEY: Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64'),
  AUDIT_LOG_ORIGIN: 'log.example/audit',
  AUDIT_CHECKPOINT_INTERVAL_SECONDS: 1,
  AUDIT_WITNESSES: '',
  AUDIT_WITNESS_TIMEOUT_SECONDS: 1,
  SIEM_ALLOW_PRIVATE: false,
  SIEM_PAUSE_AFTER_HOURS: 24,
};
const audit = createAudit(settings);
/** The service as it was made. */
export const startWith = (t: Parameters<typeof startTestService>[0], definition: typeof audit) =>
  startTestService(t, definition, {
    migrations,
    config: { AUDIT_ENCRYPTION_KEY: 'only for tests: a key of 32 characters or more' },
  });
export const start = (t: Parameters<typeof startTestService>[0]) => startWith(t, audit);

/** A change as a service tells it, with text and numbers that are easily spoilt on the way. */
export function entry(tenantId: string, overrides: Record<string, unknown> = {}): EventEnvelope {
  const at = new Date().toISOString();
  return {
    ...{ id: newId(), type: auditEntryRecorded.type, tenantId, aggregateId: 'x', aggregateVersion: 0 },
    ...{ occurredAt: at, requestId: 'r-1', traceparent: null },
    payload: {
      ...{
        occurredAt: at,
        actor: { type: 'user', id: newId(), name: 'Zoë “Z” O’Hara 😀' },
        onBehalfOf: null,
      },
      ...{ action: 'inventory.item.update', target: { type: 'item', id: newId() } },
      changes: {
        name: { before: null, after: 'Schräubchen' },
        size: { before: 1.5, after: 1e21 },
        tags: { before: [], after: { b: 1, a: [null, true] } },
      },
      ...{ ip: '192.0.2.1', requestId: 'r-1', traceId: null },
      ...overrides,
    },
  };
}

const [consumer] = audit.consumers ?? [];

/** Delivers entries in one job, as the queue does. */
export async function record(service: TestService, events: EventEnvelope[]) {
  if (!consumer) throw new Error('audit has no consumer');
  return processBatch({ db: service.service.db, log: service.service.log, consumer }, events);
}

/** Checks an entry as an auditor does: from its fields to the signed checkpoint. */
export async function proofHolds(
  service: TestService,
  id: string,
  tenantId = service.tenantId,
  alter: (entry: Record<string, unknown>) => void = () => {},
) {
  const auditor = service.as('auditor', { tenantId });
  const { status, body: proof } = await auditor.get(`/v1/audit/entries/${id}/proof`);
  if (status !== 200) throw new Error(JSON.stringify(proof));
  const { verifierKey } = (await auditor.get('/v1/audit/checkpoints/latest')).body;
  const checkpoint = openCheckpoint(proof.checkpoint, verifierKey);
  alter(proof.entry);
  // What was removed is proven by its leaf hash alone.
  const hash = proof.entry.removed
    ? Buffer.from(proof.entry.leafHash, 'base64')
    : leafHash(Buffer.from(canonicalize(proof.entry)));
  return verifyInclusion({
    leafHash: hash,
    leafIndex: proof.leafIndex,
    treeSize: checkpoint.size,
    hashes: proof.hashes.map((text: string) => Buffer.from(text, 'base64')),
    rootHash: checkpoint.rootHash,
  });
}
