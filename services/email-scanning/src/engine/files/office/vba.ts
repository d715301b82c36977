const maxModuleBytes = 1024 * 1024;

/** Unpacks a container of [MS-OVBA] 2.4.1, at most 1 MB, as far as it can be read. */
export function unpackVba(packed: Buffer): Buffer {
  const out = Buffer.alloc(Math.min(maxModuleBytes, packed.length * 32 + 4_096));
  let length = 0;
  for (let at = 1; at + 2 <= packed.length; ) {
    const header = packed.readUInt16LE(at);
    const end = Math.min(packed.length, at + (header & 0x0fff) + 3);
    const start = length;
    at += 2;
    if ((header & 0x8000) === 0) {
      const copied = packed.copy(out, length, at, Math.min(end, at + 4_096));
      length += copied;
    }
    while ((header & 0x8000) !== 0 && at < end) {
      const flags = packed[at++] ?? 0;
      for (let bit = 0; bit < 8 && at < end; bit++) {
        if (length >= out.length) return out.subarray(0, length);
        if ((flags & (1 << bit)) === 0) {
          out[length++] = packed[at++] ?? 0;
          continue;
        }
        if (at + 2 > end) return out.subarray(0, length);
        const token = packed.readUInt16LE(at);
        at += 2;
        const offsetBits = Math.max(4, Math.ceil(Math.log2(length - start)));
        const lengthMask = 0xffff >> offsetBits;
        const offset = (token >> (16 - offsetBits)) + 1;
        if (offset > length - start) return out.subarray(0, length);
        for (let count = (token & lengthMask) + 3; count > 0 && length < out.length; count--) {
          out[length] = out[length - offset] ?? 0;
          length++;
        }
      }
    }
    at = end;
  }
  return out.subarray(0, length);
}

/** Every module's source begins with `Attribute VB_`, packed as a flag byte and then letters. */
const sourceBegins = Buffer.from('\0Attribut');

/** The source text in a module's stream, without reading the project's directory; null when there is none. */
export function vbaSource(module: Buffer): string | null {
  const at = module.indexOf(sourceBegins);
  return at < 3 || module[at - 3] !== 1 ? null : unpackVba(module.subarray(at - 3)).toString('latin1');
}
