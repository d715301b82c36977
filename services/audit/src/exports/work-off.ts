import { inTenant, isTransient, removeInBatches } from '@stockade/database';
import {
  type CleanUp,
  checkInterrupted,
  deleteExpiredExports,
  holdLease,
  type JobKind,
  type Lease,
  type Service,
  type Task,
  workOffTask,
} from '@stockade/service-kit';
import { emptyRoot, exportFormat, formatLine } from '@stockade/transparency-log';
import type { Transaction } from 'kysely';
import { readSigned } from '../checkpoints/commands.ts';
import { findTree, type Tree } from '../checkpoints/queries.ts';
import type { Signer } from '../checkpoints/signer.ts';
import { lockRetention } from '../retention/queries.ts';
import type { AuditDb } from '../tables.ts';
import { toChunks } from './chunks.ts';
import { csvHeader, csvLines } from './csv.ts';
import { lastPieces, partPieces, wholePieces, writeLines } from './ndjson.ts';
import * as queries from './queries.ts';
import {
  findLastCheckpoint,
  readCheckpoints,
  readWindow,
  type SignedCheckpoint,
  type Window,
} from './window.ts';

type Trx = Transaction<AuditDb>;
type Progress = queries.ExportTask;

const maxBytes = 4 * 1024 ** 3;
const tooLarge = 'These are more than 4 GiB: narrow it by time, action, actor or target.';

const isWhole = ({ filters }: Progress) => Object.keys(filters).length === 0;
const withFeeds = (lines: readonly string[]) => lines.map((line) => `${line}\n`);

interface Signed {
  latest: SignedCheckpoint | undefined;
  tree: Tree | undefined;
}

/** The log's latest checkpoint, signed now if there is news. A log that cannot be signed shows what was signed before. */
async function latestCheckpoint(
  service: Service<AuditDb>,
  tenantId: string,
  signer: Signer,
): Promise<Signed> {
  const read = () =>
    inTenant(
      service.db,
      tenantId,
      async (trx) => ({ tree: await findTree(trx, tenantId), latest: await findLastCheckpoint(trx) }),
      { readOnly: true },
    );
  try {
    const signed = await readSigned(service, tenantId, signer, async () => {
      const found = await read();
      return (found.latest?.size ?? 0) >= (found.tree?.size ?? 0) ? found : undefined;
    });
    if (signed) return signed;
  } catch (error) {
    if (isTransient(error)) throw error;
    service.log.warn({ err: error, tenantId }, 'A log that is exported could not be signed');
  }
  return read();
}

/** Fixes the log that the export is of, and writes how it begins. Gives the log's size. */
async function begin(
  trx: Trx,
  lease: Lease,
  { format, filters }: Progress,
  { latest, tree, signer }: Signed & { signer: Signer },
): Promise<number> {
  const { tenantId } = lease;
  // Who removes entries has ended, or sees that this one was begun.
  await lockRetention(trx);
  const { size, checkpoint } = latest ?? { size: 0, checkpoint: signer.sign(tenantId, 0, emptyRoot) };
  const header = formatLine({
    ...{ kind: 'header', format: exportFormat, origin: signer.origin(tenantId), tenantId },
    ...{ madeAt: new Date().toISOString(), filters: { ...filters }, checkpoint, size },
    signedSize: tree?.checkpointSize ?? 0,
  });
  await queries.setLogSize(trx, lease, size);
  await queries.addText(trx, lease, format === 'csv' ? [csvHeader()] : withFeeds([header]));
  return size;
}

async function linesOf(
  trx: Trx,
  { tenantId }: Lease,
  task: Progress,
  { rows, end }: Window,
): Promise<string[]> {
  if (task.format === 'csv') return csvLines(rows);
  const { position: from } = task;
  const pieces = isWhole(task)
    ? wholePieces({ from, to: end }, rows, await readCheckpoints(trx, from, end))
    : partPieces(task, rows);
  return withFeeds(await writeLines(trx, tenantId, [...pieces]));
}

async function writeEnd(trx: Trx, lease: Lease, task: Progress, logSize: number): Promise<void> {
  if (task.format === 'csv') return;
  const left = await writeLines(trx, lease.tenantId, lastPieces(task.covered, logSize, task.since));
  await queries.addText(
    trx,
    lease,
    withFeeds([...left, formatLine({ kind: 'end', entries: task.exported })]),
  );
}

/** Writes what is wanted of the next entries, with how far it is. Gives where to go on; null when the export has ended. */
async function writeWindow(
  trx: Trx,
  lease: Lease,
  task: Progress,
  logSize: number,
): Promise<Progress | null> {
  if (task.position >= logSize) {
    await writeEnd(trx, lease, task, logSize);
    await queries.finishExport(trx, lease, null);
    return null;
  }
  const window = await readWindow(trx, { filters: task.filters, position: task.position, logSize });
  const lines = await linesOf(trx, lease, task, window);
  const sizeBytes = task.sizeBytes + (await queries.addText(trx, lease, toChunks(lines)));
  if (sizeBytes > maxBytes) {
    await queries.finishExport(trx, lease, tooLarge);
    return null;
  }
  const next = {
    ...{ ...task, sizeBytes, position: window.end },
    covered: isWhole(task) ? window.end : (window.rows.at(-1)?.sequence ?? task.covered),
    exported: task.exported + countEntries(lines, task, window),
  };
  await queries.setProgress(trx, lease, next);
  return next;
}

/** Lines of entries: those without content too, which have no row. */
const countEntries = (lines: readonly string[], { format }: Progress, { rows }: Window): number =>
  format === 'csv' ? rows.length : lines.filter((line) => line.startsWith('{"entry":')).length;

export const exportJobs = (signer: Signer): JobKind<AuditDb> => ({
  table: { name: 'exports' },
  async work(service, lease, signal) {
    const { db } = service;
    const { tenantId } = lease;
    const found = await inTenant(db, tenantId, (trx) => queries.findTask(trx, lease), { readOnly: true });
    if (!found) return;
    const commit = <T>(change: (trx: Trx) => Promise<T>) =>
      inTenant(db, tenantId, async (trx) => {
        await holdLease(trx, lease);
        return change(trx);
      });
    let { logSize } = found;
    if (logSize === null) {
      const signed = await latestCheckpoint(service, tenantId, signer);
      logSize = await commit((trx) => begin(trx, lease, found, { ...signed, signer }));
    }
    const size = logSize;
    for (let task: Progress | null = found; task; ) {
      checkInterrupted(signal);
      const current: Progress = task;
      task = await commit((trx) => writeWindow(trx, lease, current, size));
    }
  },
});

const removedTogether = 20;

export const exportTask = (signer: Signer): Task<AuditDb> => workOffTask('audit-exports', exportJobs(signer));

export const expiredExports: CleanUp<AuditDb> = {
  name: 'expired-audit-exports',
  everyMs: 60_000,
  // Few at a time: each goes with its chunks.
  run: ({ systemDb }) => removeInBatches(systemDb, deleteExpiredExports, removedTogether),
};
