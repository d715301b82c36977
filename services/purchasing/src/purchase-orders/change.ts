import type { PurchaseOrder, UpdatePurchaseOrderBody } from '@stockade/contracts/purchasing';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { errors, mapConstraint, personOf, toInstant } from '@stockade/service-kit';
import type { Static } from 'typebox';
import type { PurchasingDb } from '../tables.ts';
import { checkParts } from './checks.ts';
import { lockForStep } from './commands.ts';
import { emitOrder } from './events.ts';
import { checkCurrency, checkTotal, minorUnits } from './money.ts';
import * as queries from './queries.ts';

type Change = Static<typeof UpdatePurchaseOrderBody>;

const audited = ['supplier_id', 'site_id', 'currency', 'total', 'expected_at'];

interface ChangeInput {
  id: string;
  ifMatch: number | null;
  body: Change;
}

/** The columns that the call sets; `expectedAt` null clears it. */
function columnsOf({ supplierId, siteId, currency, expectedAt }: Change) {
  return {
    ...(supplierId ? { supplier_id: supplierId } : {}),
    ...(siteId ? { site_id: siteId } : {}),
    ...(currency ? { currency } : {}),
    ...(expectedAt === undefined
      ? {}
      : { expected_at: expectedAt === null ? null : toInstant(expectedAt, '/expectedAt') }),
  };
}

/**
 * Changes a draft. Its total is reckoned anew: another currency may have other decimals. Who changes it becomes one of
 * its makers, so that nobody approves what they wrote themselves.
 */
export async function changeOrder(
  work: Work<PurchasingDb>,
  { id, ifMatch, body }: ChangeInput,
): Promise<PurchaseOrder> {
  const { trx } = work;
  if (body.currency) checkCurrency(body.currency);
  const columns = columnsOf(body);
  const person = personOf(work);
  const before = await lockForStep(work, 'change', { id, ifMatch });
  await checkParts(trx, body);
  const oldLines = await queries.listLines(trx, id);
  const lines = body.lines ?? oldLines;
  const total = await queries.totalOf(trx, lines, minorUnits(body.currency ?? before.currency));
  checkTotal(total);
  if (body.lines) {
    const replacing = queries.replaceLines(
      trx,
      before,
      body.lines.map((line) => ({ id: newId(), ...line })),
    );
    await replacing.catch((error) =>
      mapConstraint(error, {
        invoice_lines_tenant_id_order_line_id_fkey: () =>
          errors.conflict('An invoice names lines of this draft: cancel the draft and make another one.'),
      }),
    );
  }
  const makers = new Set([...before.changed_by_persons, person]);
  makers.delete(before.created_by_person);
  const after = await queries.updateOrder(trx, id, { ...columns, total, changed_by_persons: [...makers] });
  emitOrder(work, after, await queries.hasOpenHold(trx, id));
  work.audit({
    action: 'purchasing.purchase-order.update',
    target: { type: 'purchase-order', id },
    changes: {
      ...changed(before, after, audited),
      ...changed({ lines: oldLines }, { lines: await queries.listLines(trx, id) }),
    },
  });
  return queries.showOrder(trx, after);
}
