import type { ParsedMessage, Reading } from '../types.ts';
import { hash, place, places } from './hash.ts';
import { structure } from './structure.ts';
import { placesOf, wordHashes } from './words.ts';

/** A message as the classifier sees it: places of its features, each once. */
export interface Features {
  /** Words and pairs of neighbouring words. */
  words: Uint32Array;
  /** How it is made. */
  structure: Uint32Array;
}

/** When each place was last seen, by the number of the message: clearing it for each would cost more than filling it. */
const seen = new Uint32Array(places);
let messages = 0;
let buffer = new Uint32Array(4_096);

/** Its words' places are in the order in which they first come. Time is linear in the text and bounded. */
export function featuresOf(message: ParsedMessage, reading: Reading): Features {
  messages = (messages + 1) >>> 0 || 1;
  const hashes = wordHashes(reading.words);
  if (buffer.length < hashes.length * 2) buffer = new Uint32Array(hashes.length * 2);
  const all = placesOf(hashes, buffer);
  let count = 0;
  for (let from = 0; from < all; from++) {
    const at = buffer[from]!;
    if (seen[at] === messages) continue;
    seen[at] = messages;
    buffer[count++] = at;
  }
  const words = buffer.slice(0, count);
  const made = new Set<number>();
  for (const name of structure(message, reading)) made.add(place(hash(name, structureSeed)));
  return { words, structure: Uint32Array.from(made) };
}

/** Keeps structure apart from words that are written the same. */
const structureSeed = 0x9747b28c;
