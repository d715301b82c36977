import { randomBytes } from 'node:crypto';
import type { CreateMovementBody } from '@stockade/contracts/inventory';
import { startTestService, type TestCaller, type TestService } from '@stockade/testing';
import { createInventory } from '../src/app.ts';
import { migrations } from '../src/migrations/index.ts';

/** Well formed, and nobody's. */
export const unknownId = '01900000-0000-7000-8000-000000000000';

type Teardown = Parameters<typeof startTestService>[0];

export const startInventory = (t: Teardown): Promise<TestService> =>
  startTestService(t, createInventory(), { migrations });

/** A code that no other test uses. */
export const freshCode = (prefix: string) => `${prefix}-${randomBytes(4).toString('hex')}`;

async function make(caller: TestCaller, path: string, body: object) {
  const answer = await caller.post(`/v1/inventory/${path}`, body);
  if (answer.status !== 201) {
    const message = `POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`;
    // The runner does not show what a file throws between its tests.
    process.stderr.write(`${message}\n`);
    throw new Error(message);
  }
  return answer.body;
}

export const makeSite = (caller: TestCaller, fields: object = {}) =>
  make(caller, 'sites', { code: freshCode('S'), name: 'Warehouse', ...fields });

export const makeLocation = (caller: TestCaller, siteId: string, fields: object = {}) =>
  make(caller, 'locations', { siteId, code: freshCode('L'), ...fields });

export const makeItem = (caller: TestCaller, fields: object = {}) =>
  make(caller, 'items', { sku: freshCode('I'), name: 'Bracket', unit: 'each', ...fields });

export const makeLot = (caller: TestCaller, itemId: string, fields: object = {}) =>
  make(caller, 'lots', { itemId, code: freshCode('LOT'), ...fields });

type Move = Partial<CreateMovementBody> & Pick<CreateMovementBody, 'itemId' | 'siteId'>;

/** Posts a movement (RECEIVE of 10 unless told) and gives the answer, whatever it is. */
export const move = (caller: TestCaller, fields: Move, headers: Record<string, string> = {}) =>
  caller.post('/v1/inventory/movements', { type: 'RECEIVE', quantity: '10', ...fields }, headers);

/** A site and an item with so much on hand. */
export async function makeStock(caller: TestCaller, quantity: string, fields: object = {}) {
  const site = await makeSite(caller);
  const item = await makeItem(caller, fields);
  const received = await move(caller, { itemId: item.id, siteId: site.id, quantity });
  if (received.status !== 201) throw new Error(`The stock could not be received: ${received.status}`);
  return { site, item, movement: received.body };
}

/** The one balance of an item at a site, as the API tells it. */
export async function onHand(caller: TestCaller, itemId: string, siteId: string): Promise<string> {
  const answer = await caller.get(`/v1/inventory/balances?itemId=${itemId}&siteId=${siteId}`);
  return answer.body.data.map((balance: { onHand: string }) => balance.onHand).join(' | ');
}

/** Balances that are not the sum of their ledger entries, or whose last entry says otherwise: there must be none. */
export const unbalancedPlaces = (service: TestService) =>
  service.query(`
    select b.item_id, b.on_hand, b.position, l.total, l.entries, l.last_on_hand
    from balances b left join (
      select tenant_id, balance_id, sum(quantity) as total, count(*) as entries, max(position) as position,
        (array_agg(on_hand order by position desc))[1] as last_on_hand
      from ledger_entries group by 1, 2
    ) l on (l.tenant_id, l.balance_id) = (b.tenant_id, b.id)
    where b.on_hand <> coalesce(l.total, 0) or b.position <> coalesce(l.entries, 0)
      or b.position <> coalesce(l.position, 0) or b.on_hand <> coalesce(l.last_on_hand, 0)`);
