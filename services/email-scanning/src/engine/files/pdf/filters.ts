import type { FileBudget } from '../budget.ts';
import { undoPng } from '../images/png-filter.ts';
import { inflate } from '../inflate.ts';
import { nameOf, numberOf, type PdfDict, type PdfValue } from './values.ts';

const maxStreamBytes = 8 * 1024 * 1024;

function asciiHex(bytes: Buffer): Buffer {
  const text = bytes
    .toString('latin1', 0, bytes.includes(0x3e) ? bytes.indexOf(0x3e) : bytes.length)
    .replace(/[^0-9a-f]/gi, '');
  return Buffer.from(text.length % 2 ? `${text}0` : text, 'hex');
}

function ascii85(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length * 4);
  let length = 0;
  let group = 0;
  let count = 0;
  for (const byte of bytes) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && count === 0) length = out.writeUInt32BE(0, length);
    if (byte < 33 || byte > 117) continue;
    group = group * 85 + byte - 33;
    if (++count < 5) continue;
    length = out.writeUInt32BE(group % 2 ** 32, length);
    group = 0;
    count = 0;
  }
  if (count > 1) {
    for (let rest = count; rest < 5; rest++) group = group * 85 + 84;
    out.writeUInt32BE(group % 2 ** 32, length);
    length += count - 1;
  }
  return out.subarray(0, length);
}

/** Undoes the predictors that PDF has from PNG; the one from TIFF is not used for what we read. */
function unpredict(bytes: Buffer, parameters: PdfValue | undefined): Buffer {
  if (!(parameters instanceof Map) || numberOf(parameters.get('Predictor'), 1) < 10) return bytes;
  const colours = numberOf(parameters.get('Colors'), 1);
  const bits = numberOf(parameters.get('BitsPerComponent'), 8);
  const columns = numberOf(parameters.get('Columns'), 1);
  const rowBytes = Math.ceil((colours * bits * columns) / 8);
  if (rowBytes < 1 || rowBytes > bytes.length) return bytes;
  return Buffer.from(undoPng(bytes, rowBytes, Math.max(1, (colours * bits) >> 3)).buffer);
}

/** A stream's bytes after its filters; null when one is unknown, broken, or the budget ends. Images stay as they are. */
export function decodeStream(
  raw: Buffer,
  dict: PdfDict,
  resolve: (value: PdfValue | undefined) => PdfValue | undefined,
  budget: FileBudget,
): { bytes: Buffer; left: string } | null {
  const filter = resolve(dict.get('Filter') ?? dict.get('F'));
  const filters = (Array.isArray(filter) ? filter : [filter]).slice(0, 5);
  const given = resolve(dict.get('DecodeParms') ?? dict.get('DP'));
  const parameters = Array.isArray(given) ? given : [given];
  let bytes = raw;
  for (const [index, value] of filters.entries()) {
    const name = nameOf(resolve(value));
    if (name === 'FlateDecode' || name === 'Fl') {
      // Some writers put a line end before the data.
      const start = bytes[0] === 10 || bytes[0] === 13 ? 1 : 0;
      const unpacked = inflate(bytes.subarray(start), 'zlib', budget, maxStreamBytes);
      if (!unpacked.bytes) return null;
      bytes = unpredict(unpacked.bytes, resolve(parameters[index]));
    } else if (name === 'ASCIIHexDecode' || name === 'AHx')
      bytes = asciiHex(bytes.subarray(0, maxStreamBytes));
    else if (name === 'ASCII85Decode' || name === 'A85') bytes = ascii85(bytes.subarray(0, maxStreamBytes));
    else if (name === 'DCTDecode' || name === 'DCT') return { bytes, left: 'DCTDecode' };
    else if (name !== '' && name !== 'Crypt') return null;
  }
  return { bytes, left: '' };
}
