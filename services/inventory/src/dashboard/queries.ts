import type { Dashboard } from '@stockade/contracts/inventory';
import type { Counting } from '../cycle-counts/blindness.ts';
import { expiringLots, lastReceipts, lowStock } from './lists.ts';
import { movementsPerDay } from './movements-per-day.ts';
import type { Db } from './scope.ts';
import { readTotals } from './totals.ts';

/**
 * Everything from what postings and background tasks keep ready: however long the ledger is, it takes the same time.
 * What the reader counts at this moment is left out.
 */
export async function readDashboard(
  db: Db,
  { siteId }: { siteId?: string },
  counting: Counting | null,
): Promise<Dashboard> {
  const scope = { ...(siteId === undefined ? {} : { siteId }), counting };
  const { totals, openOrders } = await readTotals(db, scope);
  const expiring = await expiringLots(db, scope);
  return {
    totals: { ...totals, expiringLots: expiring.total },
    openOrders,
    lastReceipts: await lastReceipts(db, scope),
    lowStock: await lowStock(db, scope),
    expiringLots: expiring.lots,
    movementsPerDay: await movementsPerDay(db, scope),
  };
}
