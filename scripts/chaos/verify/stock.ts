import type { Records } from '../records.ts';
import type { Running } from '../world.ts';

/** On hand and reserved are the sum of what was acknowledged, of every item at every site. */
export async function checkStock({ postgres, stack }: Running, records: Records): Promise<string[]> {
  const rows = await postgres.query<{ place: string; on_hand: number; reserved: number }>(
    `select item_id || ' ' || site_id as place, sum(on_hand)::float8 as on_hand, sum(reserved)::float8 as reserved
     from inventory.balances where tenant_id = $1 group by 1`,
    [stack.credentials.tenantId],
  );
  const found = new Map(rows.map((row) => [row.place, row]));
  const wrong: string[] = [];
  for (const place of new Set([...records.stock.keys(), ...records.reserved.keys(), ...found.keys()])) {
    const there = found.get(place);
    const [onHand, reserved] = [records.stock.get(place) ?? 0, records.reserved.get(place) ?? 0];
    if ((there?.on_hand ?? 0) !== onHand || (there?.reserved ?? 0) !== reserved)
      wrong.push(
        `item and site ${place}: ${there?.on_hand ?? 0} on hand and ${there?.reserved ?? 0} reserved, by what clients were told ${onHand} and ${reserved}`,
      );
  }
  return wrong;
}
