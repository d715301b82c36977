const maxBytes = 4 * 1024 * 1024;

/** A text's characters: UTF-16 by its mark or its zeros, else UTF-8, else Latin-1. At most 4 MB are read. */
export function decodeText(bytes: Buffer): string {
  const head = bytes.subarray(0, maxBytes);
  if (head[0] === 0xff && head[1] === 0xfe) return head.toString('utf16le', 2);
  if (head[0] === 0xfe && head[1] === 0xff)
    return Buffer.from(head.subarray(0, head.length & ~1))
      .swap16()
      .toString('utf16le', 2);
  const utf8 = head.toString('utf8').replace(/^\ufeff/, '');
  return utf8.slice(0, 10_000).includes('\ufffd') ? head.toString('latin1') : utf8;
}
