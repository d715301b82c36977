import type { TestCaller } from '@stockade/testing';
import { makeOrder, makeRecipe, makeReleased } from './production.ts';
import { makeItem, makeLocation, makeLot, makeSite, makeStock } from './setup.ts';

/** Reorder rules, bills of materials and production orders. */
export async function productionSamples(caller: TestCaller) {
  return { ...(await ruleSamples(caller)), ...(await bomSamples(caller)), ...(await orderSamples(caller)) };
}

async function ruleSamples(caller: TestCaller) {
  const { site, item } = await makeStock(caller, '10');
  const body = { itemId: item.id, siteId: site.id, reorderPoint: '5', reorderQuantity: '20' };
  const other = { ...body, siteId: (await makeSite(caller)).id };
  const params = { ruleId: (await caller.post('/v1/inventory/reorder-rules', other)).body.id };
  return {
    createReorderRule: { body },
    listReorderRules: { query: { itemId: item.id, siteId: site.id, active: 'true' } },
    getReorderRule: { params },
    updateReorderRule: { params, body: { reorderPoint: '6', reorderQuantity: '30', active: false } },
  };
}

async function bomSamples(caller: TestCaller) {
  const { piece, item, bom } = await makeRecipe(caller);
  const params = { bomId: bom.id };
  const lines = [{ itemId: piece.id, quantity: '3' }];
  return {
    createBom: { body: { itemId: (await makeItem(caller)).id, quantity: '2', lines } },
    listBoms: { query: { itemId: item.id, active: 'true' } },
    getBom: { params },
    updateBom: { params, body: { quantity: '4', active: true, lines } },
    explodeBom: { params, query: { quantity: '7' } },
  };
}

async function orderSamples(caller: TestCaller) {
  const { site, piece, item, bom } = await makeRecipe(caller, { lotTracked: true });
  const given = { bomId: bom.id, siteId: site.id };
  const location = await makeLocation(caller, site.id);
  const lot = await makeLot(caller, item.id);
  const paramsOf = ({ id }: { id: string }) => ({ productionOrderId: id });
  const consuming = await makeReleased(caller, given);
  const lineId = consuming.lines.find((line) => line.itemId === piece.id)?.id;
  await caller.post('/v1/inventory/movements', {
    ...{ type: 'RECEIVE', itemId: piece.id, siteId: site.id, locationId: location.id, quantity: '5' },
  });
  return {
    createProductionOrder: { body: { ...given, quantity: '5', reference: 'Job 7' } },
    listProductionOrders: { query: { status: 'draft', itemId: item.id, siteId: site.id } },
    getProductionOrder: { params: paramsOf(await makeOrder(caller, given)) },
    releaseProductionOrder: { params: paramsOf(await makeOrder(caller, given)) },
    consumeForProduction: {
      params: paramsOf(consuming),
      body: { lines: [{ lineId, quantity: '5', locationId: location.id }] },
    },
    completeProductionOrder: {
      params: paramsOf(await makeReleased(caller, given)),
      body: { quantity: '9', locationId: location.id, lotId: lot.id, backflush: true },
    },
    cancelProductionOrder: {
      params: paramsOf(await makeReleased(caller, given)),
      body: { reason: 'Not wanted any more' },
    },
  };
}
