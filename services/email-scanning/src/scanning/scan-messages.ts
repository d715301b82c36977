import { setTimeout as delay } from 'node:timers/promises';
import { inTenant } from '@stockade/database';
import type { Kysely } from 'kysely';
import type { Parsed } from '../engine/engine.ts';
import type { Envelope, Policy, References, ScanResult, TenantKnowledge } from '../engine/types.ts';
import { unscannable } from '../engine/unscannable.ts';
import * as queries from '../messages/queries.ts';
import { type Disposition, dispositionOf } from '../messages/rules.ts';
import type { EmailScanningDb } from '../tables.ts';
import { type Looked, lookUp, mayBeBehind, newestOrderNumber } from './message-knowledge.ts';
import { askOutside } from './outside.ts';
import type { Scanner } from './scanner.ts';
import { tenantKnowledge } from './tenant-knowledge.ts';

type Db = Kysely<EmailScanningDb>;
type Read = Extract<Parsed, { message: object }>;

/** What the scan found, beside how the message describes itself. */
export interface Scanned {
  result: ScanResult;
  messageId: string | null;
  from: string | null;
  to: string[];
  subject: string | null;
  /** By which a feed's news find the message again; null when it could not be read. */
  references: References | null;
  /** Where it belongs by the tenant's policy. */
  disposition: Disposition;
}

/** `later`: what the tenant knows may be behind the message; it is to be scanned again shortly. */
export type Scan = Scanned | 'later';

interface Batch {
  tenantId: string;
  ids: readonly string[];
  /** Whether messages that have a verdict are scanned as well. */
  again?: boolean;
}

/** How long after its arrival a message waits for copies that seem to be behind it, and how long at a time. */
const waitForCopiesMs = 1_500;
const pauseMs = 50;
const maxSubject = 500;
const maxAddresses = 100;

/** How many bytes of raw mail a job holds at once; a larger message is alone. */
const portionBytes = 16 * 1024 * 1024;

/**
 * Reads, parses and judges some messages of a tenant: a few short transactions for all of them, and none is open while
 * threads parse and judge. Messages that are gone, or have a verdict, are left out.
 */
export async function scanMessages(
  scanner: Scanner,
  db: Db,
  { tenantId, ids, again = false }: Batch,
): Promise<Map<string, Scan>> {
  const codes = await scanner.flags.value('mail.read-qr-codes', { tenantId, userId: null });
  const there = await inTenant(db, tenantId, (trx) => queries.listToScan(trx, ids), { readOnly: true });
  const scans = new Map<string, Scan>();
  for (const portion of portions(there.filter((row) => again || row.status !== 'scanned')))
    for (const [id, scan] of await scanPortion(scanner, db, { tenantId, ids: portion, codes }))
      scans.set(id, scan);
  return scans;
}

/** Messages that fit into memory together. */
function portions(rows: readonly { id: string; size_bytes: number }[]): string[][] {
  const found: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const { id, size_bytes } of rows) {
    if (bytes + size_bytes > portionBytes) {
      found.push([]);
      bytes = 0;
    }
    found.at(-1)?.push(id);
    bytes += size_bytes;
  }
  return found;
}

interface Portion {
  tenantId: string;
  ids: readonly string[];
  codes: boolean;
}

