import type { Adaptation } from '../types.ts';
import type { Features } from './features.ts';

export type Label = 'clean' | 'unwanted';

/** What a tenant's people can move the log odds of any message by, at most, either way. */
export const maxShift = 4;
const maxWeight = 1.5;
/** The strongest are kept: a tenant's row, and what is sent to the scanning threads, stays small. */
export const maxWeights = 4_000;
/** Each lesson takes away so much of what was learnt before. */
const memory = 0.995;
const forgotten = 0.02;
/** How far a lesson brings the very message that it is about, in steps. */
const target = 5;
const rate = 0.6;
/** Every message shares some words with one that was taught: so much of a shift does not count. */
const deadZone = 1;

/** How a mail is made is much alike among honest mails: it counts little beside what they say. */
const structureValue = 0.3;
/** Words that are learnt from: the first ones tell what a mail is. */
const maxWords = 400;

/** The features that count for lessons, and the length of the vector that they are. */
function vectorOf({ words, structure }: Features) {
  const said = words.subarray(0, maxWords);
  const length = Math.sqrt(Math.max(said.length + structure.length * structureValue ** 2, 1));
  return { said, structure, length };
}

function project({ weights }: Adaptation, { said, structure, length }: ReturnType<typeof vectorOf>): number {
  let total = 0;
  for (const at of said) total += weights[at] ?? 0;
  for (const at of structure) total += structureValue * (weights[at] ?? 0);
  return total / length;
}

/** By how much the tenant's people would move a message's log odds: up when it is like what they did not want. Bounded. */
export function shiftOf(adaptation: Adaptation | null, features: Features): number {
  if (!adaptation) return 0;
  const raw = project(adaptation, vectorOf(features));
  const beyond = Math.sign(raw) * Math.max(0, Math.abs(raw) - deadZone);
  return Math.max(-maxShift, Math.min(maxShift, beyond));
}

/**
 * What the tenant knows after somebody said of one more message what it is. A step goes a part of the way to the target, so
 * that clicking on does nothing; each weight and their number are bounded; older lessons fade. Pure.
 */
export function learn(before: Adaptation | null, features: Features, label: Label): Adaptation {
  const known = before ?? { bias: 0, weights: {} };
  const vector = vectorOf(features);
  const wanted = label === 'unwanted' ? target : -target;
  const step = (rate * (wanted - project(known, vector))) / vector.length;
  const after = new Map<string, number>();
  for (const [at, weight] of Object.entries(known.weights)) {
    const left = weight * memory;
    if (Math.abs(left) >= forgotten) after.set(at, left);
  }
  const move = (at: number, by: number) => {
    const moved = (after.get(String(at)) ?? 0) + by;
    after.set(String(at), Math.max(-maxWeight, Math.min(maxWeight, moved)));
  };
  for (const at of vector.said) move(at, step);
  for (const at of vector.structure) move(at, step * structureValue);
  const kept = [...after].sort(([, a], [, b]) => Math.abs(b) - Math.abs(a)).slice(0, maxWeights);
  return { bias: 0, weights: Object.fromEntries(kept) };
}
