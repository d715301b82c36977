import { createHash, randomBytes } from 'node:crypto';

const count = 10;
/** Crockford's base 32: nothing in it is mistaken for something else. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 16;

function newCode(): string {
  const letters = [...randomBytes(length)].map((byte) => alphabet[byte % 32]).join('');
  return letters.match(/.{4}/g)?.join('-') ?? letters;
}

/** Ten codes of 80 random bits, in groups of four. */
export const newRecoveryCodes = (): string[] => Array.from({ length: count }, newCode);

/** What is stored of a code, however it was typed. 80 random bits: a slow hash would add nothing. */
export function hashOfRecoveryCode(code: string): Buffer {
  const plain = code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return createHash('sha256').update(plain).digest();
}
