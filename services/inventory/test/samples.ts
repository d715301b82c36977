import { workOffOne } from '@stockade/service-kit';
import type { Sample, TestCaller, TestService } from '@stockade/testing';
import { exportJobs } from '../src/exports/work-off.ts';
import { productionSamples } from './samples-production.ts';
import { stockSamples } from './samples-stock.ts';
import { freshCode, makeItem, makeLocation, makeLot, makeSite, makeStock } from './setup.ts';

/** A good request of every operation, by its id, with the things that it needs; made by people who are not the caller. */
export async function makeSamples(service: TestService): Promise<Record<string, Sample>> {
  const caller = service.as('owner');
  return {
    ...(await ledgerSamples(caller)),
    ...(await stockSamples(service)),
    ...(await productionSamples(caller)),
    ...(await dataSamples(service, caller)),
  };
}

/** Imports, exports and what is seen at a glance. */
async function dataSamples(service: TestService, caller: TestCaller) {
  const fileOf = (name: string) => `sku,name,unit\n${freshCode('I')},${name},each\n`;
  const csv = { 'content-type': 'text/csv' };
  const imported = await caller.post('/v1/inventory/imports?kind=items', fileOf('Bolt'), csv);
  const params = { exportId: await makeExport(service, caller) };
  const { item, site } = await makeStock(caller, '1');
  const exported = { kind: 'movements', itemId: item.id, siteId: site.id };
  return {
    createImport: { query: { kind: 'items', mode: 'valid' }, body: fileOf('Nut') },
    listImports: { query: { status: 'queued' } },
    getImport: { params: { importId: imported.body.id } },
    createExport: { body: { ...exported, from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' } },
    listExports: { query: { status: 'completed' } },
    getExport: { params },
    getExportContent: { params },
    getDashboard: { query: { siteId: site.id } },
  };
}

/** A completed export. */
async function makeExport(service: TestService, caller: TestCaller): Promise<string> {
  const { body } = await caller.post('/v1/inventory/exports', { kind: 'items' });
  while (await workOffOne(service.service, exportJobs, new AbortController().signal));
  return body.id;
}

async function ledgerSamples(caller: TestCaller) {
  const { site, item, movement } = await makeStock(caller, '10');
  const location = await makeLocation(caller, site.id);
  const conversions = [{ unit: 'pack', numerator: '6' }];
  const lotted = await makeItem(caller, { lotTracked: true, conversions });
  const lot = await makeLot(caller, lotted.id);
  const receive = {
    type: 'RECEIVE',
    itemId: lotted.id,
    siteId: site.id,
    locationId: location.id,
    lotId: lot.id,
    quantity: '2',
    unit: 'pack',
    reason: 'Found',
    reference: 'DN 1',
    occurredAt: '2026-03-04T05:06:07Z',
    expectedOnHand: '0',
  };
  return {
    ...masterDataSamples(await makeSite(caller), await makeItem(caller), { location, lot }),
    createMovement: { body: receive },
    createMovements: {
      body: { movements: [{ type: 'ISSUE', itemId: item.id, siteId: site.id, quantity: '1' }] },
    },
    listMovements: {
      query: {
        itemId: item.id,
        siteId: site.id,
        type: 'RECEIVE',
        reference: 'DN 1',
        locationId: location.id,
        lotId: lot.id,
      },
    },
    getMovement: { params: { movementId: movement.id } },
    reverseMovement: {
      params: { movementId: (await makeStock(caller, '3')).movement.id },
      body: { reason: 'Typo' },
    },
    listBalances: {
      query: {
        ...{ itemId: item.id, siteId: site.id, locationId: location.id, lotId: lot.id },
        asOf: '2026-03-04T05:06:07Z',
      },
    },
  };
}

interface Made {
  id: string;
}

function masterDataSamples(
  site: Made,
  item: Made,
  { location, lot }: { location: Made; lot: Made & { itemId: string } },
) {
  return {
    createSite: { body: { code: freshCode('S'), name: 'Warehouse', timeZone: 'Europe/Berlin' } },
    listSites: { query: { code: 'S-1', active: 'true' } },
    getSite: { params: { siteId: site.id } },
    updateSite: {
      params: { siteId: site.id },
      body: { name: 'Depot', timeZone: 'Europe/Paris', active: true },
    },
    createLocation: { body: { siteId: site.id, code: freshCode('L'), name: 'Shelf' } },
    listLocations: { query: { siteId: site.id, code: 'L-1' } },
    getLocation: { params: { locationId: location.id } },
    updateLocation: { params: { locationId: location.id }, body: { name: 'Rack', active: true } },
    createItem: {
      body: {
        sku: freshCode('I'),
        name: 'Bracket',
        unit: 'each',
        description: 'Of steel',
        barcode: freshCode('B'),
        reorderPoint: '5',
        reorderQuantity: '20',
        allowNegative: false,
        lotTracked: false,
        conversions: [{ unit: 'box', numerator: '12', denominator: '5' }],
      },
    },
    listItems: { query: { search: 'bracket', sku: 'I-1', barcode: '4711', active: 'true' } },
    getItem: { params: { itemId: item.id } },
    updateItem: {
      params: { itemId: item.id },
      body: {
        name: 'Angle',
        description: null,
        barcode: freshCode('B'),
        reorderPoint: '6',
        reorderQuantity: '30',
        allowNegative: true,
        conversions: [{ unit: 'box', numerator: '10' }],
        active: true,
      },
    },
    createLot: { body: { itemId: lot.itemId, code: freshCode('LOT'), expiresAt: '2030-01-01T00:00:00Z' } },
    listLots: { query: { itemId: lot.itemId, code: 'LOT-1' } },
    getLot: { params: { lotId: lot.id } },
    updateLot: { params: { lotId: lot.id }, body: { expiresAt: '2031-01-01T00:00:00Z' } },
  };
}
