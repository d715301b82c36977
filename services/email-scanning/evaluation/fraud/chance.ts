import { createRandom } from '../../training/random.ts';

/** Choices that are the same on every run. */
export interface Chance {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  pick<T>(of: readonly T[]): T;
  digits(count: number): string;
  /** Whether something with that probability happens. */
  happens(probability: number): boolean;
}

export function createChance(seed: number): Chance {
  const random = createRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  return {
    below,
    pick: <T>(of: readonly T[]) => of[below(of.length)] as T,
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
    happens: (probability) => random() < probability,
  };
}
