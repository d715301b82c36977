import { changed, type Work } from '@stockade/messaging';
import { errors, mapConstraint } from '@stockade/service-kit';
import { sql } from 'kysely';
import { type MovementRow, toMovement } from '../movements/queries.ts';
import type { InventoryDb } from '../tables.ts';
import type { Goods } from './goods.ts';
import type { PlannedMovement } from './posting.ts';
import { toDecimal } from './quantity.ts';

type InventoryWork = Work<InventoryDb>;

const audited = [
  'type',
  'itemId',
  'siteId',
  'locationId',
  'lotId',
  'quantity',
  'toSiteId',
  'toLocationId',
  'reason',
  'reference',
  'occurredAt',
  'reversesId',
];

interface Written {
  recordedAt: string;
  sequences: Record<string, number>;
}

function toColumns({ id, movement }: PlannedMovement) {
  const { expectedOnHand: _, unreserve: __, entered, quantity, ...columns } = movement;
  return {
    id,
    ...columns,
    quantity: toDecimal(quantity),
    entered_quantity: entered?.quantity ?? null,
    entered_unit: entered?.unit ?? null,
  };
}

/** As JSON of what is there: most of a movement's columns are null, and need neither be sent nor parsed. */
const toJson = (rows: readonly object[]): string =>
  JSON.stringify(
    rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))),
  );

function toRow(work: InventoryWork, planned: PlannedMovement, written: Written): MovementRow {
  const { source: _, reverses_id, leg, ...columns } = toColumns(planned);
  return {
    ...columns,
    tenant_id: work.tenantId,
    leg: leg ?? null,
    reverses_id: reverses_id ?? null,
    sequence: String(written.sequences[planned.id]),
    recorded_at: new Date(written.recordedAt),
    reversed_by_id: null,
    reversed_at: null,
  };
}

/** Gives up what movements take out of reservations, before the movements need it. */
async function unreserve(work: InventoryWork, planned: readonly PlannedMovement[]): Promise<void> {
  const freed = planned.filter(({ movement }) => movement.unreserve);
  if (freed.length === 0) return;
  await changeReserved(
    work,
    freed.map(({ movement, entries }) => ({
      balanceId: entries[0]?.balance.id ?? '',
      quantity: toDecimal(-(movement.unreserve ?? 0n)),
    })),
  );
}

export interface ReservedChange {
  balanceId: string;
  /** Signed. */
  quantity: string;
}

/** Changes what is reserved of locked balances. */
export async function changeReserved(
  { trx, tenantId }: Pick<InventoryWork, 'trx' | 'tenantId'>,
  changes: readonly ReservedChange[],
): Promise<void> {
  await sql`
    update balances b set reserved = b.reserved + c.quantity, updated_at = now()
    from (select id, sum(quantity) as quantity
      from unnest(${changes.map((change) => change.balanceId)}::uuid[], ${changes.map((change) => change.quantity)}::numeric[]) as u(id, quantity)
      group by 1) c
    where b.tenant_id = ${tenantId} and b.id = c.id`.execute(trx);
}

/**
 * Writes what was planned, in one statement however much it is, with one audit entry a movement. Where several callers
 * share the transaction, `workOf` gives the work of who wanted a movement.
 */
export async function writePostings(
  work: InventoryWork,
  goods: Goods,
  planned: readonly PlannedMovement[],
  workOf: (planned: PlannedMovement) => InventoryWork = () => work,
): Promise<MovementRow[]> {
  if (planned.length === 0) return [];
  await unreserve(work, planned);
  const entries = planned.flatMap(({ id, movement, entries }) =>
    entries.map(({ balance, quantity }, line) => ({
      ...{ balance_id: balance.id, movement_id: id, line },
      ...{ quantity: toDecimal(quantity), occurred_at: movement.occurred_at },
    })),
  );
  const items = [...new Set(planned.map(({ movement }) => movement.item_id))];
  const watched = items.filter((id) => goods.item(id).watched);
  const { rows } = await sql<{ written: Written }>`
    select write_postings(${work.tenantId}, ${toJson(planned.map(toColumns))}::jsonb,
      ${JSON.stringify(entries.map((entry, no) => ({ no, ...entry })))}::jsonb, ${watched}::uuid[]) as written`
    .execute(work.trx)
    .catch((error) =>
      mapConstraint(error, {
        movements_reverses_key: () => errors.conflict('This movement has been reversed already.'),
      }),
    );
  const written = rows[0]?.written as Written;
  return planned.map((one) => {
    const row = toRow(work, one, written);
    tell(workOf(one), row);
    return row;
  });
}

function tell(work: InventoryWork, row: MovementRow): void {
  work.audit({
    action: row.reverses_id ? 'inventory.movement.reverse' : 'inventory.movement.create',
    target: { type: 'movement', id: row.id },
    changes: changed(null, toMovement(row), audited),
    actor: row.actor as InventoryWork['caller']['actor'],
  });
}
