import { setTimeout as delay } from 'node:timers/promises';
import { fraudDetected, messageAccepted } from '@stockade/contracts';
import type { Finding } from '@stockade/contracts/email-scanning';
import { inTenant } from '@stockade/database';
import { consumer, on, type Preparation, type Work } from '@stockade/messaging';
import { type Kysely, sql } from 'kysely';
import { type Engine, type ScanKnowledge, type ScanResult, unscannable } from '../engine/index.ts';
import * as queries from '../messages/queries.ts';
import { decodeRaw } from '../messages/raw-codec.ts';
import { dispositionOf, summarize } from '../messages/rules.ts';
import { scannedChannel } from '../messages/verdict-waiters.ts';
import { loadKnowledge, mayBeBehind } from '../projections/knowledge.ts';
import type { EmailScanningDb } from '../tables.ts';

type Db = EmailScanningDb;
type Accepted = { tenantId: string; payload: { messageId: string } };

/** What the scan found, beside how the message describes itself. */
interface Scanned {
  result: ScanResult;
  from: string | null;
  to: string[];
  subject: string | null;
}

const projectionWaitMs = 1_500;
const pollMs = 50;
const maxSubject = 500;
const maxAddresses = 100;

/** Loads what the tenant knows, and waits shortly while it seems to be behind the mail. */
async function knowledgeFor(
  db: Kysely<Db>,
  tenantId: string,
  references: Parameters<typeof loadKnowledge>[1],
): Promise<ScanKnowledge> {
  const deadline = Date.now() + projectionWaitMs;
  for (;;) {
    const knowledge = await inTenant(db, tenantId, (trx) => loadKnowledge(trx, references), {
      readOnly: true,
    });
    if (!mayBeBehind(knowledge, references) || Date.now() >= deadline) return knowledge;
    await delay(pollMs);
  }
}

/** Reads, parses and judges a message, before any transaction is open. Null when there is nothing left to do. */
async function scanStored(
  engine: Engine,
  { db }: Preparation<Db>,
  { tenantId, payload }: Accepted,
): Promise<Scanned | null> {
  const found = await inTenant(
    db,
    tenantId,
    async (trx) => ({
      row: await queries.findMessage(trx, payload.messageId),
      raw: await queries.findRaw(trx, payload.messageId),
    }),
    { readOnly: true },
  );
  const { row, raw } = found;
  if (!row || !raw || row.status === 'scanned') return null;
  const envelope = {
    ...(row.envelope_from ? { from: row.envelope_from } : {}),
    to: row.envelope_to,
    ...(row.client_ip ? { clientIp: row.client_ip } : {}),
  };
  const bytes = await decodeRaw(raw);
  const parsed = await engine.parse(bytes);
  if (!parsed.message) return { result: unscannable(parsed.reason), from: null, to: [], subject: null };
  const { message, references } = parsed;
  const knowledge = await knowledgeFor(db, tenantId, references);
  return {
    result: await engine.scan(message, knowledge, envelope),
    from: message.from?.address ?? null,
    to: message.to.slice(0, maxAddresses).map((to) => to.address),
    subject: message.subject?.slice(0, maxSubject) ?? null,
  };
}

/** PostgreSQL's text holds no NUL, and its JSON no half surrogate pair: a mail may hold both. */
const storable = (text: string) => text.toWellFormed().replaceAll('\u0000', '�');

function storableFindings(findings: readonly Finding[]): Finding[] {
  return JSON.parse(JSON.stringify(findings), (_, value) =>
    typeof value === 'string' ? storable(value) : value,
  );
}

/** Writes the verdict: once, whatever comes twice. */
async function storeVerdict(work: Work<Db>, messageId: string, scanned: Scanned | null): Promise<void> {
  const row = scanned ? await queries.lockMessage(work.trx, messageId) : undefined;
  if (!scanned || !row || row.status === 'scanned') return;
  const { result } = scanned;
  const findings = storableFindings(result.findings);
  const disposition = dispositionOf(result.verdict);
  const updated = await queries.updateMessage(work.trx, messageId, {
    status: 'scanned',
    verdict: result.verdict,
    score: result.score,
    disposition,
    findings: JSON.stringify(findings),
    from_address: scanned.from && storable(scanned.from),
    to_addresses: scanned.to.map(storable),
    subject: scanned.subject && storable(scanned.subject),
    supplier_id: result.related.supplierId,
    purchase_order_ids: result.related.purchaseOrderIds,
    scanned_at: work.now,
  });
  const { verdict, score } = result;
  work.audit({
    action: 'email-scanning.message.scan',
    target: { type: 'message', id: messageId },
    changes: {
      verdict: { before: null, after: verdict },
      score: { before: null, after: score },
      disposition: { before: null, after: disposition },
    },
  });
  if (result.fraud) {
    work.emit(fraudDetected, {
      aggregateId: messageId,
      aggregateVersion: updated.version,
      payload: { messageId, ...result.fraud, score, findings: summarize(findings) },
    });
  }
  await sql`select pg_notify(${scannedChannel}, ${messageId})`.execute(work.trx);
}

/** Judges accepted messages, a few at a time: parsing runs in worker threads, the database is asked in between. */
export const scanConsumer = (engine: Engine) =>
  consumer<Db>(
    'email-scanning.scan',
    [
      on(
        messageAccepted,
        (work: Work<Db>, event, scanned: Scanned | null) =>
          storeVerdict(work, event.payload.messageId, scanned),
        { prepare: (context: Preparation<Db>, event) => scanStored(engine, context, event) },
      ),
    ],
    { concurrency: 4 },
  );
