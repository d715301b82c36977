import {
  type Checkpoint,
  getLatestCheckpoint,
  listCheckpoints,
  proveConsistency,
} from '@stockade/contracts/audit';
import { defineRoutes, errors, pageLimit, type Routes } from '@stockade/service-kit';
import { consistencyRanges } from '@stockade/transparency-log';
import { cursorOf, readCursor } from '../paging.ts';
import type { AuditDb } from '../tables.ts';
import type { TileCache } from '../tiles/cache.ts';
import { hashRanges, NotInTiles } from '../tiles/hashes.ts';
import { readSigned } from './commands.ts';
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

export function checkpointRoutes(signer: Signer, tiles: TileCache): Routes<AuditDb> {
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
      const latest = await readSigned(service, tenantId, signer, () =>
        queries.findLatest(service.db, tenantId),
      );
      if (!latest) throw errors.notFound('A checkpoint (this log has no entries yet)');
      return toCheckpoint(latest, signer.verifierKey(tenantId));
    });
    route(proveConsistency, async ({ query: { from, to }, caller: { tenantId }, service }) => {
      if (from > to) throw errors.validation([{ path: '/from', message: 'must not be above to' }]);
      const hashes = await readSigned(service, tenantId, signer, async () => {
        const ranges = [{ lo: 0, hi: from }, { lo: 0, hi: to }, ...consistencyRanges(from, to)];
        return hashRanges(service.db, tenantId, ranges, tiles).catch(async (error) => {
          if (!(error instanceof NotInTiles)) throw error;
          const latest = await queries.findLatest(service.db, tenantId);
          if (!latest || to > latest.size) return undefined;
          // What is signed is in tiles: one is gone.
          throw error;
        });
      });
      if (!hashes) throw errors.validation([{ path: '/to', message: 'is beyond the log' }]);
      const [fromRootHash = '', toRootHash = '', ...path] = hashes.map((hash) => hash.toString('base64'));
      return { from, to, fromRootHash, toRootHash, hashes: path };
    });
  });
}