async function scanPortion(
  scanner: Scanner,
  db: Db,
  { tenantId, ids, codes }: Portion,
): Promise<Map<string, Scan>> {
  const rows = await inTenant(db, tenantId, (trx) => queries.listForScan(trx, ids), { readOnly: true });
  const raws = await Promise.all(rows.map((row) => scanner.raws.get(row)));
  const parsed = await scanner.engine.parseMany(raws, { codes });
  const knowledge = await knowledgeFor({ db, bankDetails: scanner.bankDetails }, tenantId, parsed, rows);
  const ready = rows.flatMap((row, at) => {
    const read = parsed[at];
    const looked = knowledge.looked[at];
    const raw = raws[at];
    if (!read?.message || !looked || !raw) return [];
    return [{ id: row.id, read, looked, envelope: envelopeOf(row), raw }];
  });
  const answers = await Promise.all(
    ready.map(({ read: { message }, envelope, raw }) =>
      askOutside(scanner, { raw, message, envelope }, knowledge.tenant),
    ),
  );
  const results = await scanner.engine.scanMany(
    ready.map(({ read: { message }, looked, envelope }, at) => ({
      message,
      envelope,
      knowledge: { ...looked, ...(answers[at] as (typeof answers)[number]) },
    })),
    knowledge.tenant,
  );
  const { policy } = knowledge.tenant;
  const scans = new Map<string, Scan>(
    ready.map(({ id, read }, at) => [id, describe(read, results[at] as ScanResult, policy)]),
  );
  for (const [at, { id }] of rows.entries()) {
    if (scans.has(id)) continue;
    const read = parsed[at];
    scans.set(
      id,
      !read || read.message === null ? unreadable(read?.reason ?? 'it was lost', policy) : 'later',
    );
  }
  return scans;
}

function unreadable(reason: string, policy: Policy): Scanned {
  const result = unscannable(reason);
  return {
    ...{ result, messageId: null, from: null, to: [], subject: null, references: null },
    disposition: dispositionOf(result.verdict, policy),
  };
}

const describe = ({ message, references }: Read, result: ScanResult, policy: Policy): Scanned => ({
  result,
  messageId: message.messageId,
  from: message.from?.address ?? null,
  to: message.to.slice(0, maxAddresses).map((to) => to.address),
  subject: message.subject?.slice(0, maxSubject) ?? null,
  references,
  disposition: dispositionOf(result.verdict, policy),
});

function envelopeOf(row: queries.ForScan): Envelope {
  return {
    ...(row.envelope_from ? { from: row.envelope_from } : {}),
    to: row.envelope_to,
    ...(row.client_ip ? { clientIp: row.client_ip } : {}),
  };
}

/** `looked[at]` is null for what could not be parsed, and for what the copies may be behind of. */
interface Knowledge {
  tenant: TenantKnowledge;
  looked: (Looked | null)[];
}

/**
 * What is known of the messages. Where the copies seem to be behind a message that just came, that one is put off; when
 * it is so for all of them, this waits.
 */
async function knowledgeFor(
  { db, bankDetails }: { db: Db } & Pick<Scanner, 'bankDetails'>,
  tenantId: string,
  parsed: readonly Parsed[],
  rows: readonly queries.ForScan[],
): Promise<Knowledge> {
  const read = parsed.flatMap((one, at) => (one.message ? [{ at, references: one.references }] : []));
  const references = read.map((one) => one.references);
  // By a clock that never steps as well: what came while the time of day was early would be new for as long as that was.
  const until = performance.now() + waitForCopiesMs;
  for (;;) {
    const { tenant, found, newestOrder } = await inTenant(
      db,
      tenantId,
      async (trx) => ({
        tenant: await tenantKnowledge(trx, bankDetails, tenantId),
        found: await lookUp(trx, references),
        newestOrder: references.some(({ orderNumbers }) => orderNumbers.length > 0)
          ? await newestOrderNumber(trx)
          : null,
      }),
      { readOnly: true },
    );
    const now = Date.now();
    const looked: Knowledge['looked'] = rows.map(() => null);
    let put = 0;
    for (const [index, { at, references }] of read.entries()) {
      const one = found[index] as Looked;
      const isNew =
        performance.now() < until && (rows[at]?.received_at.getTime() ?? 0) > now - waitForCopiesMs;
      if (isNew && mayBeBehind({ references, orders: one.orders, tenant, newestOrder })) continue;
      looked[at] = one;
      put++;
    }
    if (put > 0 || read.length === 0) return { tenant, looked };
    await delay(pauseMs);
  }
}
