import { setTimeout as delay } from 'node:timers/promises';
import { maxMessageBytes } from '@stockade/contracts/email-scanning';
import { inTenant } from '@stockade/database';
import { runWork } from '@stockade/messaging';
import type { Sealer } from '@stockade/secrets';
import type { Service } from '@stockade/service-kit';
import type { ImapFlow } from 'imapflow';
import { sql } from 'kysely';
import type { MailSettings } from '../config.ts';
import { secretContext } from '../sources/commands.ts';
import type { SourceSettings } from '../sources/tables.ts';
import { callerOf, noteRefused, takeIn, type Way } from '../sources/take-in.ts';
import type { RawStore } from '../storage/raw-store.ts';
import type { EmailScanningDb } from '../tables.ts';
import { openMailbox } from './connect.ts';
import { MailboxError } from './errors.ts';
import { holdLease, type Lease, LeaseLost } from './lease.ts';
import { type Batch, type Fetched, readNew } from './read-new.ts';

export interface ImapParts {
  service: Pick<Service<EmailScanningDb>, 'db' | 'systemDb' | 'log'>;
  raws: RawStore;
  sealer: Sealer;
  settings: Pick<MailSettings, 'IMAP_POLL_SECONDS' | 'IMAP_ALLOW_PRIVATE'>;
}

interface Mailbox {
  way: Way;
  settings: SourceSettings;
  secret: Buffer | null;
}

async function findMailbox({ service }: ImapParts, { tenantId, sourceId }: Lease): Promise<Mailbox> {
  const row = await inTenant(
    service.db,
    tenantId,
    (trx) =>
      trx
        .selectFrom('sources')
        .select(['name', 'settings', 'secret'])
        .where('id', '=', sourceId)
        .where('active', '=', true)
        .executeTakeFirst(),
    { readOnly: true },
  );
  if (!row) throw new LeaseLost();
  const { name, settings, secret } = row;
  return { way: { tenantId, sourceId, name }, settings, secret };
}

async function findPlace({ service }: ImapParts, { tenantId, sourceId }: Lease) {
  const row = await inTenant(
    service.db,
    tenantId,
    (trx) =>
      trx
        .selectFrom('source_states')
        .select(['uid_validity', 'last_uid'])
        .where('source_id', '=', sourceId)
        .executeTakeFirst(),
    { readOnly: true },
  );
  return { uidValidity: row?.uid_validity ?? null, lastUid: Number(row?.last_uid ?? 0) };
}

/** Stores a batch and where the mailbox is read to, in one transaction: nothing is lost or taken twice. */
async function store(parts: ImapParts, lease: Lease, way: Way, batch: Batch): Promise<void> {
  const { service, raws } = parts;
  const taken = batch.messages.filter(
    (message): message is Fetched & { raw: Buffer } => message.raw !== null,
  );
  const stored = await Promise.all(taken.map(({ raw }) => raws.put(way.tenantId, raw)));
  const messages = await runWork(service.db, callerOf(way), async (work) => {
    await holdLease(work.trx, lease);
    const accepted = [];
    for (const [at, { raw }] of taken.entries()) {
      const put = stored[at];
      if (!put) continue;
      const rest = { envelopeFrom: undefined, envelopeTo: [], clientIp: undefined };
      accepted.push(await takeIn(work, way, { raw, stored: put, ...rest }));
    }
    for (const { uid, raw } of batch.messages) {
      if (raw !== null) continue;
      const reason = `It is larger than ${maxMessageBytes} bytes.`;
      await noteRefused(work.trx, way.sourceId, { at: work.now.toISOString(), what: `UID ${uid}`, reason });
    }
    await work.trx
      .updateTable('source_states')
      .set({ uid_validity: batch.uidValidity, last_uid: String(batch.lastUid) })
      .where('source_id', '=', way.sourceId)
      .execute();
    return accepted;
  });
  for (const [at, { duplicate }] of messages.entries()) {
    const put = stored[at];
    if (duplicate && put) await raws.discard(put);
  }
}

/** Waits until the server tells of new mail, or it is time to ask. Gives false when the connection is gone. */
async function waitForMail(client: ImapFlow, ms: number, signal: AbortSignal): Promise<boolean> {
  const stop = new AbortController();
  const until = AbortSignal.any([signal, stop.signal]);
  let wake = () => {};
  const woken = new Promise<void>((resolve) => {
    wake = resolve;
  });
  client.on('exists', wake);
  client.on('close', wake);
  await Promise.race([woken, delay(ms, undefined, { signal: until }).catch(() => {})]);
  stop.abort();
  client.off('exists', wake);
  client.off('close', wake);
  return client.usable;
}

/**
 * Reads a mailbox from where it was left, and goes on as new mail comes, until `untilMs` (as of `performance.now()`) or
 * the signal. Throws what keeps it from doing so.
 */
export async function runSession(
  parts: ImapParts,
  lease: Lease,
  { untilMs, signal }: { untilMs: number; signal: AbortSignal },
): Promise<void> {
  const { way, settings, secret } = await findMailbox(parts, lease);
  const password = secret
    ? parts.sealer.open(secret, secretContext(way.tenantId, way.sourceId)).toString()
    : '';
  const client = await openMailbox(settings, password, { allowPrivate: parts.settings.IMAP_ALLOW_PRIVATE });
  const hangUp = () => client.close();
  signal.addEventListener('abort', hangUp);
  try {
    await clearError(parts, lease);
    let connected = true;
    while (connected && !signal.aborted) {
      for await (const batch of readNew(client, await findPlace(parts, lease))) {
        await store(parts, lease, way, batch);
        if (signal.aborted) return;
      }
      const left = untilMs - performance.now();
      if (left <= 0) break;
      connected = await waitForMail(client, Math.min(left, parts.settings.IMAP_POLL_SECONDS * 1_000), signal);
      // What the server has to tell it tells with the answer.
      if (connected) await client.noop();
    }
    // With a pause before the next time, lest a server that always hangs up is called without end.
    if (!connected && !signal.aborted) throw new MailboxError('The server closed the connection.');
    await client.logout();
  } catch (error) {
    // What fails because it was stopped did not fail.
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', hangUp);
    client.close();
  }
}

async function clearError({ service }: ImapParts, { tenantId, sourceId, id }: Lease): Promise<void> {
  await sql`
    update source_states set last_error = null, last_error_at = null, failures = 0
    where tenant_id = ${tenantId} and source_id = ${sourceId} and lease = ${id} and last_error is not null`.execute(
    service.systemDb,
  );
}
