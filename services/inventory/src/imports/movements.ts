import { CreateMovementBody } from '@stockade/contracts/inventory';
import { flushWork, type Work } from '@stockade/messaging';
import { UnusableFile } from '../csv/read.ts';
import { countingOf } from '../cycle-counts/blindness.ts';
import { type Goods, lockGoods } from '../ledger/goods.ts';
import { type PlannedMovement, placesOf, planPosting } from '../ledger/posting.ts';
import { writePostings } from '../ledger/write.ts';
import { shapeOf, toNewMovement } from '../movements/commands.ts';
import { checkMovement } from '../movements/rules.ts';
import type { InventoryDb, Place, RowError } from '../tables.ts';
import { readBodies } from './bodies.ts';
import type { FoundItem } from './codes.ts';
import type { GoodRow, ImportKind } from './kind.ts';
import { resolveCodes } from './movement-codes.ts';
import { problemsOf } from './problems.ts';

type InventoryWork = Work<InventoryDb>;
type Row = GoodRow<CreateMovementBody>;

const read = readBodies<CreateMovementBody, CreateMovementBody>(CreateMovementBody);

const maxRows = 10_000;
/** So many movements are written in one statement. */
const writtenTogether = 500;

/** Each item that is posted is a lock until the end of the transaction, and the database has only so many for all. */
const maxItems = 5_000;

function checkLocks(rows: readonly Row[]): void {
  const items = new Set(rows.map(({ body }) => body.itemId)).size;
  if (items <= maxItems) return;
  throw new UnusableFile(
    `With mode=all a file has movements of at most ${maxItems} items, and this one has ${items}: use mode=valid, or several files.`,
  );
}

/** Judges rows one after the other, each by what those before it leave. */
function plan(work: InventoryWork, goods: Goods, rows: readonly Row[]) {
  const planned: PlannedMovement[] = [];
  const refused: RowError[] = [];
  for (const { line, body } of rows)
    try {
      planned.push(...planPosting(goods, [toNewMovement(work, body, goods, '')]));
    } catch (error) {
      refused.push(...problemsOf(error, line));
    }
  return { planned, refused };
}

/**
 * Who counts this stock is not told which rows it was not enough for: beside a row that fails in any case, a guess
 * would be answered without a trace.
 */
async function hideGuesses({ trx, caller }: InventoryWork, places: readonly Place[]): Promise<void> {
  const counting = await countingOf(trx, caller);
  if (counting && places.some(counting.covers))
    throw new UnusableFile('There is not enough stock for all of these rows: nothing was applied.');
}

export const movements: ImportKind<CreateMovementBody> = {
  columns: {
    required: ['type', 'sku', 'site', 'quantity'],
    optional: ['unit', 'location', 'lot', 'toSite', 'toLocation', 'reason', 'reference', 'occurredAt'],
  },
  maxRows,
  batchRows: 100,
  // Balances are locked once in a transaction, so all of them together.
  applyRows: maxRows,
  async judge(work, rows) {
    const { bodies, items, unknown } = await resolveCodes(work.trx, rows);
    const { good, bad } = read(
      rows.filter((row) => bodies.has(row)),
      (row) => bodies.get(row) ?? {},
      (body) => {
        checkMovement(body, items.get(body.itemId) as FoundItem, work.now);
        return body;
      },
    );
    return { good, bad: [...unknown, ...bad] };
  },
  async apply(work, rows, { together }) {
    checkLocks(rows);
    const places = rows.flatMap(({ body }) => placesOf(shapeOf(body)));
    const goods = await lockGoods(work.trx, work.tenantId, places);
    const { planned, refused } = plan(work, goods, rows);
    if (together && refused.length > 0) await hideGuesses(work, places);
    for (let at = 0; at < planned.length; at += writtenTogether) {
      await writePostings(work, goods, planned.slice(at, at + writtenTogether));
      await flushWork(work);
    }
    return refused;
  },
};
