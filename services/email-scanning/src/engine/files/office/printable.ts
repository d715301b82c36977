/** Runs of printable characters, of one byte and of two: what a person reads in a binary document, near enough to find numbers. */
export function printable(bytes: Buffer, max = 20_000): string {
  const head = bytes.subarray(0, 512 * 1024);
  const narrow = head.toString('latin1').match(/[\x20-\x7e\xa0-\xff\r\n\t]{6,4000}/g) ?? [];
  const wide = head.toString('latin1').match(/(?:[\x20-\x7e\xa0-\xff\r\n\t]\0){6,4000}/g) ?? [];
  return [...narrow, ...wide.map((run) => run.replaceAll('\0', ''))].join('\n').slice(0, max);
}
