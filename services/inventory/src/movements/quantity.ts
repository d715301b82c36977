/**
 * Exact decimals as whole millionths. Postings are reckoned with these and stored as numeric(20,6): no float is ever
 * between.
 */
const scale = 1_000_000n;

/** 14 digits before the point, as numeric(20,6) holds. */
const limit = 10n ** 20n;

/** Takes plain notation with at most 6 decimals, as the API's schemas and PostgreSQL give it. */
export function toMillionths(text: string): bigint {
  const match = /^(-?)([0-9]+)(?:\.([0-9]{1,6}))?$/.exec(text);
  if (!match) throw new Error('Not a decimal with at most 6 decimals');
  const [, sign, whole = '0', fraction = ''] = match;
  const value = BigInt(whole) * scale + BigInt(fraction.padEnd(6, '0'));
  return sign ? -value : value;
}

/** `12500000n` → `'12.5'`. */
export function fromMillionths(value: bigint): string {
  const size = value < 0n ? -value : value;
  const fraction = String(size % scale)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${size / scale}${fraction ? `.${fraction}` : ''}`;
}

/** Without residual zeros, as the API answers: `'40.0'` → `'40'`. */
export function plain<T extends string | null>(text: T): T {
  return (text === null ? null : fromMillionths(toMillionths(text))) as T;
}

export function isWhole(value: bigint): boolean {
  return value % scale === 0n;
}

export function fitsLedger(value: bigint): boolean {
  return value < limit && value > -limit;
}
