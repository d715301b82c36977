import { orderMailQueued } from '@stockade/contracts';
import type { PurchaseOrder, SendPurchaseOrderBody } from '@stockade/contracts/purchasing';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { messageIdOf } from '@stockade/outgoing-mail';
import { checkVersion, errors } from '@stockade/service-kit';
import type { Static } from 'typebox';
import { findSite } from '../projections/queries.ts';
import { emitOrder } from '../purchase-orders/events.ts';
import { minorUnits } from '../purchase-orders/money.ts';
import { hasOpenHold, lockOrder, type OrderRow, showOrder, updateOrder } from '../purchase-orders/queries.ts';
import { findSupplier, type SupplierRow } from '../suppliers/queries.ts';
import type { PurchasingDb } from '../tables.ts';
import { describeOrder, type OrderDocument } from './document.ts';
import { renderHtml } from './html.ts';
import { failMail } from './outcome.ts';
import * as queries from './queries.ts';
import { renderInThread } from './render.ts';
import { checkSend, recipientsOf, whyWithheld } from './rules.ts';
import { renderText } from './text.ts';

type PurchasingWork = Work<PurchasingDb>;
type Body = Static<typeof SendPurchaseOrderBody>;

/** Who the mails are from. */
export interface Sender {
  name: string;
  email: string;
}

interface SendInput {
  id: string;
  ifMatch: number | null;
  body: Body;
  sender: Sender;
}

async function readDocument(
  { trx }: PurchasingWork,
  order: OrderRow,
  { supplier, buyer, message }: { supplier: SupplierRow; buyer: string; message: string | null },
): Promise<OrderDocument> {
  const decimals = minorUnits(order.currency);
  const site = await findSite(trx, order.site_id);
  return describeOrder({
    number: order.number,
    buyer,
    orderedBy: order.created_by.name,
    supplier,
    site: site ?? { code: order.site_id, name: '' },
    currency: order.currency,
    decimals,
    total: order.total,
    orderedAt: order.created_at,
    expectedAt: order.expected_at,
    message,
    lines: await queries.documentLines(trx, order.id, decimals),
  });
}

/** A mail that waits gives way to the one asked for now; one that a provider is being handed at this moment does not. */
async function replaceWaiting(work: PurchasingWork, last: queries.LatestMail | undefined): Promise<void> {
  if (last?.status !== 'queued') return;
  if (last.underWay)
    throw errors.conflict('Its mail is being handed to a provider right now: look at it again in a moment.', {
      mailId: last.id,
    });
  await failMail(work, last, 'A later mail of this order took its place.');
}

/** Renders all that is sent, once: whoever tries to deliver it, and however often, sends the same bytes. */
async function queueMail(
  work: PurchasingWork,
  order: OrderRow,
  { body: { to, message }, sender }: SendInput,
): Promise<{ id: string; to: string[] }> {
  const supplier = await findSupplier(work.trx, order.supplier_id);
  if (!supplier) throw errors.notFound('Supplier', order.supplier_id);
  if (!supplier.active)
    throw errors.invalidState({ what: `Supplier ${supplier.code}`, state: 'inactive', allowed: ['active'] });
  const recipients = recipientsOf(supplier, to);
  const document = await readDocument(work, order, {
    supplier,
    buyer: sender.name,
    message: message ?? null,
  });
  const id = newId();
  await queries.insertMail(work.trx, {
    tenant_id: work.tenantId,
    id,
    purchase_order_id: order.id,
    sender: JSON.stringify(sender),
    recipients: JSON.stringify(recipients),
    subject: document.title,
    body_text: renderText(document),
    body_html: renderHtml(document),
    pdf_name: `${order.number}.pdf`,
    pdf: await renderInThread(document, work.now),
    requested_by: JSON.stringify(work.caller.actor),
    ...(work.caller.mode === 'test' ? { status: 'withheld', note: whyWithheld } : {}),
  });
  work.emit(orderMailQueued, {
    aggregateId: id,
    aggregateVersion: 1,
    payload: {
      purchaseOrderId: order.id,
      supplierId: supplier.id,
      messageId: messageIdOf(id, sender),
    },
  });
  return { id, to: recipients.map(({ email }) => email) };
}

/**
 * The order is sent, and its mail waits to be delivered: one transaction. The order's lock lets one call at a time
 * decide whether there is a mail to be made.
 */
export async function sendOrder(work: PurchasingWork, input: SendInput): Promise<PurchaseOrder> {
  const { id, ifMatch, body } = input;
  const order = await lockOrder(work.trx, id);
  if (!order) throw errors.notFound('Purchase order', id);
  checkVersion(order.version, ifMatch);
  const last = await queries.lockLatestMail(work.trx, id);
  checkSend({ order, last: last?.status, resend: body.resend ?? false });
  await replaceWaiting(work, last);
  const mail = await queueMail(work, order, input);
  const isFirst = order.status === 'approved';
  const after = isFirst ? await updateOrder(work.trx, id, { status: 'sent' }) : order;
  if (isFirst) emitOrder(work, after, await hasOpenHold(work.trx, id));
  work.audit({
    action: 'purchasing.purchase-order.send',
    target: { type: 'purchase-order', id },
    changes: { ...changed(order, after, ['status']), ...changed(null, { mail }) },
  });
  return showOrder(work.trx, after);
}
