import { fraudDetected, messageAccepted } from '@stockade/contracts';
import type { Finding } from '@stockade/contracts/email-scanning';
import type { Work } from '@stockade/messaging';
import { type Kysely, sql } from 'kysely';
import { domainOf } from '../engine/domains.ts';
import { countCleanSenders, messageIdHash } from '../history/queries.ts';
import * as queries from '../messages/queries.ts';
import { summarize } from '../messages/rules.ts';
import { scannedChannel } from '../messages/verdict-waiters.ts';
import { insertReferences } from '../rescan/reference-queries.ts';
import type { EmailScanningDb } from '../tables.ts';
import type { Scan, Scanned } from './scan-messages.ts';

type Db = EmailScanningDb;

/** PostgreSQL's text holds no NUL, and its JSON no half surrogate pair: a mail may hold both. */
const storable = (text: string) => text.toWellFormed().replaceAll('\u0000', '\ufffd');

export function storableFindings(findings: readonly Finding[]): Finding[] {
  return JSON.parse(
    JSON.stringify(findings, (_, value) => (typeof value === 'string' ? storable(value) : value)),
  );
}

/** A message's verdict as its row takes it. */
export function verdictRow(id: string, scanned: Scanned) {
  const { result, messageId, from, to, subject, disposition } = scanned;
  return {
    id,
    verdict: result.verdict,
    score: result.score,
    disposition,
    findings: storableFindings(result.findings),
    from_address: from && storable(from),
    to_addresses: to.map(storable),
    subject: subject && storable(subject),
    supplier_id: result.related.supplierId,
    purchase_order_ids: result.related.purchaseOrderIds,
    message_id_hash: messageId === null ? null : messageIdHash(messageId).toString('hex'),
  };
}

/** Writes verdicts: once each, whatever comes twice. What was put off is asked for again. */
export async function storeVerdicts(work: Work<Db>, scans: ReadonlyMap<string, Scan>): Promise<void> {
  const waiting = await queries.lockUnscanned(work.trx, [...scans.keys()]);
  const rows = waiting.flatMap(({ id, version }) => {
    const scanned = scans.get(id);
    if (scanned === undefined) return [];
    if (scanned !== 'later') return [{ version: version + 1, scanned, row: verdictRow(id, scanned) }];
    work.emit(messageAccepted, { aggregateId: id, aggregateVersion: version, payload: { messageId: id } });
    return [];
  });
  if (rows.length === 0) return;
  await queries.storeVerdicts(
    work.trx,
    rows.map(({ row }) => row),
    work.now,
  );
  await insertReferences(
    work.trx,
    work,
    rows.flatMap(({ row, scanned: { references } }) =>
      references === null ? [] : [{ messageId: row.id, references }],
    ),
  );
  for (const { version, scanned, row } of rows) tell(work, version, scanned, row);
  await countCleanSenders(
    work.trx,
    work.tenantId,
    rows.flatMap(({ scanned: { result, from } }) => {
      const domain = domainOf(from ?? undefined);
      return result.verdict === 'clean' && from && domain
        ? [{ address: storable(from), domain: storable(domain) }]
        : [];
    }),
  );
}

/**
 * Wakes the requests that wait for these verdicts, in whatever process they are. Outside of a transaction: a NOTIFY within
 * makes all commits of the database wait for one another.
 */
export async function announceVerdicts(db: Kysely<Db>, messageIds: readonly string[]): Promise<void> {
  await sql`select pg_notify(${scannedChannel}, ${messageIds.join(' ')})`.execute(db);
}

function tell(work: Work<Db>, version: number, { result }: Scanned, row: ReturnType<typeof verdictRow>) {
  work.audit({
    action: 'email-scanning.message.scan',
    target: { type: 'message', id: row.id },
    changes: {
      verdict: { before: null, after: row.verdict },
      score: { before: null, after: row.score },
      disposition: { before: null, after: row.disposition },
    },
  });
  if (!result.fraud) return;
  work.emit(fraudDetected, {
    aggregateId: row.id,
    aggregateVersion: version,
    payload: {
      messageId: row.id,
      ...result.fraud,
      score: row.score,
      findings: summarize(row.findings),
    },
  });
}
