import type { Bom, CreateBomBody, UpdateBomBody } from '@stockade/contracts/inventory';
import { newId } from '@stockade/database';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion, errors, type FieldProblem, mapConstraint } from '@stockade/service-kit';
import type { Static } from 'typebox';
import { findItems } from '../items/queries.ts';
import { checkActive, checkQuantity } from '../movements/rules.ts';
import type { InventoryDb } from '../tables.ts';
import * as queries from './queries.ts';
import { findCircle } from './rules.ts';

type BomWork = Work<InventoryDb>;

/** More lines than this, through all levels, are no bill that can be reckoned with. */
const maxParts = 10_000;

const onlyOneActive = {
  boms_one_active: () =>
    errors.conflict(
      'This item has an active bill of materials already: change that one, or make it inactive.',
    ),
};

/** Its items are there and active, each component once, in quantities that their units have. */
async function checkParts(
  work: BomWork,
  { itemId, quantity, lines }: { itemId: string; quantity: string; lines: readonly queries.BomLine[] },
): Promise<void> {
  const items = await findItems(work.trx, [itemId, ...lines.map((line) => line.itemId)]);
  const known = (id: string) => {
    const item = items.get(id);
    if (!item) throw errors.notFound('Item', id);
    checkActive(item);
    return item;
  };
  checkQuantity(known(itemId), quantity, '/quantity');
  const seen = new Set<string>();
  const problems: FieldProblem[] = [];
  for (const [at, line] of lines.entries()) {
    checkQuantity(known(line.itemId), line.quantity, `/lines/${at}/quantity`);
    if (seen.has(line.itemId)) problems.push({ path: `/lines/${at}/itemId`, message: 'is there twice' });
    seen.add(line.itemId);
  }
  if (problems.length > 0) throw errors.validation(problems);
}

/** The bills below these items, all of them: 409 when they are too many. */
export async function readStructure(trx: BomWork['trx'], itemIds: readonly string[]) {
  const parts = await queries.listStructure(trx, itemIds, maxParts + 1);
  if (parts.length > maxParts)
    throw errors.conflict(`A bill has at most ${maxParts} lines in all its levels.`);
  return parts;
}

/** No item is a part of itself, on whatever level. One change at a time may look, or two could close a circle together. */
async function checkCircles(work: BomWork, itemId: string, lines: readonly queries.BomLine[]): Promise<void> {
  await queries.lockStructure(work.trx, work.tenantId);
  const components = lines.map((line) => line.itemId);
  const parts = await readStructure(work.trx, components);
  const circle = findCircle(itemId, components, parts);
  if (!circle) return;
  const items = await findItems(work.trx, circle);
  const way = circle.map((id) => items.get(id)?.sku).join(' → ');
  throw errors.conflict(`An item cannot be a part of itself: ${way}.`, { itemIds: circle });
}

async function finish(work: BomWork, action: string, before: Bom | null, row: queries.BomRow): Promise<Bom> {
  const [after] = (await queries.withLines(work.trx, [row])) as [Bom];
  work.audit({
    action: `inventory.bom.${action}`,
    target: { type: 'bom', id: row.id },
    changes: changed(before, after, ['itemId', 'quantity', 'active', 'lines']),
  });
  return after;
}

export async function createBom(work: BomWork, body: Static<typeof CreateBomBody>): Promise<Bom> {
  const { itemId, quantity = '1', lines } = body;
  await checkParts(work, { itemId, quantity, lines });
  await checkCircles(work, itemId, lines);
  const row = await queries
    .insertBom(work.trx, { tenant_id: work.tenantId, id: newId(), item_id: itemId, quantity })
    .catch((error) => mapConstraint(error, onlyOneActive));
  await queries.replaceLines(work.trx, row, lines);
  return finish(work, 'create', null, row);
}

export async function changeBom(
  work: BomWork,
  id: string,
  body: Static<typeof UpdateBomBody>,
  ifMatch: number | null,
): Promise<Bom> {
  const row = await queries.lockBom(work.trx, id);
  if (!row) throw errors.notFound('Bill of materials', id);
  checkVersion(row.version, ifMatch);
  const [before] = (await queries.withLines(work.trx, [row])) as [Bom];
  const { quantity = before.quantity, active = before.active, lines = before.lines } = body;
  await checkParts(work, { itemId: row.item_id, quantity, lines });
  if (active) await checkCircles(work, row.item_id, lines);
  const after = await queries
    .updateBom(work.trx, id, { quantity, active })
    .catch((error) => mapConstraint(error, onlyOneActive));
  if (body.lines) await queries.replaceLines(work.trx, after, lines);
  return finish(work, 'update', before, after);
}
