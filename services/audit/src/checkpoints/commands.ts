import { isLockTimeout, isTransient } from '@stockade/database';
import { errors, type Service } from '@stockade/service-kit';
import type { Kysely, Transaction } from 'kysely';
import type { AuditDb } from '../tables.ts';
import { tileLeaves } from '../tiles/extend.ts';
import { hashRanges } from '../tiles/hashes.ts';
import * as queries from './queries.ts';
import type { Signer } from './signer.ts';

const pageSize = 500;
const beforeAll = '00000000-0000-0000-0000-000000000000';

export type SigningParts = Pick<Service<AuditDb>, 'systemDb' | 'log'> & { signer: Signer };

/**
 * Signs each tree that grew, once, in transactions of its own: neither a busy tenant nor one whose tree cannot be read
 * keeps the others waiting. Replicas may do it at once; whoever comes second finds nothing left to sign.
 */
export async function signTreesWithNews({ systemDb, log, signer }: SigningParts): Promise<void> {
  for (let after = beforeAll, full = true; full; ) {
    const tenants = await queries.listTenantsWithNews(systemDb, after, pageSize);
    for (const tenantId of tenants) {
      try {
        await signNews(systemDb, tenantId, signer);
      } catch (error) {
        if (isLockTimeout(error)) continue;
        if (isTransient(error)) throw error;
        log.error({ err: error, tenantId }, 'A log could not be signed; it is tried again');
      }
    }
    full = tenants.length === pageSize;
    after = tenants.at(-1) ?? after;
  }
}

/** Signs a tenant's log as it is, unless that was done. */
async function signNews(systemDb: Kysely<AuditDb>, tenantId: string, signer: Signer): Promise<void> {
  const step = () => systemDb.transaction().execute((trx) => signStep(trx, tenantId, signer));
  while (!(await step()));
}

/** Puts leaves into tiles and, when all are there, signs the tree. Gives whether nothing is left to do. */
async function signStep(trx: Transaction<AuditDb>, tenantId: string, signer: Signer): Promise<boolean> {
  await queries.lockCheckpoints(trx, tenantId);
  const tree = await queries.findTree(trx, tenantId);
  if (!tree || tree.size <= tree.checkpointSize) return true;
  const { size } = tree;
  if ((await tileLeaves(trx, tenantId, size)) < size) return false;
  const [rootHash] = (await hashRanges(trx, tenantId, [{ lo: 0, hi: size }])) as [Buffer];
  const checkpoint = signer.sign(tenantId, size, rootHash);
  await queries.insertCheckpoint(trx, { tenantId, size, rootHash, checkpoint });
  // The last statement: appending waits for it, and for the commit.
  await queries.setCheckpointSize(trx, tenantId, size);
  return true;
}

/**
 * Reads what relates to the latest checkpoint. When `read` finds that checkpoint too small and gives undefined, the log
 * is signed now and it is read once more: a proof never has to be waited for.
 */
export async function readSigned<T>(
  { systemDb }: Pick<Service<AuditDb>, 'systemDb'>,
  tenantId: string,
  signer: Signer,
  read: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const found = await read();
  if (found !== undefined) return found;
  await signNews(systemDb, tenantId, signer).catch((error) => {
    if (isLockTimeout(error)) throw errors.unavailable('The log is being signed: try again shortly.');
    throw error;
  });
  return read();
}
