import { type Micro, shareOf, toMicro } from '../ledger/quantity.ts';
import type { Part } from './queries.ts';

/** The way from an item down to itself, or null when there is none. `parts` are all bills that can be reached. */
export function findCircle(
  from: string,
  components: readonly string[],
  parts: readonly Part[],
): string[] | null {
  const below = Map.groupBy(parts, (part) => part.item_id);
  const cameFrom = new Map<string, string>();
  const open = [...components];
  for (const component of components) cameFrom.set(component, from);
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (item === from) return wayTo(from, cameFrom);
    for (const { component_id } of below.get(item) ?? []) {
      if (cameFrom.has(component_id)) continue;
      cameFrom.set(component_id, item);
      open.push(component_id);
    }
  }
  return null;
}

function wayTo(item: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way = [item];
  for (let at = cameFrom.get(item); at !== undefined && at !== item; at = cameFrom.get(at)) way.unshift(at);
  return [item, ...way];
}

/**
 * What a bill asks for a quantity: its share, rounded up to a millionth, and to whole pieces of what is counted by
 * each. Never too little.
 */
export function requiredFor(line: { quantity: string; unit: string }, wanted: Micro, makes: string): Micro {
  const exact = shareOf(toMicro(line.quantity), wanted, toMicro(makes));
  const piece = 1_000_000n;
  return line.unit === 'each' ? ((exact + piece - 1n) / piece) * piece : exact;
}

/** How many lines that can be reached from an item ask for each component: bills beside the way are never worked off. */
function countParents(root: string, below: ReadonlyMap<string, readonly Part[]>): Map<string, number> {
  const parents = new Map<string, number>();
  const open = [root];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    for (const { component_id } of below.get(item) ?? []) {
      const known = parents.get(component_id) ?? 0;
      if (known === 0) open.push(component_id);
      parents.set(component_id, known + 1);
    }
  }
  return parents;
}

export interface Requirement {
  itemId: string;
  level: number;
  quantity: Micro;
  made: boolean;
}

/**
 * What making so much of an item takes, through all levels: an item that several bills ask for is summed up before its
 * own bill is looked at. `parts` must be without circles.
 */
export function explode(
  root: { itemId: string; quantity: Micro },
  parts: readonly Part[],
  unitOf: (itemId: string) => string,
): Requirement[] {
  const below = Map.groupBy(parts, (part) => part.item_id);
  const parents = countParents(root.itemId, below);
  const needed = new Map([[root.itemId, { level: 0, quantity: root.quantity }]]);
  // An item is done when every bill above it is: what it is needed for is then complete.
  for (const open = [root.itemId]; ; ) {
    const itemId = open.shift();
    if (itemId === undefined) break;
    const { level, quantity } = needed.get(itemId) as { level: number; quantity: Micro };
    for (const part of below.get(itemId) ?? []) {
      const before = needed.get(part.component_id);
      const share = requiredFor(
        { quantity: part.quantity, unit: unitOf(part.component_id) },
        quantity,
        part.makes,
      );
      needed.set(part.component_id, {
        level: Math.max(before?.level ?? 0, level + 1),
        quantity: (before?.quantity ?? 0n) + share,
      });
      const left = (parents.get(part.component_id) ?? 1) - 1;
      parents.set(part.component_id, left);
      if (left === 0) open.push(part.component_id);
    }
  }
  needed.delete(root.itemId);
  return [...needed].map(([itemId, { level, quantity }]) => ({
    itemId,
    level,
    quantity,
    made: below.has(itemId),
  }));
}
