import { defineOperation, type Operation } from '../operation.ts';
import * as boms from './boms.ts';
import * as counts from './cycle-counts.ts';
import { getDashboard } from './dashboard.ts';
import * as exported from './exports.ts';
import * as imports from './imports.ts';
import { planPicks } from './picks.ts';
import * as production from './production-orders.ts';
import * as rules from './reorder-rules.ts';
import * as reservations from './reservations.ts';
import * as s from './schemas.ts';
import * as transfers from './transfers.ts';

export * from './boms.ts';
export * from './cycle-counts.ts';
export * from './dashboard.ts';
export * from './exports.ts';
export * from './imports.ts';
export * from './picks.ts';
export * from './production-orders.ts';
export * from './reorder-rules.ts';
export * from './reservations.ts';
export * from './schemas.ts';
export * from './transfers.ts';

const service = 'inventory' as const;

export const createSite = defineOperation({
  id: 'createSite',
  service,
  method: 'POST',
  path: '/v1/inventory/sites',
  summary: 'Add a site',
  access: 'inventory:write',
  tier: 'WRITE',
  body: s.CreateSiteBody,
  responses: { 201: s.Site },
});

export const listSites = defineOperation({
  id: 'listSites',
  keptFor: 'tenant',
  service,
  method: 'GET',
  path: '/v1/inventory/sites',
  summary: 'List sites, newest first',
  access: 'inventory:read',
  tier: 'READ',
  query: s.SiteListQuery,
  responses: { 200: s.SitePage },
});

export const getSite = defineOperation({
  id: 'getSite',
  keptFor: 'tenant',
  service,
  method: 'GET',
  path: '/v1/inventory/sites/:siteId',
  summary: 'Read a site',
  access: 'inventory:read',
  tier: 'READ',
  params: s.SiteParams,
  responses: { 200: s.Site },
});

export const updateSite = defineOperation({
  id: 'updateSite',
  service,
  method: 'PATCH',
  path: '/v1/inventory/sites/:siteId',
  summary: 'Change a site',
  access: 'inventory:write',
  tier: 'WRITE',
  params: s.SiteParams,
  body: s.UpdateSiteBody,
  responses: { 200: s.Site },
});

export const createLocation = defineOperation({
  id: 'createLocation',
  service,
  method: 'POST',
  path: '/v1/inventory/locations',
  summary: 'Add a location of a site',
  access: 'inventory:write',
  tier: 'WRITE',
  body: s.CreateLocationBody,
  responses: { 201: s.Location },
});

export const listLocations = defineOperation({
  id: 'listLocations',
  keptFor: 'tenant',
  service,
  method: 'GET',
  path: '/v1/inventory/locations',
  summary: 'List locations, newest first',
  access: 'inventory:read',
  tier: 'READ',
  query: s.LocationListQuery,
  responses: { 200: s.LocationPage },
});

export const getLocation = defineOperation({
  id: 'getLocation',
  keptFor: 'tenant',
  service,
  method: 'GET',
  path: '/v1/inventory/locations/:locationId',
  summary: 'Read a location of a site',
  access: 'inventory:read',
  tier: 'READ',
  params: s.LocationParams,
  responses: { 200: s.Location },
});

export const updateLocation = defineOperation({
  id: 'updateLocation',
  service,
  method: 'PATCH',
  path: '/v1/inventory/locations/:locationId',
  summary: 'Change a location of a site',
  access: 'inventory:write',
  tier: 'WRITE',
  params: s.LocationParams,
  body: s.UpdateLocationBody,
  responses: { 200: s.Location },
});

export const createItem = defineOperation({
  id: 'createItem',
  service,
  method: 'POST',
  path: '/v1/inventory/items',
  summary: 'Add an item',
  access: 'inventory:write',
  tier: 'WRITE',
  body: s.CreateItemBody,
  responses: { 201: s.Item },
});

export const listItems = defineOperation({
  id: 'listItems',
  service,
  method: 'GET',
  path: '/v1/inventory/items',
  summary: 'List items, newest first',
  access: 'inventory:read',
  tier: 'READ',
  query: s.ItemListQuery,
  responses: { 200: s.ItemPage },
});

export const getItem = defineOperation({
  id: 'getItem',
  keptFor: 'tenant',
  service,
  method: 'GET',
  path: '/v1/inventory/items/:itemId',
  summary: 'Read an item',
  access: 'inventory:read',
  tier: 'READ',
  params: s.ItemParams,
  responses: { 200: s.Item },
});

export const updateItem = defineOperation({
  id: 'updateItem',
  service,
  method: 'PATCH',
  path: '/v1/inventory/items/:itemId',
  summary: 'Change an item',
  access: 'inventory:write',
  tier: 'WRITE',
  params: s.ItemParams,
  body: s.UpdateItemBody,
  responses: { 200: s.Item },
});

