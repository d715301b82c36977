import { type Static, Type } from 'typebox';
import { Decimal, Id, Nullable, SignedDecimal, Strict, Timestamp } from '../scalars.ts';
import { Day } from './fields.ts';
import { reads } from './kinds.ts';

const named = { itemId: Id, sku: Type.String(), name: Type.String() };

const upTo = (most: string, description: string) =>
  Type.Integer({ description: `${description} At most ${most} are counted.` });
const open = (what: string) => upTo('10,000', what);

/** What a warehouse looks at in the morning. Lists hold the 20 most pressing. */
export const Dashboard = Type.Object(
  {
    totals: Type.Object({
      items: Type.Integer({ description: 'Active ones, of all sites.' }),
      sites: Type.Integer({ description: 'Active ones, whatever site is asked for.' }),
      lowStock: open('Reorder points that stock is below; of a site those of its own rules.'),
      expiringLots: upTo('1,000', 'Expired, or within 30 days, with stock on hand.'),
    }),
    openOrders: Type.Object({
      purchase: open('Approved, and not all received.'),
      production: open('Draft or released.'),
      transfers: open('Draft or in transit, from or to the site.'),
      counts: open('Draft, counting or submitted.'),
      reservations: open('Open.'),
    }),
    lastReceipts: Type.Array(
      Type.Object({ ...named, movementId: Id, siteId: Id, quantity: Decimal, receivedAt: Timestamp }),
    ),
    lowStock: Type.Array(
      Type.Object({
        ...named,
        siteId: Nullable(Id),
        available: SignedDecimal,
        reorderPoint: Decimal,
        since: Timestamp,
      }),
    ),
    expiringLots: Type.Array(
      Type.Object({ ...named, lotId: Id, code: Type.String(), expiresAt: Timestamp, onHand: SignedDecimal }),
    ),
    movementsPerDay: Type.Array(
      Type.Object({
        date: Day,
        total: Type.Integer(),
        byType: Type.Record(Type.String(), Type.Integer()),
      }),
      { description: 'The last 30 days, each in the zone of the site where it happened.' },
    ),
  },
  { $id: 'Dashboard' },
);
export type Dashboard = Static<typeof Dashboard>;

export const getDashboard = reads({
  id: 'getDashboard',
  keptFor: 'person',
  isReport: true,
  path: '/v1/inventory/dashboard',
  summary: 'Totals, last receipts, low stock, expiring lots, open orders, movements per day',
  query: Strict({ siteId: Type.Optional(Id) }),
  responses: { 200: Dashboard },
});
