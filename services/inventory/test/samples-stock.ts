import type { TestCaller, TestService } from '@stockade/testing';
import { sheetOf, startCount, take } from './counting.ts';
import { makeItem, makeLocation, makeLot, makeSite, move } from './setup.ts';

/** Reservations, picks, transfers and cycle counts. */
export async function stockSamples(service: TestService) {
  const caller = service.as('owner');
  return {
    ...(await reservationSamples(caller)),
    ...(await transferSamples(caller)),
    ...(await countSamples(service)),
  };
}

async function post(caller: TestCaller, path: string, body: object): Promise<{ id: string }> {
  const answer = await caller.post(`/v1/inventory/${path}`, body);
  if (answer.status >= 300)
    throw new Error(`${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Stock of a lot at a location. */
async function makeLotStock(caller: TestCaller) {
  const site = await makeSite(caller);
  const location = await makeLocation(caller, site.id);
  const item = await makeItem(caller, { lotTracked: true });
  const lot = await makeLot(caller, item.id, { expiresAt: '2091-01-01T00:00:00Z' });
  const place = { itemId: item.id, locationId: location.id, lotId: lot.id };
  await move(caller, { ...place, siteId: site.id, quantity: '50' });
  return { site, location, place };
}

async function reservationSamples(caller: TestCaller) {
  const { site, place } = await makeLotStock(caller);
  const body = {
    ...{ ...place, siteId: site.id, quantity: '3', reference: 'SO 1', expiresAt: '2090-01-01T00:00:00Z' },
  };
  const made = async () => ({ reservationId: (await post(caller, 'reservations', body)).id });
  const { itemId } = place;
  return {
    createReservation: { body },
    listReservations: { query: { itemId, siteId: site.id, status: 'open', reference: 'SO 1' } },
    getReservation: { params: await made() },
    releaseReservation: { params: await made() },
    consumeReservation: { params: await made(), body: { quantity: '2', reference: 'DN 1' } },
    planPicks: { query: { itemId, siteId: site.id, quantity: '4' } },
  };
}

async function transferSamples(caller: TestCaller) {
  const { site, place } = await makeLotStock(caller);
  const to = await makeSite(caller);
  const { itemId, lotId, locationId: fromLocationId } = place;
  const toLocationId = (await makeLocation(caller, to.id)).id;
  const body = {
    ...{ fromSiteId: site.id, toSiteId: to.id, reference: 'TR 1' },
    lines: [{ itemId, quantity: '4', lotId, fromLocationId, toLocationId }],
  };
  const planned = async () => ({ transferId: (await post(caller, 'transfers', body)).id });
  const underWay = async () => {
    const params = await planned();
    await post(caller, `transfers/${params.transferId}/dispatch`, {});
    return params;
  };
  const receiving = await underWay();
  const { lines } = (await caller.get(`/v1/inventory/transfers/${receiving.transferId}`)).body;
  return {
    createTransfer: { body },
    listTransfers: { query: { status: 'draft', fromSiteId: site.id, toSiteId: to.id } },
    getTransfer: { params: await planned() },
    dispatchTransfer: { params: await planned() },
    receiveTransfer: {
      params: receiving,
      body: { lines: [{ lineId: lines[0].id, quantity: '3', lost: '1' }] },
    },
    cancelTransfer: { params: await underWay(), body: { reason: 'The road is closed' } },
  };
}

/** Counts are planned, handed in and decided by three people. */
async function countSamples(service: TestService) {
  const [planner, counter] = [service.as('owner'), service.as('owner')];
  const counterId = counter.personId;
  const plan = async () => {
    const { site, location, place } = await makeLotStock(planner);
    return {
      ...{ siteId: site.id, locationId: location.id, itemIds: [place.itemId], counterId, reference: 'CC 1' },
    };
  };
  const paramsOf = ({ id }: { id: string }) => ({ cycleCountId: id });
  const planned = async () => paramsOf(await post(planner, 'cycle-counts', await plan()));
  const submitted = async () => {
    const count = await startCount(planner, await plan());
    return take(counter, count.id, 'submit', sheetOf(count, ['49']));
  };
  const counting = await startCount(planner, await plan());
  const again = await submitted();
  const countedAt = new Date().toISOString();
  return {
    createCycleCount: { body: await plan() },
    listCycleCounts: { query: { status: 'draft', siteId: (await plan()).siteId } },
    getCycleCount: { params: await planned() },
    startCycleCount: { params: await planned() },
    submitCycleCount: {
      ...{ params: paramsOf(counting), body: sheetOf(counting, ['48'], { countedAt }), personId: counterId },
    },
    recountCycleCount: {
      params: paramsOf(again),
      body: { lineIds: again.lines.map(({ id }) => id), counterId },
    },
    approveCycleCount: { params: paramsOf(await submitted()), body: { reason: 'Looked again' } },
    rejectCycleCount: { params: paramsOf(await submitted()), body: { reason: 'Wrong shelf' } },
  };
}
