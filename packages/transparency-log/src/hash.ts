import { hash } from 'node:crypto';

/** As a string on the way: Node makes a buffer of its own for a digest four times as slowly. */
const digest = (data: Uint8Array) => hash('sha256', data, 'binary');
const sha256 = (data: Uint8Array) => Buffer.from(digest(data), 'latin1');

const leafPrefix = Buffer.from([0]);
const nodePrefix = Buffer.from([1]);

/** RFC 6962, section 2.1: the prefixes keep a leaf from ever being taken for a node. */
export function leafHash(data: Uint8Array): Buffer {
  return sha256(Buffer.concat([leafPrefix, data]));
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.concat([nodePrefix, left, right]));
}

const pair = Buffer.alloc(65, 1);

/** Writes `nodeHash` of the two hashes that stand one after the other in `hashes` from `from` on into `into`. */
export function writePairHash(hashes: Buffer, from: number, into: Buffer, at: number): void {
  hashes.copy(pair, 1, from, from + 64);
  into.write(digest(pair), at, 'latin1');
}

/** The root of a tree without leaves. */
export const emptyRoot: Buffer = sha256(Buffer.alloc(0));
