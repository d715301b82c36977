import { least, type Micro } from '../ledger/quantity.ts';

export interface Pick<S> {
  from: S;
  quantity: Micro;
}

/** Takes what is wanted from the first that has it, then the next. `shortage` is what none of them had. */
export function pick<S extends { available: Micro }>(
  stock: readonly S[],
  wanted: Micro,
): { picks: Pick<S>[]; shortage: Micro } {
  const picks: Pick<S>[] = [];
  let open = wanted;
  for (const from of stock) {
    if (open === 0n) break;
    const quantity = least(from.available, open);
    if (quantity <= 0n) continue;
    picks.push({ from, quantity });
    open -= quantity;
  }
  return { picks, shortage: open };
}
