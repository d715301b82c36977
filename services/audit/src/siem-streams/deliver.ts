import { inTenant, newId } from '@stockade/database';
import { runWork, systemCaller } from '@stockade/messaging';
import type { Service, Task } from '@stockade/service-kit';
import type { AuditDb } from '../tables.ts';
import * as queries from './queries.ts';
import { isWanted, retryAfterMs, shownUrl } from './rules.ts';
import { sealerOfStreams, secretContext } from './sealing.ts';
import type { Outcome, Sender } from './send.ts';
import { webhookHeaders } from './signing.ts';

/** How many entries are looked at for one batch, and how much it may hold. */
const lookedAt = 500;
const maxEntries = 200;
const maxBytes = 512 * 1024;

interface Batch {
  stream: queries.StreamRow;
  id: string;
  end: number;
  entries: queries.StoredEntry[];
}

/** The next wanted entries, as many as a batch may hold, and how far was looked. */
function choose(stored: readonly queries.StoredEntry[], actions: readonly string[]) {
  const entries: queries.StoredEntry[] = [];
  let bytes = 0;
  let end = 0;
  for (const one of stored) {
    const wanted = isWanted(one.action, actions);
    if (
      wanted &&
      (entries.length === maxEntries || (entries.length > 0 && bytes + one.entry.length > maxBytes))
    )
      break;
    end = one.sequence;
    if (!wanted) continue;
    entries.push(one);
    bytes += one.entry.length;
  }
  return { entries, end };
}

/**
 * Makes the next batch and notes it, or gives the one again that was not received. Without any that are wanted the stream
 * moves on at once. Undefined when there is nothing to send, or the stream is not this process's any more.
 */
async function prepare({ db }: Service<AuditDb>, lease: queries.Lease): Promise<Batch | undefined> {
  return inTenant(db, lease.tenantId, async (trx) => {
    const stream = await queries.lockLeased(trx, lease);
    if (!stream) return undefined;
    const after = Number(stream.delivered);
    const known = stream.batch_end === null ? null : Number(stream.batch_end);
    const size = await queries.logSize(trx);
    const stored = await queries.entriesAfter(trx, { after, end: known ?? size, limit: lookedAt });
    const { entries, end } = choose(stored, stream.actions);
    if (entries.length === 0) {
      const delivered = stored.length === 0 ? (known ?? size) : end;
      const free = { lease: null, next_attempt_at: new Date() };
      await queries.noteDelivery(trx, stream.id, { ...free, delivered, batch_id: null, batch_end: null });
      return undefined;
    }
    const id = stream.batch_id ?? newId();
    await queries.noteDelivery(trx, stream.id, { batch_id: id, batch_end: known ?? end });
    return { stream, id, end: known ?? end, entries };
  });
}

/** The same bytes each time that it is sent. */
function bodyOf({ stream, entries }: Batch): string {
  const [first, last] = [entries[0], entries.at(-1)] as [queries.StoredEntry, queries.StoredEntry];
  const data = {
    tenantId: stream.tenant_id,
    streamId: stream.id,
    first: first.sequence,
    last: last.sequence,
  };
  const head = JSON.stringify({
    type: 'audit.entries.recorded',
    timestamp: last.occurredAt.toISOString(),
    data,
  });
  // Entries go as the very text that was hashed.
  return `${head.slice(0, -2)},"entries":[${entries.map(({ entry }) => entry).join(',')}]}}`;
}

function secretsOf({ secrets }: Service<AuditDb>, stream: queries.StreamRow): string[] {
  const sealer = sealerOfStreams(secrets);
  const { previous_secret, previous_secret_until } = stream;
  const overlaps = previous_secret_until !== null && previous_secret_until.getTime() > Date.now();
  return [stream.secret, overlaps ? previous_secret : null].flatMap((sealed) =>
    sealed ? [sealer.open(sealed, secretContext(stream.tenant_id, stream.id)).toString()] : [],
  );
}

