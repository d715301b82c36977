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

/** Signs every tree that grew, one transaction each; replicas share them out by the locks. */
export async function signTreesWithNews(systemDb: Kysely<AuditDb>, signer: Signer): Promise<void> {
  for (let more = true; more; ) {
    more = await systemDb.transaction().execute(async (trx) => {
      const tree = await queries.lockTreeWithNews(trx);
      if (tree) await signTree(trx, tree, signer);
      return tree !== undefined;
    });
  }
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
  const tree = await queries.lockTree(trx, tenantId);
  if (tree && tree.size > tree.checkpointSize) await signTree(trx, tree, signer);
  return queries.findLatest(trx);
}
