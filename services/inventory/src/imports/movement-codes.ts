import type { Kysely, Transaction } from 'kysely';
import type { InventoryDb, RowError } from '../tables.ts';
import {
  type FoundItem,
  findItems,
  findLocations,
  findLots,
  findSites,
  unknownCode,
  within,
} from './codes.ts';
import type { ImportRow } from './kind.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;

const codeColumns = new Set(['sku', 'site', 'location', 'lot', 'toSite', 'toLocation']);

interface Reference {
  column: string;
  /** For people: `location A-1 at site MAIN`. */
  what: string;
  field: string;
  id: string | undefined;
}

interface Resolved {
  bodies: Map<ImportRow, object>;
  items: Map<string, FoundItem>;
  unknown: RowError[];
}

/**
 * Movements name things by their codes, the API's bodies by ids: finds them all in one query for each kind of thing.
 * Rows with a code that nothing has get no body.
 */
export async function resolveCodes(db: Db, rows: readonly ImportRow[]): Promise<Resolved> {
  const items = await findItems(
    db,
    rows.map(({ cells }) => cells.sku),
  );
  const sites = await findSites(
    db,
    rows.flatMap(({ cells }) => [cells.site, cells.toSite]),
  );
  const from = ({ cells }: ImportRow) => ({ ownerId: sites.get(cells.site ?? ''), code: cells.location });
  const to = ({ cells }: ImportRow) => ({
    ownerId: sites.get(cells.toSite ?? cells.site ?? ''),
    code: cells.toLocation,
  });
  const ofItem = ({ cells }: ImportRow) => ({ ownerId: items.get(cells.sku ?? '')?.id, code: cells.lot });
  const locations = await findLocations(
    db,
    rows.flatMap((row) => [from(row), to(row)]),
  );
  const lots = await findLots(db, rows.map(ofItem));

  const referencesOf = (row: ImportRow): Reference[] => {
    const { sku, site, location, lot, toSite, toLocation } = row.cells;
    const named = (column: string, code: string | undefined, reference: Omit<Reference, 'column'>) =>
      code === undefined ? [] : [{ column, ...reference }];
    return [
      ...named('sku', sku, { field: 'itemId', what: `item ${sku}`, id: items.get(sku ?? '')?.id }),
      ...named('site', site, { field: 'siteId', what: `site ${site}`, id: sites.get(site ?? '') }),
      ...named('toSite', toSite, { field: 'toSiteId', what: `site ${toSite}`, id: sites.get(toSite ?? '') }),
      ...named('location', location, {
        ...{ field: 'locationId', what: `location ${location} at site ${site}` },
        id: locations.get(within(from(row))),
      }),
      ...named('toLocation', toLocation, {
        ...{ field: 'toLocationId', what: `location ${toLocation} at site ${toSite ?? site}` },
        id: locations.get(within(to(row))),
      }),
      ...named('lot', lot, {
        ...{ field: 'lotId', what: `lot ${lot} of item ${sku}` },
        id: lots.get(within(ofItem(row))),
      }),
    ];
  };

  const bodies = new Map<ImportRow, object>();
  const unknown: RowError[] = [];
  for (const row of rows) {
    const references = referencesOf(row);
    const missing = references.filter(({ id }) => id === undefined);
    unknown.push(...missing.map(({ column, what }) => unknownCode(row.line, column, what)));
    if (missing.length > 0) continue;
    const others = Object.entries(row.cells).filter(([column]) => !codeColumns.has(column));
    bodies.set(row, {
      ...Object.fromEntries(others),
      ...Object.fromEntries(references.map(({ field, id }) => [field, id])),
    });
  }
  return { bodies, items: new Map([...items.values()].map((item) => [item.id, item])), unknown };
}
