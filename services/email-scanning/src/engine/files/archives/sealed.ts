import { type Examination, sign } from '../examination.ts';
import type { Declared } from '../examine.ts';

/** Signatures of formats that only attackers still send. */
const ace = '**ACE**';
const arj = '60ea';

/** Reads a variable-length integer of RAR 5: seven bits a byte, low ones first. */
function rarInteger(bytes: Buffer, at: number): { value: number; next: number } {
  let value = 0;
  for (let index = 0; index < 5; index++) {
    const byte = bytes[at + index] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, next: at + index + 1 };
  }
  return { value, next: at + 5 };
}

/** Whether a RAR says that its files or its list of files are encrypted (RARLAB technote of RAR 5; unrar's source for 4). */
function isRarEncrypted(bytes: Buffer): boolean {
  if (bytes[6] === 0x01) {
    for (let at = 8, blocks = 0; at + 7 < bytes.length && blocks < 50; blocks++) {
      const size = rarInteger(bytes, at + 4);
      const type = rarInteger(bytes, size.next);
      if (type.value === 4) return true;
      const flags = rarInteger(bytes, type.next);
      let next = flags.next;
      const extra = flags.value & 1 ? rarInteger(bytes, next) : { value: 0, next };
      next = extra.next;
      const data = flags.value & 2 ? rarInteger(bytes, next) : { value: 0, next };
      const end = size.next + size.value;
      // A file's extra records end its header; the record of type 1 is its encryption.
      for (let record = end - extra.value; type.value === 2 && record < end; ) {
        const length = rarInteger(bytes, record);
        if (rarInteger(bytes, length.next).value === 1) return true;
        if (length.value === 0) break;
        record = length.next + length.value;
      }
      at = end + data.value;
    }
    return false;
  }
  for (let at = 7, blocks = 0; at + 7 <= bytes.length && blocks < 50; blocks++) {
    const type = bytes[at + 2];
    const flags = bytes.readUInt16LE(at + 3);
    const size = bytes.readUInt16LE(at + 5);
    if ((type === 0x73 && (flags & 0x80) !== 0) || (type === 0x74 && (flags & 0x04) !== 0)) return true;
    if (size < 7) return false;
    at +=
      size +
      (type === 0x74 || (flags & 0x8000) !== 0
        ? at + 11 <= bytes.length
          ? bytes.readUInt32LE(at + 7)
          : 0
        : 0);
  }
  return false;
}

/** Whether a 7z's list of files, at its end, names the AES coder (06 F1 07 01); a packed list hides its own. */
function is7zEncrypted(bytes: Buffer): boolean {
  if (bytes.length < 32) return false;
  const at = 32 + Number(bytes.readBigUInt64LE(12));
  const size = Number(bytes.readBigUInt64LE(20));
  if (!(at < bytes.length) || size > 1_000_000) return false;
  return bytes.subarray(at, at + size).includes(Buffer.from('06f10701', 'hex'));
}

/** Archives that are recognised but not unpacked: that is said, with whether they are encrypted. */
export function examineSealed(own: Examination, bytes: Buffer, { filename }: Declared): undefined {
  const magic = bytes.toString('hex', 0, 6);
  const isRar = magic.startsWith('526172211a07');
  const is7z = magic === '377abcaf271c';
  if (bytes.toString('latin1', 7, 14) === ace) sign(own, 'rare-archive', 'ACE');
  else if (magic.startsWith(arj) && /\.arj$/i.test(filename ?? '')) sign(own, 'rare-archive', 'ARJ');
  else if (isRar || is7z || magic.startsWith('4d534346'))
    sign(own, 'archive-not-unpacked', isRar ? 'RAR' : is7z ? '7z' : 'CAB');
  if (isRar && isRarEncrypted(bytes)) sign(own, 'encrypted-entry', 'RAR');
  if (is7z && is7zEncrypted(bytes)) sign(own, 'encrypted-entry', '7z');
}
