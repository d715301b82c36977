import { inTenant, isTransient } from '@stockade/database';
import { type Caller, runWork, systemCaller } from '@stockade/messaging';
import type { Sealer } from '@stockade/secrets';
import type { Service, Task } from '@stockade/service-kit';
import { acceptMessage } from '../messages/commands.ts';
import type { RawStore } from '../storage/raw-store.ts';
import type { EmailScanningDb } from '../tables.ts';
import { type ImportFile, openFile, UnusableFile } from './file.ts';
import {
  claimImport,
  gaveUp,
  holdLease,
  type Lease,
  LeaseLost,
  releaseLease,
  renewEveryMs,
  renewLease,
} from './lease.ts';
import { type Entry, splitMbox } from './mbox.ts';
import * as queries from './queries.ts';
import { listZip, maxEntries, readZip } from './zip.ts';

export interface ImportParts {
  service: Pick<Service<EmailScanningDb>, 'db' | 'systemDb' | 'log'>;
  raws: RawStore;
  sealer: Sealer;
}

const batchMessages = 20;
const batchBytes = 8 * 1024 * 1024;
const retryAfterSeconds = 5;

/** The process is about to end: the import is for another one. */
class Interrupted extends Error {
  override name = 'Interrupted';
}

/** The messages behind the first `skipped`. */
async function* readEntries(file: ImportFile, format: queries.ImportRow['format'], skipped: number) {
  if (format === 'zip') return yield* readZip(file, skipped);
  let at = 0;
  for await (const entry of splitMbox(file.pieces())) if (++at > skipped) yield entry;
}

async function countEntries(file: ImportFile, format: queries.ImportRow['format']): Promise<number> {
  if (format === 'zip') return (await listZip(file)).length;
  let total = 0;
  for await (const _ of splitMbox(file.pieces()))
    if (++total > maxEntries)
      throw new UnusableFile('The file has too many messages: split it into several.');
  return total;
}

interface Run {
  parts: ImportParts;
  lease: Lease;
  row: queries.ImportRow;
  caller: Caller;
}

/** Stores some messages with how far the import is: after a death nothing is taken twice, and nothing is left out. */
async function storeBatch({ parts, lease, row, caller }: Run, entries: readonly Entry[], done: number) {
  const { service, raws } = parts;
  const puts = await Promise.all(
    entries.map(({ raw }) => (raw ? raws.put(lease.tenantId, raw) : Promise.resolve(null))),
  );
  const duplicates = await runWork(service.db, caller, async (work) => {
    await holdLease(work.trx, lease);
    const progress = { accepted: 0, refusals: [] as { at: number; name: string | null; reason: string }[] };
    const repeated = [];
    for (const [at, { raw, name, reason = '' }] of entries.entries()) {
      const stored = puts[at];
      if (!raw || !stored) {
        progress.refusals.push({ at: done + at + 1, name, reason });
        continue;
      }
      const envelope = { envelopeFrom: undefined, envelopeTo: [], clientIp: undefined };
      const source = row.source ?? `import ${row.id}`;
      const { duplicate } = await acceptMessage(work, { raw, stored, source, ...envelope });
      if (duplicate) repeated.push(stored);
      else progress.accepted++;
    }
    await queries.addProgress(work.trx, row.id, { ...progress, duplicates: repeated.length });
    return repeated;
  });
  for (const stored of duplicates) await raws.discard(stored);
}

async function workOff(parts: ImportParts, lease: Lease, signal: AbortSignal): Promise<void> {
  const { db } = parts.service;
  const { tenantId, importId } = lease;
  const row = await inTenant(db, tenantId, (trx) => queries.findImport(trx, importId), { readOnly: true });
  if (!row) return;
  const caller: Caller = { ...systemCaller(tenantId, 'email-scanning'), ...row.caller };
  const run: Run = { parts, lease, row, caller };
  const commit = (change: (trx: Parameters<typeof holdLease>[0]) => Promise<void>) =>
    runWork(db, caller, async ({ trx }) => {
      await holdLease(trx, lease);
      await change(trx);
    });
  // With its file, which the role that claims cannot reach.
  if (lease.beganTooOften) return commit((trx) => queries.finishImport(trx, importId, gaveUp));
  const file = openFile({ db, sealer: parts.sealer }, { tenantId, importId, size: row.size_bytes });
  try {
    if (row.total === null) {
      const total = await countEntries(file, row.format);
      if (total === 0) throw new UnusableFile('The file has no messages.');
      await commit((trx) => queries.setTotal(trx, importId, total));
    }
    let { done } = row;
    let batch: Entry[] = [];
    let bytes = 0;
    const flush = async () => {
      if (signal.aborted) throw new Interrupted();
      await storeBatch(run, batch, done);
      done += batch.length;
      batch = [];
      bytes = 0;
    };
    for await (const entry of readEntries(file, row.format, done)) {
      batch.push(entry);
      bytes += entry.raw?.length ?? 0;
      if (batch.length >= batchMessages || bytes >= batchBytes) await flush();
    }
    if (batch.length > 0) await flush();
    await commit((trx) => queries.finishImport(trx, importId, null));
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    await commit((trx) => queries.finishImport(trx, importId, error.message));
  }
}

/** Works one import off that waits; `found` is called when there is one. Gives whether there was. */
export async function workOffOne(
  parts: ImportParts,
  signal: AbortSignal,
  found?: () => void,
): Promise<boolean> {
  const { systemDb, log } = parts.service;
  const lease = await claimImport(systemDb);
  if (!lease) return false;
  found?.();
  const renewal = setInterval(() => {
    renewLease(systemDb, lease).catch((error) => log.warn({ err: error }, 'A lease could not be renewed'));
  }, renewEveryMs);
  try {
    await workOff(parts, lease, signal);
  } catch (error) {
    await putBack(parts, lease, error);
  } finally {
    clearInterval(renewal);
  }
  return true;
}

/** An attempt counts only when the import itself may be what failed. */
async function putBack({ service }: ImportParts, lease: Lease, error: unknown): Promise<void> {
  if (error instanceof LeaseLost) return;
  const interrupted = error instanceof Interrupted;
  if (!interrupted)
    service.log.error({ err: error, import: lease.importId }, 'An import failed; it is tried again');
  await releaseLease(service.systemDb, lease, {
    afterSeconds: interrupted ? 0 : retryAfterSeconds,
    counts: !interrupted && !isTransient(error),
  }).catch((failure) => service.log.warn({ err: failure }, 'An import waits until its lease is over'));
}

export const importTask = (parts: Omit<ImportParts, 'service'>): Task<EmailScanningDb> => ({
  name: 'mail-imports',
  everyMs: 500,
  run: async (service, signal, found) => void (await workOffOne({ ...parts, service }, signal, found)),
});
