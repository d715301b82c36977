import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { nameOf, numberOf, type PdfDict, PdfString, type PdfValue } from './values.ts';

/** Decrypts what belongs to the object with that number. */
export interface PdfCipher {
  stream(bytes: Buffer, object: number): Buffer;
  string(bytes: string, object: number): string;
}

const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const hash = (algorithm: string, ...parts: Buffer[]) =>
  createHash(algorithm).update(Buffer.concat(parts)).digest();

/** RC4, which OpenSSL no longer offers; old PDFs have nothing better. */
export function rc4(key: Buffer, bytes: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const swap = (a: number, b: number) => {
    const kept = state[a] as number;
    state[a] = state[b] as number;
    state[b] = kept;
  };
  for (let index = 0, other = 0; index < 256; index++) {
    other = (other + (state[index] as number) + (key[index % key.length] as number)) & 255;
    swap(index, other);
  }
  const out = Buffer.alloc(bytes.length);
  for (let at = 0, one = 0, two = 0; at < bytes.length; at++) {
    one = (one + 1) & 255;
    two = (two + (state[one] as number)) & 255;
    swap(one, two);
    out[at] =
      (bytes[at] as number) ^ (state[((state[one] as number) + (state[two] as number)) & 255] as number);
  }
  return out;
}

/** AES-CBC with its first block as initialisation vector; what is broken comes out empty. */
function aes(key: Buffer, bytes: Buffer): Buffer {
  if (bytes.length < 32) return Buffer.alloc(0);
  const decipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, bytes.subarray(0, 16)).setAutoPadding(
    false,
  );
  const whole = 16 + ((bytes.length - 16) & ~15);
  const out = Buffer.concat([decipher.update(bytes.subarray(16, whole)), decipher.final()]);
  const pad = out.at(-1) ?? 0;
  return pad >= 1 && pad <= 16 ? out.subarray(0, out.length - pad) : out;
}

const bytesOf = (value: PdfValue | undefined) =>
  Buffer.from(value instanceof PdfString ? value.bytes : '', 'latin1');

/** The key of revisions 2–4 for the empty password (ISO 32000-1, algorithm 2). */
function oldKey(dict: PdfDict, id: Buffer, revision: number): Buffer {
  const length =
    revision === 2 ? 5 : revision > 3 ? 16 : Math.min(16, Math.max(5, numberOf(dict.get('Length'), 40) >> 3));
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(numberOf(dict.get('P')) | 0);
  const open =
    revision >= 4 && dict.get('EncryptMetadata') === false ? Buffer.alloc(4, 0xff) : Buffer.alloc(0);
  let key = hash('md5', padding, bytesOf(dict.get('O')).subarray(0, 32), permissions, id, open).subarray(
    0,
    length,
  );
  for (let round = 0; revision >= 3 && round < 50; round++) key = hash('md5', key).subarray(0, length);
  return key;
}

/** Whether it is right (algorithms 4 and 5): what the file keeps of the user's password must come out. */
function fits(key: Buffer, dict: PdfDict, id: Buffer, revision: number): boolean {
  const kept = bytesOf(dict.get('U'));
  if (revision === 2) return rc4(key, padding).equals(kept.subarray(0, 32));
  let made = rc4(key, hash('md5', padding, id));
  for (let round = 1; round < 20; round++) made = rc4(Buffer.from(key.map((byte) => byte ^ round)), made);
  return made.subarray(0, 16).equals(kept.subarray(0, 16));
}

/** The hash of revision 6 (ISO 32000-2, algorithm 2.B) for the empty password. */
function newHash(salt: Buffer, revision: number): Buffer {
  let key = hash('sha256', salt);
  if (revision < 6) return key;
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(
      false,
    );
    const mixed = cipher.update(Buffer.concat(Array<Buffer>(64).fill(key)));
    const kind = mixed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = hash(['sha256', 'sha384', 'sha512'][kind] ?? 'sha256', mixed);
    last = mixed.at(-1) ?? 0;
  }
  return key.subarray(0, 32);
}

/** The key of revisions 5 and 6 for the empty password (ISO 32000-2, algorithm 2.A); null when it needs another. */
function newKey(dict: PdfDict, revision: number): Buffer | null {
  const user = bytesOf(dict.get('U'));
  const wrapped = bytesOf(dict.get('UE')).subarray(0, 32);
  if (user.length < 48 || wrapped.length < 32) return null;
  if (!newHash(user.subarray(32, 40), revision).equals(user.subarray(0, 32))) return null;
  const decipher = createDecipheriv(
    'aes-256-cbc',
    newHash(user.subarray(40, 48), revision),
    Buffer.alloc(16),
  );
  return decipher.setAutoPadding(false).update(wrapped);
}

/** How streams are encrypted: by the crypt filter that they name (ISO 32000-1, 7.6.5). */
function methodOf(dict: PdfDict): string {
  const filters = dict.get('CF');
  const filter = filters instanceof Map ? filters.get(nameOf(dict.get('StmF'))) : undefined;
  return filter instanceof Map ? nameOf(filter.get('CFM')) : 'V2';
}

/**
 * The cipher of a file that opens without a password: most encrypted files do, they only forbid printing or copying.
 * Null when a password is needed, or when it is encrypted in another way. `dict`: the Encrypt dictionary; `id`: the
 * first part of the file's ID.
 */
export function pdfCipher(dict: PdfDict, id: Buffer): PdfCipher | null {
  const revision = numberOf(dict.get('R'));
  if (nameOf(dict.get('Filter')) !== 'Standard' || revision < 2 || revision > 6) return null;
  const method = methodOf(dict);
  const whole = revision >= 5 ? newKey(dict, revision) : oldKey(dict, id, revision);
  if (!whole || (revision < 5 && !fits(whole, dict, id, revision))) return null;
  const apply = (bytes: Buffer, object: number): Buffer => {
    if (revision >= 5) return aes(whole, bytes);
    const number = Buffer.alloc(5);
    number.writeUIntLE(object, 0, 3);
    const salt = method === 'AESV2' ? Buffer.from('sAlT') : Buffer.alloc(0);
    const key = hash('md5', whole, number, salt).subarray(0, Math.min(16, whole.length + 5));
    return method === 'AESV2' ? aes(key, bytes) : rc4(key, bytes);
  };
  return {
    stream: apply,
    string: (bytes, object) => apply(Buffer.from(bytes, 'latin1'), object).toString('latin1'),
  };
}
