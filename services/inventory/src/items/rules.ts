import { errors } from '@stockade/service-kit';

interface StockRules {
  sku: string;
  allowNegative: boolean;
  lotTracked: boolean;
}

/** What the item's balances look like, over all sites. */
export interface StockState {
  hasStock: boolean;
  hasNegative: boolean;
}

/** 409 when stock that is there would break the rule that the item is to get. */
export function checkItemChange(before: StockRules, after: StockRules, stock: StockState): void {
  if (before.lotTracked !== after.lotTracked && stock.hasStock)
    throw errors.conflict(`${before.sku} has stock: bring it to zero before its lots are tracked or not.`);
  if (before.allowNegative && !after.allowNegative && stock.hasNegative)
    throw errors.conflict(`${before.sku} has balances below zero: bring them up before that is forbidden.`);
}
