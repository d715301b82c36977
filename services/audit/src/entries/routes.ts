import { platformTenantId } from '@stockade/contracts';
import {
  getAuditEntry,
  getPlatformEntry,
  type LogEntry,
  listAuditEntries,
  listPlatformEntries,
  proveAuditEntry,
} from '@stockade/contracts/audit';
import { inTenant } from '@stockade/database';
import { defineRoutes, errors, pageLimit, type Routes, type Service } from '@stockade/service-kit';
import { inclusionRanges, tileOf } from '@stockade/transparency-log';
import type { Transaction } from 'kysely';
import { readSigned } from '../checkpoints/commands.ts';
import type { Signer } from '../checkpoints/signer.ts';
import { cursorOf, readCursor } from '../paging.ts';
import { indexNews } from '../search/index-entries.ts';
import type { AuditDb } from '../tables.ts';
import type { TileCache } from '../tiles/cache.ts';
import { hashRanges } from '../tiles/hashes.ts';
import { checkFilters, type EntryFilters } from './filters.ts';
import * as queries from './queries.ts';

/** Reads a tenant's log, or the platform's own, which is only for what operators may call. */
const readLog = <T>(
  { db }: Service<AuditDb>,
  tenantId: string,
  read: (trx: Transaction<AuditDb>) => Promise<T>,
): Promise<T> => inTenant(db, tenantId, read, { readOnly: true });

type ListQuery = EntryFilters & { limit?: number; cursor?: string };

async function list(service: Service<AuditDb>, tenantId: string, { cursor, ...query }: ListQuery) {
  const { limit: _, ...filters } = query;
  checkFilters(filters);
  const limit = pageLimit(query);
  const below = readCursor(cursor === undefined ? {} : { cursor });
  // What was entered a moment ago is found too.
  if (filters.search !== undefined) await indexNews(service, tenantId);
  const entries = await readLog(service, tenantId, (trx) =>
    Object.keys(filters).length === 0
      ? queries.listLog(trx, limit, below)
      : queries.listEntries(trx, tenantId, filters, { limit, below }),
  );
  return {
    data: entries.slice(0, limit),
    nextCursor: entries.length > limit ? cursorOf(entries[limit - 1]?.sequence ?? 0) : null,
  };
}

async function get(service: Service<AuditDb>, tenantId: string, id: string): Promise<LogEntry> {
  const found = await readLog(service, tenantId, (trx) => queries.findEntry(trx, id));
  if (!found) throw errors.notFound('Audit entry', id);
  return found.entry;
}

export function entryRoutes(signer: Signer, tiles: TileCache): Routes<AuditDb> {
  return defineRoutes<AuditDb>((route) => {
    route(listAuditEntries, ({ query, caller, service }) => list(service, caller.tenantId, query));
    route(getAuditEntry, ({ params, caller, service }) => get(service, caller.tenantId, params.entryId));
    route(listPlatformEntries, ({ query, service }) => list(service, platformTenantId, query));
    route(getPlatformEntry, ({ params, service }) => get(service, platformTenantId, params.entryId));
    route(proveAuditEntry, async ({ params: { entryId }, caller: { tenantId }, service }) => {
      const proof = await readSigned(service, tenantId, signer, async () => {
        const found = await queries.findToProve(service.db, tenantId, entryId);
        if (!found) throw errors.notFound('Audit entry', entryId);
        const { sequence, content, tile, treeSize, checkpoint } = found;
        if (treeSize === null || checkpoint === null || treeSize < sequence) return undefined;
        const leafIndex = sequence - 1;
        if (tile) tiles.offer(tenantId, tileOf({ level: 0, index: leafIndex }), tile);
        const ranges = inclusionRanges(leafIndex, treeSize);
        const hashes = await hashRanges(service.db, tenantId, ranges, tiles);
        return {
          entry: content === null ? await get(service, tenantId, entryId) : JSON.parse(content),
          leafHash: found.leafHash.toString('base64'),
          ...{ leafIndex, treeSize, checkpoint },
          hashes: hashes.map((hash) => hash.toString('base64')),
        };
      });
      if (!proof) throw errors.unavailable('The log cannot be signed at the moment: try again shortly.');
      return proof;
    });
  });
}
