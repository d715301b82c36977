import { platformTenantId } from '@stockade/contracts';
import {
  type AuditEntry,
  getAuditEntry,
  getPlatformEntry,
  listAuditEntries,
  listPlatformEntries,
  proveAuditEntry,
} from '@stockade/contracts/audit';
import { inTenant } from '@stockade/database';
import { defineRoutes, errors, pageLimit, type Routes, type Service } from '@stockade/service-kit';
import { inclusionRanges } from '@stockade/transparency-log';
import type { Transaction } from 'kysely';
import { readSigned } from '../checkpoints/commands.ts';
import type { Signer } from '../checkpoints/signer.ts';
import { cursorOf, readCursor } from '../paging.ts';
import type { AuditDb } from '../tables.ts';
import type { TileCache } from '../tiles/cache.ts';
import { hashRanges } from '../tiles/hashes.ts';
import * as queries from './queries.ts';

type Read = <T>(read: (trx: Transaction<AuditDb>) => Promise<T>) => Promise<T>;

/** Reads the platform's own log; only for what operators may call. */
const ofPlatform =
  (service: Service<AuditDb>): Read =>
  (read) =>
    inTenant(service.db, platformTenantId, read, { readOnly: true });

type ListQuery = queries.EntryFilters & { limit?: number; cursor?: string };

async function list(read: Read, query: ListQuery) {
  const limit = pageLimit(query);
  const entries = await read((trx) => queries.listEntries(trx, query, limit, readCursor(query)));
  return {
    data: entries.slice(0, limit),
    nextCursor: entries.length > limit ? cursorOf(entries[limit - 1]?.sequence ?? 0) : null,
  };
}

async function get(read: Read, id: string): Promise<AuditEntry> {
  const entry = await read((trx) => queries.findEntry(trx, id));
  if (!entry) throw errors.notFound('Audit entry', id);
  return entry;
}

export function entryRoutes(signer: Signer, tiles: TileCache): Routes<AuditDb> {
  return defineRoutes<AuditDb>((route) => {
    route(listAuditEntries, ({ query, read }) => list(read, query));
    route(getAuditEntry, ({ params, read }) => get(read, params.entryId));
    route(listPlatformEntries, ({ query, service }) => list(ofPlatform(service), query));
    route(getPlatformEntry, ({ params, service }) => get(ofPlatform(service), params.entryId));
    route(proveAuditEntry, async ({ params: { entryId }, caller: { tenantId }, read, service }) => {
      const proof = await readSigned(service, tenantId, signer, async () => {
        const found = await queries.findToProve(service.db, tenantId, entryId);
        if (!found) throw errors.notFound('Audit entry', entryId);
        const { sequence, content, treeSize, checkpoint } = found;
        if (treeSize === null || checkpoint === null || treeSize < sequence) return undefined;
        const leafIndex = sequence - 1;
        const ranges = inclusionRanges(leafIndex, treeSize);
        const hashes = await hashRanges(service.db, tenantId, ranges, tiles);
        return {
          entry: content === null ? await get(read, entryId) : JSON.parse(content),
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
