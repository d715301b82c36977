import { isTransient } from '@stockade/database';
import type { Logger } from '@stockade/service-kit';
import type { Kysely, Transaction } from 'kysely';
import { hashRanges } from '../nodes.ts';
import type { AuditDb } from '../tables.ts';
import * as queries from './queries.ts';
import type { Signer } from './signer.ts';

/** Signs a tree as it is. Call it with the tree locked: a size is signed once. */
async function signTree(
  trx: Transaction<AuditDb>,
  { tenantId, size }: queries.Tree,
  signer: Signer,
): Promise<void> {
  const [rootHash] = (await hashRanges(trx, tenantId, [{ lo: 0, hi: size }])) as [Buffer];
  await queries.insertCheckpoint(trx, {
    tenantId,
    size,
    rootHash,
    checkpoint: signer.sign(tenantId, size, rootHash),
  });
  await queries.setCheckpointSize(trx, tenantId, size);
}

const pageSize = 500;
const beforeAll = '00000000-0000-0000-0000-000000000000';

export interface SigningParts {
  /** As the system role. */
  systemDb: Kysely<AuditDb>;
  log: Pick<Logger, 'error'>;
  signer: Signer;
}

/**
 * Signs each tree that grew, once, in a transaction of its own: neither a busy tenant nor one whose tree cannot be read
 * keeps the others waiting. Replicas may do it at once; whoever comes second finds nothing left to sign.
 */
export async function signTreesWithNews({ systemDb, log, signer }: SigningParts): Promise<void> {
  for (let after = beforeAll, full = true; full; ) {
    const tenants = await queries.listTenantsWithNews(systemDb, after, pageSize);
    for (const tenantId of tenants) {
      try {
        await systemDb.transaction().execute(async (trx) => {
          await queries.waitBriefly(trx);
          await signNews(trx, tenantId, signer);
        });
      } catch (error) {
        if (isTransient(error)) throw error;
        log.error({ err: error, tenantId }, 'A log could not be signed; it is tried again');
      }
    }
    full = tenants.length === pageSize;
    after = tenants.at(-1) ?? after;
  }
}

async function signNews(trx: Transaction<AuditDb>, tenantId: string, signer: Signer): Promise<void> {
  const tree = await queries.lockTree(trx, tenantId);
  if (tree && tree.size > tree.checkpointSize) await signTree(trx, tree, signer);
}

/**
 * The latest checkpoint, signed now if the tree has grown to `size` and beyond the last one. Undefined for a log without
 * entries.
 */
export async function checkpointCovering(
  trx: Transaction<AuditDb>,
  tenantId: string,
  size: number,
  signer: Signer,
): Promise<queries.CheckpointRow | undefined> {
  const latest = await queries.findLatest(trx);
  if (latest && latest.size >= size) return latest;
  await signNews(trx, tenantId, signer);
  return queries.findLatest(trx);
}
