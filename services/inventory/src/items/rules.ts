import { errors } from '@stockade/service-kit';

/** `each` is counted in whole numbers; every other unit has up to 6 decimals. */
export function fitsUnit(unit: string, quantity: string): boolean {
  return unit !== 'each' || !/\.0*[1-9]/.test(quantity);
}

interface Quantities {
  reorderPoint?: string | null;
  reorderQuantity?: string | null;
}

export function checkQuantities(unit: string, quantities: Quantities): void {
  const problems = (['reorderPoint', 'reorderQuantity'] as const)
    .filter((field) => !fitsUnit(unit, quantities[field] ?? '0'))
    .map((field) => ({ path: `/${field}`, message: 'must be a whole number: the unit is each' }));
  if (problems.length > 0) throw errors.validation(problems);
}
