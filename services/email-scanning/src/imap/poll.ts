import { setTimeout as delay } from 'node:timers/promises';
import { isTransient } from '@stockade/database';
import type { Task } from '@stockade/service-kit';
import { type Kysely, sql } from 'kysely';
import type { EmailScanningDb } from '../tables.ts';
import { explain, isOfMailbox } from './errors.ts';
import {
  claimMailbox,
  type Lease,
  LeaseLost,
  pauseSeconds,
  releaseLease,
  renewEveryMs,
  renewLease,
} from './lease.ts';
import { type ImapParts, runSession } from './session.ts';

/** So many mailboxes are open at once in a process; each makes room for others after a while. */
const maxSessions = 100;
const sessionMs = 600_000;
const lookEveryMs = 1_000;

/** Reads one mailbox until its time is over or something fails; then it is for whoever claims it next. */
export async function readMailbox(
  parts: ImapParts,
  lease: Lease,
  { signal, forMs = sessionMs }: { signal: AbortSignal; forMs?: number },
): Promise<void> {
  const { service } = parts;
  const lost = new AbortController();
  const renewal = setInterval(() => {
    renewLease(service.systemDb, lease).then(
      (held) => held || lost.abort(),
      (error) => service.log.warn({ err: error, source: lease.sourceId }, 'A lease could not be renewed'),
    );
  }, renewEveryMs);
  try {
    const until = { untilMs: performance.now() + forMs, signal: AbortSignal.any([signal, lost.signal]) };
    await runSession(parts, lease, until);
    await releaseLease(service.systemDb, lease, 0);
  } catch (error) {
    await giveUp(parts, lease, error);
  } finally {
    clearInterval(renewal);
  }
}

async function giveUp({ service }: ImapParts, lease: Lease, error: unknown): Promise<void> {
  if (error instanceof LeaseLost) return;
  const { systemDb, log } = service;
  const known = isOfMailbox(error) || isTransient(error);
  log[known ? 'info' : 'error']({ err: error, source: lease.sourceId }, 'A mailbox could not be read');
  try {
    const failures = await noteFailure(systemDb, lease, explain(error));
    await releaseLease(systemDb, lease, pauseSeconds(failures));
  } catch (failure) {
    log.warn({ err: failure }, 'A mailbox waits until its lease is over');
  }
}

/** Gives how many failures in a row there were before. */
async function noteFailure(
  systemDb: Kysely<EmailScanningDb>,
  { tenantId, sourceId, id }: Lease,
  text: string,
): Promise<number> {
  const { rows } = await sql<{ failures: number }>`
    update source_states set last_error = ${text}, last_error_at = now(), failures = failures + 1
    where tenant_id = ${tenantId} and source_id = ${sourceId} and lease = ${id}
    returning failures`.execute(systemDb);
  return (rows[0]?.failures ?? 1) - 1;
}

/** Null when the database does not answer, too: the sessions that are open must not end first. */
async function claimNext({ systemDb, log }: ImapParts['service']): Promise<Lease | null> {
  return claimMailbox(systemDb).catch((error) => {
    log.warn({ err: error }, 'No mailbox could be claimed; it is tried again');
    return null;
  });
}

/** Reads all mailboxes that are due, each in a session of its own. */
export const imapTask = (parts: Omit<ImapParts, 'service'>): Task<EmailScanningDb> => ({
  name: 'imap',
  everyMs: lookEveryMs,
  async run(service, signal) {
    const sessions = new Set<Promise<void>>();
    try {
      while (!signal.aborted) {
        const lease = sessions.size < maxSessions ? await claimNext(service) : null;
        if (!lease) {
          await delay(lookEveryMs, undefined, { signal, ref: false }).catch(() => {});
          continue;
        }
        const session = readMailbox({ ...parts, service }, lease, { signal });
        sessions.add(session);
        session.finally(() => sessions.delete(session));
      }
    } finally {
      await Promise.all(sessions);
    }
  },
});
