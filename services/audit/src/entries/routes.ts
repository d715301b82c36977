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
import { canonicalize, inclusionRanges, leafHash } from '@stockade/transparency-log';
import type { Transaction } from 'kysely';
import { checkpointCovering } from '../checkpoints/commands.ts';
import type { Signer } from '../checkpoints/signer.ts';
import { hashRanges } from '../nodes.ts';
import { cursorOf, readCursor } from '../paging.ts';
import type { AuditDb } from '../tables.ts';
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

export function entryRoutes(signer: Signer): Routes<AuditDb> {
  return defineRoutes<AuditDb>((route) => {
    route(listAuditEntries, ({ query, read }) => list(read, query));
    route(getAuditEntry, ({ params, read }) => get(read, params.entryId));
    route(listPlatformEntries, ({ query, service }) => list(ofPlatform(service), query));
    route(getPlatformEntry, ({ params, service }) => get(ofPlatform(service), params.entryId));
    route(proveAuditEntry, ({ params, caller: { tenantId }, service }) =>
      inTenant(service.db, tenantId, async (trx) => {
        const entry = await queries.findEntry(trx, params.entryId);
        // Signed now if no checkpoint covers it yet: a proof never has to be waited for.
        const checkpoint = entry && (await checkpointCovering(trx, tenantId, entry.sequence, signer));
        if (!entry || !checkpoint) throw errors.notFound('Audit entry', params.entryId);
        const leafIndex = entry.sequence - 1;
        const hashes = await hashRanges(trx, tenantId, inclusionRanges(leafIndex, checkpoint.size));
        return {
          entry,
          leafHash: leafHash(Buffer.from(canonicalize(entry))).toString('base64'),
          leafIndex,
          treeSize: checkpoint.size,
          hashes: hashes.map((hash) => hash.toString('base64')),
          checkpoint: checkpoint.checkpoint,
        };
      }),
    );
  });
}
