import { CreateLocationBody } from '@stockade/contracts/inventory';
import type { Insertable, Kysely, Transaction } from 'kysely';
import { auditNew, type NewLocation, toNewRow } from '../locations/commands.ts';
import type { InventoryDb, LocationTable, RowError } from '../tables.ts';
import { readBodies } from './bodies.ts';
import { findSites, unknownCode } from './codes.ts';
import type { GoodRow, ImportKind } from './kind.ts';
import { keyText, overtaken, sortOut, type UniqueKey } from './unique.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;
type NewRow = Insertable<LocationTable>;
type Row = GoodRow<NewRow>;

const read = readBodies<NewRow, NewLocation>(CreateLocationBody);

const keysOf = ({ site_id, code }: Pick<NewRow, 'site_id' | 'code'>): UniqueKey[] => [
  { column: 'code', value: code, within: site_id },
];

async function findTaken(db: Db, rows: readonly Row[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const found = await db
    .selectFrom('locations')
    .select(['site_id', 'code'])
    .where('site_id', 'in', [...new Set(rows.map(({ body }) => body.site_id))])
    .where(
      'code',
      'in',
      rows.map(({ body }) => body.code),
    )
    .execute();
  return new Set(found.flatMap(keysOf).map(keyText));
}

const takenBy =
  (taken: ReadonlySet<string>) =>
  ({ line, body }: Row): RowError[] =>
    keysOf(body)
      .filter((key) => taken.has(keyText(key)))
      .map(({ column, value }) => ({ line, column, message: `This site has a location ${value} already.` }));

export const locations: ImportKind<NewRow> = {
  columns: { required: ['site', 'code'], optional: ['name'] },
  maxRows: 100_000,
  batchRows: 500,
  applyRows: 500,
  async judge(work, rows, seen) {
    const sites = await findSites(
      work.trx,
      rows.map(({ cells }) => cells.site),
    );
    const known = rows.filter(({ cells }) => !cells.site || sites.has(cells.site));
    const unknown = rows.filter((row) => !known.includes(row));
    const { good, bad } = read(
      known,
      ({ cells: { site, ...fields } }) => ({ ...(site ? { siteId: sites.get(site) } : {}), ...fields }),
      (body) => toNewRow(work, body),
    );
    const takenOf = takenBy(await findTaken(work.trx, good));
    const sorted = sortOut<NewRow>(good, seen, { keysOf, takenOf });
    const unresolved = unknown.map(({ line, cells }) => unknownCode(line, 'site', `site ${cells.site}`));
    return { good: sorted.good, bad: [...unresolved, ...bad, ...sorted.bad] };
  },
  async apply(work, rows) {
    const inserted = await work.trx
      .insertInto('locations')
      .values(rows.map(({ body }) => body))
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .execute();
    for (const row of inserted) auditNew(work, row);
    const made = new Set(inserted.map(({ id }) => id));
    return rows.filter(({ body }) => !made.has(body.id)).map(overtaken);
  },
};
