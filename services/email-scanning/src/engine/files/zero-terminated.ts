/** Text that ends at the first zero, or after `max` bytes. */
export function zeroTerminated(
  bytes: Buffer,
  from: number,
  max: number,
  encoding: 'latin1' | 'utf8' = 'latin1',
): string {
  const end = bytes.indexOf(0, from);
  return bytes.toString(encoding, from, Math.min(end < 0 ? bytes.length : end, from + max));
}
