import {
  type Checkpoint,
  getLatestCheckpoint,
  listCheckpoints,
  proveConsistency,
} from '@stockade/contracts/audit';
import { inTenant } from '@stockade/database';
import { defineRoutes, errors, pageLimit, type Routes } from '@stockade/service-kit';
import { consistencyRanges } from '@stockade/transparency-log';
import { hashRanges } from '../nodes.ts';
import { cursorOf, readCursor } from '../paging.ts';
import type { AuditDb } from '../tables.ts';
import { checkpointCovering } from './commands.ts';
import * as queries from './queries.ts';
import type { Signer } from './signer.ts';

function toCheckpoint(
  { size, root_hash, checkpoint, signed_at }: queries.CheckpointRow,
  verifierKey: string,
): Checkpoint {
  return {
    size,
    rootHash: root_hash.toString('base64'),
    checkpoint,
    verifierKey,
    signedAt: signed_at.toISOString(),
  };
}

export function checkpointRoutes(signer: Signer): Routes<AuditDb> {
  return defineRoutes<AuditDb>((route) => {
    route(listCheckpoints, async ({ query, caller, read }) => {
      const limit = pageLimit(query);
      const rows = await read((trx) => queries.listCheckpoints(trx, limit, readCursor(query)));
      const key = signer.verifierKey(caller.tenantId);
      return {
        data: rows.slice(0, limit).map((row) => toCheckpoint(row, key)),
        nextCursor: rows.length > limit ? cursorOf(rows[limit - 1]?.size ?? 0) : null,
      };
    });
    route(getLatestCheckpoint, async ({ caller: { tenantId }, service }) => {
      const latest = await inTenant(service.db, tenantId, (trx) =>
        checkpointCovering(trx, tenantId, 1, signer),
      );
      if (!latest) throw errors.notFound('A checkpoint (this log has no entries yet)');
      return toCheckpoint(latest, signer.verifierKey(tenantId));
    });
    route(proveConsistency, ({ query: { from, to }, caller: { tenantId }, read }) =>
      read(async (trx) => {
        const size = (await queries.findTree(trx))?.size ?? 0;
        if (from > to) throw errors.validation([{ path: '/from', message: 'must not be above to' }]);
        if (to > size)
          throw errors.validation([{ path: '/to', message: `is beyond the log, which has ${size} entries` }]);
        const [fromRoot, toRoot, ...hashes] = await hashRanges(trx, tenantId, [
          { lo: 0, hi: from },
          { lo: 0, hi: to },
          ...consistencyRanges(from, to),
        ]);
        const text = (hash: Buffer | undefined) => hash?.toString('base64') ?? '';
        return { from, to, fromRootHash: text(fromRoot), toRootHash: text(toRoot), hashes: hashes.map(text) };
      }),
    );
  });
}
