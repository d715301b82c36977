import { itemChanged, siteChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { mailConfigFields } from '@stockade/outgoing-mail';
import type { Secrets } from '@stockade/secrets';
import { parseConfig } from '@stockade/service-kit';
import { startTestService, type TestCaller, type TestService } from '@stockade/testing';
import { Type } from 'typebox';
import { createPurchasing } from '../src/app.ts';
import { migrations } from '../src/migrations/index.ts';

type Test = Parameters<typeof startTestService>[0];

/** The service with these settings of outgoing mail; without them nobody delivers its mail. */
export const start = (t: Test, mail: Record<string, string> = {}, secrets?: Secrets) =>
  startTestService(t, createPurchasing(parseConfig(Type.Object(mailConfigFields), mail)), {
    migrations,
    config: { BANK_DETAILS_KEY: 'only for tests: a key of 32 characters or more' },
    ...(secrets ? { secrets } : {}),
  });
export const iban = 'DE89370400440532013000';
export const otherIban = 'GB29NWBK60161331926819';

/** An item as inventory tells of it. */
export async function knowItem(service: TestService, unit = 'each', overrides: object = {}): Promise<string> {
  const itemId = newId();
  const item = {
    itemId,
    sku: `SKU-${itemId.slice(-6)}`,
    name: 'Item',
    unit,
    active: true,
    reorderPoint: null,
    reorderQuantity: null,
  };
  await service.consume(itemChanged, { ...item, ...overrides }, { aggregateId: itemId });
  return itemId;
}

export async function knowSite(service: TestService): Promise<string> {
  const siteId = newId();
  await service.consume(
    siteChanged,
    { siteId, code: 'MAIN', name: 'Main', active: true },
    { aggregateId: siteId },
  );
  return siteId;
}

let suppliers = 0;

export async function addSupplier(caller: TestCaller): Promise<string> {
  suppliers++;
  const answer = await caller.post('/v1/purchasing/suppliers', {
    code: `S-${suppliers}`,
    name: `Supplier ${suppliers}`,
    mailDomains: [`s${suppliers}.example`],
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body.id;
}

/** What an order needs, and two people. */
export async function prepare(service: TestService) {
  const buyer = service.as('manager');
  const [supplierId, siteId, itemId] = [
    await addSupplier(buyer),
    await knowSite(service),
    await knowItem(service),
  ];
  return { buyer, approver: service.as('manager'), third: service.as('manager'), supplierId, siteId, itemId };
}

export type Prepared = Awaited<ReturnType<typeof prepare>>;

export async function draft(
  { buyer, supplierId, siteId, itemId }: Prepared,
  quantity = '10',
  unitPrice = '12.50',
) {
  const body = { supplierId, siteId, currency: 'EUR', lines: [{ itemId, quantity, unitPrice }] };
  const answer = await buyer.post('/v1/purchasing/purchase-orders', body);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body as {
    id: string;
    number: string;
    total: string;
    status: string;
    version: number;
    lines: { id: string }[];
  };
}

export const step = (caller: TestCaller, id: string, name: string, body?: object, headers = {}) =>
  caller.post(`/v1/purchasing/purchase-orders/${id}/${name}`, body, headers);

export async function approved(prepared: Prepared, quantity?: string) {
  const order = await draft(prepared, quantity);
  await step(prepared.buyer, order.id, 'submit');
  const answer = await step(prepared.approver, order.id, 'approve');
  if (answer.body.status !== 'approved') throw new Error(JSON.stringify(answer.body));
  return order;
}
