import { CreateItemBody } from '@stockade/contracts/inventory';
import type { Insertable, Kysely, Transaction } from 'kysely';
import { type NewItem, tellNew, toNewRow } from '../items/commands.ts';
import { columns } from '../items/queries.ts';
import type { InventoryDb, ItemTable, RowError } from '../tables.ts';
import { readBodies } from './bodies.ts';
import type { GoodRow, ImportKind, ImportRow } from './kind.ts';
import { keyText, overtaken, sortOut, type UniqueKey } from './unique.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;
type NewRow = Insertable<ItemTable>;
type Row = GoodRow<NewRow>;

const read = readBodies<NewRow, NewItem>(CreateItemBody);
const truth: Record<string, boolean> = { true: true, false: false };
const flags = ['allowNegative', 'lotTracked'];

/** Spreadsheets write TRUE. What is neither stays a text, which the schema refuses. */
const toBody = ({ cells }: ImportRow) =>
  Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => [
      name,
      flags.includes(name) ? (truth[cell.toLowerCase()] ?? cell) : cell,
    ]),
  );

const keysOf = ({ sku, barcode }: Pick<NewRow, 'sku' | 'barcode'>): UniqueKey[] => [
  { column: 'sku', value: sku },
  ...(barcode ? [{ column: 'barcode', value: barcode }] : []),
];

/** The SKUs and barcodes of these rows that items have already. */
async function findTaken(db: Db, rows: readonly Row[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const having = (column: 'sku' | 'barcode') =>
    db
      .selectFrom('items')
      .select(['sku', 'barcode'])
      .where(
        column,
        'in',
        rows.map(({ body }) => body[column] ?? ''),
      );
  const found = await having('sku').unionAll(having('barcode')).execute();
  return new Set(found.flatMap(keysOf).map(keyText));
}

const takenBy =
  (taken: ReadonlySet<string>) =>
  ({ line, body }: Row): RowError[] =>
    keysOf(body)
      .filter((key) => taken.has(keyText(key)))
      .map(({ column, value }) => ({ line, column, message: `There is an item with ${value} already.` }));

export const items: ImportKind<NewRow> = {
  columns: {
    required: ['sku', 'name', 'unit'],
    optional: ['description', 'barcode', 'reorderPoint', 'reorderQuantity', ...flags],
  },
  maxRows: 100_000,
  batchRows: 500,
  applyRows: 500,
  async judge(work, rows, seen) {
    const { good, bad } = read(rows, toBody, (body) => toNewRow(work, body));
    const takenOf = takenBy(await findTaken(work.trx, good));
    const sorted = sortOut<NewRow>(good, seen, { keysOf, takenOf });
    return { good: sorted.good, bad: [...bad, ...sorted.bad] };
  },
  async apply(work, rows) {
    const inserted = await work.trx
      .insertInto('items')
      .values(rows.map(({ body }) => body))
      .onConflict((conflict) => conflict.doNothing())
      .returning(columns)
      .execute();
    for (const row of inserted) tellNew(work, row);
    const made = new Set(inserted.map(({ id }) => id));
    const left = rows.filter(({ body }) => !made.has(body.id));
    const takenOf = takenBy(await findTaken(work.trx, left));
    return left.flatMap((row) => {
      const problems = takenOf(row);
      return problems.length > 0 ? problems : [overtaken(row)];
    });
  },
};
