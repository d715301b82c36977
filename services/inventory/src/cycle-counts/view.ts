import type { CycleCount } from '@stockade/contracts/inventory';
import type { Caller } from '@stockade/messaging';
import type { Kysely, Transaction } from 'kysely';
import { orNull } from '../ledger/place.ts';
import { toDecimal } from '../ledger/quantity.ts';
import type { InventoryDb } from '../tables.ts';
import { countingOf } from './blindness.ts';
import { type CountRow, type LineRow, listLines } from './queries.ts';
import { varianceOf } from './rules.ts';

type Db = Kysely<InventoryDb> | Transaction<InventoryDb>;

/**
 * Counts as somebody may see them: who counts is not shown what is expected until the count is decided, nor what other
 * counts, those of before too, say of the same stock.
 */
export async function viewsOf(db: Db, rows: readonly CountRow[], viewer: Caller): Promise<CycleCount[]> {
  const lines = await listLines(
    db,
    rows.map((row) => row.id),
  );
  const linesOf = Map.groupBy(lines, (line) => line.cycle_count_id);
  const counting = await countingOf(db, viewer);
  return rows.map((row) => {
    const own = viewer.personId !== null && row.counters.includes(viewer.personId) && isOpen(row);
    return toCycleCount(row, linesOf.get(row.id) ?? [], (line) => {
      const covered = counting?.covers(line) ?? false;
      return { counted: own || !covered, expected: !covered };
    });
  });
}

/** What of a line is shown. */
interface Shown {
  counted: boolean;
  expected: boolean;
}

const isOpen = ({ status }: CountRow): boolean => status === 'counting' || status === 'submitted';

function toCycleCount(
  row: CountRow,
  lines: readonly LineRow[],
  shownOf: (line: LineRow) => Shown,
): CycleCount {
  return {
    id: row.id,
    siteId: row.site_id,
    locationId: row.location_id,
    status: row.status,
    reference: row.reference,
    counterId: row.counter_id,
    round: row.round,
    startedAt: row.started_at?.toISOString() ?? null,
    submittedAt: row.submitted_at?.toISOString() ?? null,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    reason: row.reason,
    lines: lines.map((line) => toLine(line, shownOf(line))),
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

function toLine(line: LineRow, shown: Shown): CycleCount['lines'][number] {
  const variance = varianceOf(line);
  return {
    id: line.id,
    itemId: line.item_id,
    locationId: orNull(line.location_id),
    lotId: orNull(line.lot_id),
    counted: shown.counted ? line.counted : null,
    countedAt: line.counted_at?.toISOString() ?? null,
    expected: shown.expected ? line.expected : null,
    variance: shown.expected && variance !== null ? toDecimal(variance) : null,
    movementId: line.movement_id,
  };
}
