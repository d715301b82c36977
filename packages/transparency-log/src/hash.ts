import { hash } from 'node:crypto';

const leafPrefix = Buffer.from([0]);
const nodePrefix = Buffer.from([1]);

/** RFC 6962, section 2.1: the prefixes keep a leaf from ever being taken for a node. */
export function leafHash(data: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([leafPrefix, data]), 'buffer');
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([nodePrefix, left, right]), 'buffer');
}

const pair = Buffer.alloc(65, 1);

/** `nodeHash` of two hashes that stand one after the other. */
export function pairHash(both: Buffer): Buffer {
  both.copy(pair, 1);
  return hash('sha256', pair, 'buffer');
}

/** The root of a tree without leaves. */
export const emptyRoot: Buffer = hash('sha256', '', 'buffer');