async function noteReceived({ db }: Service<AuditDb>, lease: queries.Lease, { end }: Batch): Promise<void> {
  await inTenant(db, lease.tenantId, async (trx) => {
    if (!(await queries.lockLeased(trx, lease))) return;
    const now = new Date();
    await queries.noteDelivery(trx, lease.streamId, {
      ...{ delivered: end, batch_id: null, batch_end: null, lease: null, next_attempt_at: now },
      ...{ failures: 0, failing_since: null, last_error: null, last_success_at: now },
    });
  });
}

/** Puts the batch off; after failing for so long, or when the receiver wants no more, the stream is paused, which is on record. */
async function noteFailed(
  { db }: Service<AuditDb>,
  lease: queries.Lease,
  { reason, retryAfterSeconds, isGone }: Outcome & { ok: false },
  pauseAfterMs: number,
): Promise<void> {
  await runWork(db, systemCaller(lease.tenantId, 'siem-stream'), async (work) => {
    const stream = await queries.lockLeased(work.trx, lease);
    if (!stream) return;
    const failures = stream.failures + 1;
    const failingSince = stream.failing_since ?? work.now;
    const pauses = isGone || work.now.getTime() - failingSince.getTime() >= pauseAfterMs;
    await queries.noteDelivery(work.trx, stream.id, {
      ...{ failures, failing_since: failingSince, last_error: reason, lease: null },
      next_attempt_at: new Date(work.now.getTime() + retryAfterMs(failures, retryAfterSeconds)),
      ...(pauses ? { paused_by: 'failure' as const } : {}),
    });
    if (!pauses) return;
    work.audit({
      action: 'audit.siem-stream.pause',
      target: { type: 'siem-stream', id: stream.id },
      changes: {
        pausedBy: { before: null, after: 'failure' },
        url: { before: shownUrl(stream.url), after: shownUrl(stream.url) },
        lastError: { before: stream.last_error, after: reason },
        failures: { before: null, after: failures },
      },
    });
  });
}

/** The batch keeps its id: who took it without saying so knows it again. */
async function putBack({ db }: Service<AuditDb>, lease: queries.Lease): Promise<void> {
  await inTenant(db, lease.tenantId, async (trx) => {
    if (!(await queries.lockLeased(trx, lease))) return;
    await queries.noteDelivery(trx, lease.streamId, { lease: null, next_attempt_at: new Date() });
  });
}

export interface DeliverOptions {
  sender: Sender;
  pauseAfterMs: number;
}

/**
 * Sends one batch of a stream that is due; `found` is called when there is one. Gives whether there was. At the signal it waits for
 * the receiver no longer, and the batch is anybody's.
 */
export async function deliverOne(
  service: Service<AuditDb>,
  options: DeliverOptions,
  signal: AbortSignal,
  found?: () => void,
): Promise<boolean> {
  const lease = await queries.claimStream(service.systemDb);
  if (!lease) return false;
  found?.();
  const batch = await prepare(service, lease);
  if (!batch) return true;
  const { stream, id } = batch;
  const body = bodyOf(batch);
  const message = { id: `msg_${id}`, timestamp: Math.floor(Date.now() / 1_000), body };
  const headers = webhookHeaders(message, secretsOf(service, stream));
  const outcome = await options.sender.send(stream.url, headers, body, signal);
  if (!outcome) await putBack(service, lease);
  else if (outcome.ok) await noteReceived(service, lease, batch);
  else await noteFailed(service, lease, outcome, options.pauseAfterMs);
  return true;
}

export const siemTask = (options: DeliverOptions): Task<AuditDb> => ({
  // So many streams at once in a process: one that hangs keeps few others waiting.
  ...{ name: 'siem-streams', everyMs: 500, lanes: 4 },
  run: async (service, signal, found) => void (await deliverOne(service, options, signal, found)),
});
