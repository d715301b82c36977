import type { InvoiceMatch } from '@stockade/contracts/purchasing';
import { sql } from 'kysely';
import { readSettings } from '../settings/queries.ts';
import { findDifferences, type LineFacts } from './match.ts';
import type { Db, InvoiceRow } from './queries.ts';

interface FactsRow {
  id: string;
  quantity: string;
  unit_price: string;
  order_line_id: string | null;
  item_id: string;
  ordered: string;
  received: string;
  order_price: string;
  before: string;
  other_numbers: string[];
}

/**
 * An invoice's lines beside those of its order. Other invoices come before it when they are approved, or open and
 * entered earlier (ids grow with time): of two for the same goods one is in the way of the other, never both. Goods
 * that are on their way back are no longer received.
 */
async function readFacts(db: Db, invoiceId: string): Promise<LineFacts[]> {
  const { rows } = await sql<FactsRow>`
    with own as (
      select l.*, sum(l.quantity) over (partition by l.order_line_id order by l.position) - l.quantity as above
      from invoice_lines l where l.invoice_id = ${invoiceId}
    ), others as (
      select l.order_line_id, sum(l.quantity) as quantity, (array_agg(distinct i.number))[1:3] as numbers
      from invoice_lines l join invoices i on (i.tenant_id, i.id) = (l.tenant_id, l.invoice_id)
      where l.order_line_id in (select order_line_id from own) and i.id <> ${invoiceId}
        and (i.status = 'approved' or (i.status <> 'cancelled' and i.id < ${invoiceId}))
      group by 1
    )
    select own.id, own.order_line_id, o.item_id, coalesce(others.numbers, '{}') as other_numbers,
      trim_scale(own.quantity)::text as quantity, trim_scale(own.unit_price)::text as unit_price,
      trim_scale(o.quantity)::text as ordered, trim_scale(o.received - o.going_back)::text as received,
      trim_scale(o.unit_price)::text as order_price,
      trim_scale(own.above + coalesce(others.quantity, 0))::text as before
    from own
    left join purchase_order_lines o on (o.tenant_id, o.id) = (own.tenant_id, own.order_line_id)
    left join others on others.order_line_id = own.order_line_id
    order by own.position`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    quantity: row.quantity,
    unitPrice: row.unit_price,
    order: row.order_line_id
      ? {
          lineId: row.order_line_id,
          itemId: row.item_id,
          ordered: row.ordered,
          received: row.received,
          price: row.order_price,
          invoicedBefore: row.before,
          otherNumbers: row.other_numbers,
        }
      : null,
  }));
}

/** The three-way match as it is now. Decide on it with the order locked. */
export async function readMatch(db: Db, invoice: InvoiceRow): Promise<InvoiceMatch> {
  const { id, purchase_order_id: purchaseOrderId } = invoice;
  const { priceTolerance, quantityTolerance } = await readSettings(db);
  const lines = await readFacts(db, id);
  const differences = findDifferences(purchaseOrderId, lines, { priceTolerance, quantityTolerance });
  return {
    invoiceId: id,
    purchaseOrderId,
    status: differences.length === 0 ? 'matched' : 'differences',
    priceTolerance,
    quantityTolerance,
    lines: lines.map(({ id: invoiceLineId, quantity, unitPrice, order }, at) => ({
      line: at + 1,
      invoiceLineId,
      purchaseOrderLineId: order?.lineId ?? null,
      itemId: order?.itemId ?? null,
      ordered: order?.ordered ?? null,
      received: order?.received ?? null,
      invoicedBefore: order?.invoicedBefore ?? null,
      invoiced: quantity,
      orderPrice: order?.price ?? null,
      invoicePrice: unitPrice,
    })),
    differences,
  };
}

/**
 * Counts an approved invoice as invoiced on its order's lines. What is beyond the received goods and the tolerance is
 * noted as accepted, or else refused by the table's constraint.
 */
export async function addInvoiced(
  db: Db,
  { id }: Pick<InvoiceRow, 'id'>,
  { quantityTolerance, accepted }: { quantityTolerance: string; accepted: boolean },
): Promise<void> {
  await sql`
    update purchase_order_lines o set
      invoiced = o.invoiced + l.quantity,
      invoiceable_slack = ${quantityTolerance}::numeric,
      accepted_excess = case when ${accepted}
        then greatest(0, o.invoiced + l.quantity - (o.received - o.going_back) * (1 + ${quantityTolerance}::numeric)) else 0 end
    from (select order_line_id, sum(quantity) as quantity from invoice_lines where invoice_id = ${id} group by 1) l
    where o.id = l.order_line_id`.execute(db);
}
