/** Millionths: decimals of the API have at most six places, so that whole numbers reckon with them exactly. */
export type Micro = bigint;

export const one: Micro = 1_000_000n;

/** `'12.5'` → 12500000n. */
export function toMicro(decimal: string): Micro {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole) * one + BigInt(fraction.padEnd(6, '0'));
}

/** A count of 10^-places as plain text without residual zeros: (12500000n, 6) → `'12.5'`. */
export function toDecimal(units: bigint, places: number): string {
  const digits = String(units).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return digits.slice(0, -places) + (fraction ? `.${fraction}` : '');
}