export const createLot = defineOperation({
  id: 'createLot',
  service,
  method: 'POST',
  path: '/v1/inventory/lots',
  summary: 'Add a lot of an item',
  access: 'inventory:write',
  tier: 'WRITE',
  body: s.CreateLotBody,
  responses: { 201: s.Lot },
});

export const listLots = defineOperation({
  id: 'listLots',
  service,
  method: 'GET',
  path: '/v1/inventory/lots',
  summary: 'List lots, newest first',
  access: 'inventory:read',
  tier: 'READ',
  query: s.LotListQuery,
  responses: { 200: s.LotPage },
});

export const getLot = defineOperation({
  id: 'getLot',
  service,
  method: 'GET',
  path: '/v1/inventory/lots/:lotId',
  summary: 'Read a lot of an item',
  access: 'inventory:read',
  tier: 'READ',
  params: s.LotParams,
  responses: { 200: s.Lot },
});

export const updateLot = defineOperation({
  id: 'updateLot',
  service,
  method: 'PATCH',
  path: '/v1/inventory/lots/:lotId',
  summary: "Change a lot's expiry",
  access: 'inventory:write',
  tier: 'WRITE',
  params: s.LotParams,
  body: s.UpdateLotBody,
  responses: { 200: s.Lot },
});

export const createMovement = defineOperation({
  id: 'createMovement',
  service,
  method: 'POST',
  path: '/v1/inventory/movements',
  summary: 'Post a movement to the stock ledger',
  description:
    'Quantities are above zero, except of ADJUST, where the sign says which way. Stock does not go below zero unless the item allows it.',
  access: 'inventory:write',
  tier: 'WRITE',
  body: s.CreateMovementBody,
  responses: { 201: s.Movement },
});

export const createMovements = defineOperation({
  id: 'createMovements',
  service,
  method: 'POST',
  path: '/v1/inventory/movements/batch',
  summary: 'Post up to 100 movements: all or none',
  access: 'inventory:write',
  tier: 'WRITE',
  body: s.CreateMovementsBody,
  responses: { 201: s.Movements },
});

export const listMovements = defineOperation({
  id: 'listMovements',
  service,
  method: 'GET',
  path: '/v1/inventory/movements',
  summary: 'List movements, newest first',
  access: 'inventory:read',
  tier: 'READ',
  query: s.MovementListQuery,
  responses: { 200: s.MovementPage },
});

export const getMovement = defineOperation({
  id: 'getMovement',
  service,
  method: 'GET',
  path: '/v1/inventory/movements/:movementId',
  summary: 'Read a movement',
  access: 'inventory:read',
  tier: 'READ',
  params: s.MovementParams,
  responses: { 200: s.Movement },
});

export const reverseMovement = defineOperation({
  id: 'reverseMovement',
  service,
  method: 'POST',
  path: '/v1/inventory/movements/:movementId/reverse',
  summary: 'Correct a movement by its reversal',
  access: 'inventory:write',
  tier: 'WRITE',
  params: s.MovementParams,
  body: s.ReverseMovementBody,
  responses: { 201: s.Movement },
});

export const listBalances = defineOperation({
  id: 'listBalances',
  service,
  method: 'GET',
  path: '/v1/inventory/balances',
  summary: 'List balances by item, location and lot',
  access: 'inventory:read',
  tier: 'READ',
  query: s.BalanceListQuery,
  responses: { 200: s.BalancePage },
});

export const inventoryOperations: readonly Operation[] = [
  createSite,
  listSites,
  getSite,
  updateSite,
  createLocation,
  listLocations,
  getLocation,
  updateLocation,
  createItem,
  listItems,
  getItem,
  updateItem,
  createLot,
  listLots,
  getLot,
  updateLot,
  createMovement,
  createMovements,
  listMovements,
  getMovement,
  reverseMovement,
  listBalances,
  planPicks,
  getDashboard,
  rules.createReorderRule,
  rules.listReorderRules,
  rules.getReorderRule,
  rules.updateReorderRule,
  reservations.createReservation,
  reservations.listReservations,
  reservations.getReservation,
  reservations.releaseReservation,
  reservations.consumeReservation,
  transfers.createTransfer,
  transfers.listTransfers,
  transfers.getTransfer,
  transfers.dispatchTransfer,
  transfers.receiveTransfer,
  transfers.cancelTransfer,
  counts.createCycleCount,
  counts.listCycleCounts,
  counts.getCycleCount,
  counts.startCycleCount,
  counts.submitCycleCount,
  counts.recountCycleCount,
  counts.approveCycleCount,
  counts.rejectCycleCount,
  boms.createBom,
  boms.listBoms,
  boms.getBom,
  boms.updateBom,
  boms.explodeBom,
  production.createProductionOrder,
  production.listProductionOrders,
  production.getProductionOrder,
  production.releaseProductionOrder,
  production.consumeForProduction,
  production.completeProductionOrder,
  production.cancelProductionOrder,
  imports.createImport,
  imports.listImports,
  imports.getImport,
  exported.createExport,
  exported.listExports,
  exported.getExport,
  exported.getExportContent,
];
