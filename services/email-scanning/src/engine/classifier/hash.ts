/** Features live in 2¹⁸ places: few enough for a model of 256 KiB, enough that the words of a mail seldom share one. */
export const places = 1 << 18;
const prime = 0x01000193;

/** FNV-1a over UTF-16 units, 32 bits. */
export function hash(text: string, seed = 0x811c9dc5): number {
  let h = seed;
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), prime);
  return h >>> 0;
}

/** Two hashes in their order as one. */
export function pair(first: number, second: number): number {
  return Math.imul(Math.imul(first, 31) ^ (second >>> 15) ^ second, 0x85ebca6b) >>> 0;
}

/** The place of a hash; its upper bits help, FNV's lower ones are weak. */
export function place(h: number): number {
  return (h ^ (h >>> 14)) & (places - 1);
}
