import { errors, type FieldProblem } from '@stockade/service-kit';
import type { Ratio } from '../ledger/quantity.ts';
import type { Conversion } from '../tables.ts';

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

/** Conversions that follow from the units themselves. */
const builtIn: Record<string, Record<string, Ratio>> = {
  kg: { g: { numerator: 1n, denominator: 1_000n } },
  g: { kg: { numerator: 1_000n, denominator: 1n } },
};

/** How much of the item's own unit one of `unit` is; undefined when the item has no such unit. */
export function conversionOf(
  item: { unit: string; conversions?: Conversion[] },
  unit: string,
): Ratio | undefined {
  const own = item.conversions?.find((conversion) => conversion.unit === unit);
  if (own) return { numerator: BigInt(own.numerator), denominator: BigInt(own.denominator) };
  return builtIn[item.unit]?.[unit];
}

/** Each unit once, none the item's own and none that has a fixed meaning already. */
export function checkConversions(unit: string, conversions: readonly { unit: string }[]): void {
  const problems: FieldProblem[] = [];
  const seen = new Set<string>();
  for (const [at, { unit: other }] of conversions.entries()) {
    const path = `/conversions/${at}/unit`;
    if (other === unit) problems.push({ path, message: "is the item's own unit" });
    else if (builtIn[unit]?.[other]) problems.push({ path, message: 'converts by itself' });
    else if (seen.has(other)) problems.push({ path, message: 'is there twice' });
    seen.add(other);
  }
  if (problems.length > 0) throw errors.validation(problems);
}

export const toConversions = (
  given: readonly { unit: string; numerator: string; denominator?: string }[],
): Conversion[] => given.map(({ unit, numerator, denominator = '1' }) => ({ unit, numerator, denominator }));
