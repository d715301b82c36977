/**
 * Quantities as whole numbers of millionths: exact, as numeric(20, 6) is in the database, and never in floating point.
 */
export type Micro = bigint;

const scale = 1_000_000n;
/** What a balance can hold: 14 digits before the point. */
export const limit: Micro = 100_000_000_000_000n * scale;

/** Reads a decimal in plain notation with at most 6 decimals: `'12.5'` → 12500000n. */
export function toMicro(text: string): Micro {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? text.slice(1) : text).split('.');
  const value = BigInt(whole) * scale + BigInt(fraction.padEnd(6, '0'));
  return negative ? -value : value;
}

/** Without residual zeros: 12500000n → `'12.5'`. */
export function toDecimal(value: Micro): string {
  const size = value < 0n ? -value : value;
  const fraction = String(size % scale)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${size / scale}${fraction && `.${fraction}`}`;
}

export const abs = (value: Micro): Micro => (value < 0n ? -value : value);
export const least = (a: Micro, b: Micro): Micro => (a < b ? a : b);

/** An exact ratio: how much of an item's own unit one of another unit is. */
export interface Ratio {
  numerator: bigint;
  denominator: bigint;
}

/** Converts exactly, or gives null when the result needs more than 6 decimals. */
export function convert(value: Micro, { numerator, denominator }: Ratio): Micro | null {
  const product = value * numerator;
  return product % denominator === 0n ? product / denominator : null;
}

/** `numerator / denominator` of a quantity, rounded up to a millionth: a bill of materials never asks for too little. */
export function shareOf(value: Micro, numerator: Micro, denominator: Micro): Micro {
  const product = value * numerator;
  return (product + denominator - 1n) / denominator;
}
