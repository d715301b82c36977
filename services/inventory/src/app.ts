import { consumer } from '@stockade/messaging';
import { defineService } from '@stockade/service-kit';
import { balanceRoutes } from './balances/routes.ts';
import { itemRoutes } from './items/routes.ts';
import { postReceipt } from './jobs/post-receipt.ts';
import { locationRoutes } from './locations/routes.ts';
import { lotRoutes } from './lots/routes.ts';
import { movementRoutes } from './movements/routes.ts';
import { siteRoutes } from './sites/routes.ts';
import type { InventoryDb } from './tables.ts';

export const inventory = defineService<InventoryDb>({
  name: 'inventory',
  routes: [siteRoutes, locationRoutes, itemRoutes, lotRoutes, movementRoutes, balanceRoutes],
  consumers: [consumer<InventoryDb>('inventory', [postReceipt])],
});
