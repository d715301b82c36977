import { setTimeout as delay } from 'node:timers/promises';
import type { Receipt } from '@stockade/contracts/purchasing';
import { inTenant } from '@stockade/database';
import { errors } from '@stockade/service-kit';
import type { Kysely } from 'kysely';
import type { PurchasingDb } from '../tables.ts';
import * as queries from './queries.ts';

const waitMs = 2_000;
const pollMs = 50;

/**
 * Waits, two seconds at most, for what the ledger says to a reversal, and gives the receipt as it is then. Throws a 409
 * with the ledger's reason when the goods cannot be given back.
 */
export async function awaitReversal(
  db: Kysely<PurchasingDb>,
  tenantId: string,
  asked: Receipt,
): Promise<Receipt> {
  let receipt = asked;
  for (const deadline = performance.now() + waitMs; performance.now() < deadline; await delay(pollMs)) {
    receipt = await inTenant(db, tenantId, (trx) => readReceipt(trx, asked), { readOnly: true });
    if (receipt.status !== 'reversing') break;
  }
  if (receipt.status === 'received')
    throw errors.conflict(`The goods cannot be taken back. ${receipt.reversalRefusal}`, {
      receiptId: receipt.id,
    });
  return receipt;
}

async function readReceipt(db: Kysely<PurchasingDb>, asked: Receipt): Promise<Receipt> {
  const row = await queries.findReceipt(db, asked.id);
  const [receipt] = row ? await queries.withLines(db, [row]) : [];
  return receipt ?? asked;
}
