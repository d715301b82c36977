import { copyFeatureFlags, createFeatureFlags } from '@stockade/feature-flags';
import { consumer } from '@stockade/messaging';
import { defineService, oldImports, type ServiceDefinition } from '@stockade/service-kit';
import { balanceRoutes } from './balances/routes.ts';
import { bomRoutes } from './boms/routes.ts';
import { cycleCountRoutes } from './cycle-counts/routes.ts';
import { dashboardRoutes } from './dashboard/routes.ts';
import { exportRoutes } from './exports/routes.ts';
import { expiredExports, exportTask } from './exports/work-off.ts';
import { importRoutes } from './imports/routes.ts';
import { importTask } from './imports/work-off.ts';
import { copyOrder } from './incoming-orders/consumer.ts';
import { itemRoutes } from './items/routes.ts';
import { locationRoutes } from './locations/routes.ts';
import { lotRoutes } from './lots/routes.ts';
import { movementRoutes } from './movements/routes.ts';
import { pickRoutes } from './picks/routes.ts';
import { productionOrderRoutes } from './production-orders/routes.ts';
import { postReceipt } from './receipts/post.ts';
import { takeBackReceipt } from './receipts/take-back.ts';
import { reorderTask } from './reorder-rules/evaluate.ts';
import { reorderRuleRoutes } from './reorder-rules/routes.ts';
import { expiryTask } from './reservations/expire.ts';
import { reservationRoutes } from './reservations/routes.ts';
import { siteRoutes } from './sites/routes.ts';
import type { InventoryDb } from './tables.ts';
import { transferRoutes } from './transfers/routes.ts';

/** The service of the stock ledger and of all that moves it. */
export function createInventory(): ServiceDefinition<InventoryDb> {
  const flags = createFeatureFlags('inventory');
  return defineService<InventoryDb>({
    name: 'inventory',
    routes: [
      siteRoutes,
      locationRoutes,
      itemRoutes,
      lotRoutes,
      movementRoutes,
      balanceRoutes,
      reorderRuleRoutes,
      transferRoutes,
      reservationRoutes(flags),
      productionOrderRoutes,
      pickRoutes(flags),
      cycleCountRoutes,
      bomRoutes,
      importRoutes,
      exportRoutes,
      dashboardRoutes,
    ],
    consumers: [
      consumer<InventoryDb>('inventory', [
        postReceipt,
        takeBackReceipt,
        copyOrder,
        copyFeatureFlags<InventoryDb>(),
      ]),
    ],
    tasks: [reorderTask, expiryTask, importTask, exportTask],
    cleanUps: [expiredExports, oldImports],
    start: flags.start,
  });
}
