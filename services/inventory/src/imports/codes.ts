import type { Kysely, Transaction } from 'kysely';
import type { Policy } from '../movements/rules.ts';
import type { InventoryDb, RowError } from '../tables.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;
type Codes = readonly (string | undefined)[];

export const unknownCode = (line: number, column: string, what: string): RowError => ({
  line,
  column,
  message: `There is no ${what}.`,
});

/** Each once, without what is missing. */
const distinct = (codes: Codes) => [...new Set(codes.filter((code) => code !== undefined))];

export async function findSites(db: Db, codes: Codes): Promise<Map<string, string>> {
  const wanted = distinct(codes);
  if (wanted.length === 0) return new Map();
  const rows = await db.selectFrom('sites').select(['id', 'code']).where('code', 'in', wanted).execute();
  return new Map(rows.map(({ id, code }) => [code, id]));
}

export type FoundItem = Policy & { id: string };

/** By their SKUs, as movements are judged by them. */
export async function findItems(db: Db, skus: Codes): Promise<Map<string, FoundItem>> {
  const wanted = distinct(skus);
  if (wanted.length === 0) return new Map();
  const rows = await db
    .selectFrom('items')
    .select(['id', 'sku', 'unit', 'active', 'lot_tracked', 'conversions'])
    .where('sku', 'in', wanted)
    .execute();
  return new Map(rows.map((row) => [row.sku, row]));
}

/** What has its code within something else. */
export interface Within {
  ownerId: string | undefined;
  code: string | undefined;
}

export const within = ({ ownerId, code }: Within): string => `${ownerId} ${code}`;

export async function findLocations(db: Db, wanted: readonly Within[]): Promise<Map<string, string>> {
  const codes = distinct(wanted.map(({ code }) => code));
  const siteIds = distinct(wanted.map(({ ownerId }) => ownerId));
  if (codes.length === 0 || siteIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('locations')
    .select(['id', 'site_id', 'code'])
    .where('site_id', 'in', siteIds)
    .where('code', 'in', codes)
    .execute();
  return new Map(rows.map(({ id, site_id, code }) => [within({ ownerId: site_id, code }), id]));
}

export async function findLots(db: Db, wanted: readonly Within[]): Promise<Map<string, string>> {
  const lots = wanted.filter(({ code }) => code !== undefined);
  const codes = distinct(lots.map(({ code }) => code));
  const itemIds = distinct(lots.map(({ ownerId }) => ownerId));
  if (codes.length === 0 || itemIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('lots')
    .select(['id', 'item_id', 'code'])
    .where('item_id', 'in', itemIds)
    .where('code', 'in', codes)
    .execute();
  return new Map(rows.map(({ id, item_id, code }) => [within({ ownerId: item_id, code }), id]));
}
