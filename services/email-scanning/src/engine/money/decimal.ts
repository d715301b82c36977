/** Decimal numbers as millionths, so that they are compared exactly. */
const scale = 6;

/** A plain decimal (`1250`, `-3.5`, as the ledger writes them) in millionths; null for what is none. */
export function millionths(decimal: string): bigint | null {
  const match = /^(-?)(\d{1,30})(?:\.(\d{1,30}))?$/.exec(decimal);
  if (!match) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  const value = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
  return sign ? -value : value;
}

/** Whether one amount is more than so many per cent of another one. */
export function exceeds(amount: bigint, percent: number, of: bigint): boolean {
  return amount * 100n > of * BigInt(percent);
}
