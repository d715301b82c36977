import { places } from '../src/engine/classifier/hash.ts';
import { gains, type Model, unknown } from '../src/engine/classifier/model.ts';
import type { Example } from './examples.ts';
import { createRandom, shuffle } from './random.ts';

/** A model before it is calibrated. */
export type Weights = Pick<Model, 'scale' | 'bias' | 'weights'>;

type Sample = Pick<Example, 'features' | 'target' | 'family' | 'campaign' | 'weight'>;

export interface FitOptions {
  seed: number;
  epochs: number;
  rate: number;
  /** Pull of each weight to zero, for each step. */
  ridge: number;
  minCampaigns: number;
  minFamilies: number;
}

export const fitDefaults: FitOptions = {
  seed: 20_261_120,
  epochs: 14,
  rate: 0.25,
  ridge: 2e-5,
  minCampaigns: 6,
  minFamilies: 2,
};

/**
 * Places that say something beyond one set of mail: seen in enough campaigns and in more than one family. A word of one list
 * or one sender's topic would tell where a message is from, not what it is.
 */
export function vocabulary(
  samples: readonly Sample[],
  { minCampaigns, minFamilies }: FitOptions,
): Uint8Array {
  const campaignsOf = new Uint16Array(places);
  const familiesOf = new Uint32Array(places);
  const last = new Int32Array(places).fill(-1);
  const families = new Map<string, number>();
  for (const sample of [...samples].sort((a, b) => a.campaign - b.campaign)) {
    if (!families.has(sample.family)) families.set(sample.family, families.size);
    const family = 1 << families.get(sample.family)!;
    for (const kind of [sample.features.words, sample.features.structure])
      for (const at of kind) {
        familiesOf[at]! |= family;
        if (last[at] === sample.campaign) continue;
        last[at] = sample.campaign;
        campaignsOf[at]! += 1;
      }
  }
  const several = (bits: number) => {
    let left = bits;
    let found = 0;
    for (; left !== 0; left &= left - 1) found++;
    return found >= minFamilies;
  };
  return Uint8Array.from(campaignsOf, (count, at) =>
    count >= minCampaigns && several(familiesOf[at]!) ? 1 : 0,
  );
}

/** A sample with only what the vocabulary knows, and the gain of its words. */
interface Compact {
  words: Uint32Array;
  structure: Uint32Array;
  gain: number;
  target: 0 | 1;
  weight: number;
}

/**
 * Logistic regression by AdaGrad with averaged weights (Duchi 2011, Polyak 1992), in double precision and a fixed order:
 * the same samples give the same bytes. The model is not calibrated yet.
 */
export function fit(samples: readonly Sample[], options: FitOptions = fitDefaults): Weights {
  const known = vocabulary(samples, options);
  const keep = (kind: Uint32Array) => kind.filter((at) => known[at] === 1);
  const compact = samples.map(({ features, target, weight }): Compact => {
    const words = keep(features.words);
    return { words, structure: keep(features.structure), gain: gains(words.length).word, target, weight };
  });
  const { weights, bias } = descend(compact, options);
  return quantise(weights, bias, known);
}

const structureGain = gains(0).structure;

function descend(samples: Compact[], { seed, epochs, rate, ridge }: FitOptions) {
  const weights = new Float64Array(places);
  const squares = new Float64Array(places).fill(1);
  const sums = new Float64Array(places);
  let [bias, biasSquares, biasSum, steps] = [0, 1, 0, 0];
  const order = shuffle(
    samples.map((_, at) => at),
    createRandom(seed),
  );
  const random = createRandom(seed + 1);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const at of order) {
      const { words, structure, gain, target, weight } = samples[at]!;
      let raw = bias;
      for (const place of words) raw += weights[place]! * gain;
      for (const place of structure) raw += weights[place]! * structureGain;
      const error = weight * (1 / (1 + Math.exp(-raw)) - target);
      const step = (place: number, by: number) => {
        const gradient = error * by + ridge * weights[place]!;
        squares[place]! += gradient * gradient;
        weights[place]! -= (rate * gradient) / Math.sqrt(squares[place]!);
      };
      for (const place of words) step(place, gain);
      for (const place of structure) step(place, structureGain);
      biasSquares += error * error;
      bias -= (rate * error) / Math.sqrt(biasSquares);
    }
    // The first epochs still wander; what is averaged are the ends of the later ones.
    if (epoch * 2 < epochs) continue;
    steps++;
    biasSum += bias;
    for (let place = 0; place < places; place++) sums[place]! += weights[place]!;
  }
  return { weights: sums.map((sum) => sum / steps), bias: biasSum / steps };
}

function quantise(weights: Float64Array, bias: number, known: Uint8Array): Weights {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-9);
  const scale = Math.fround(largest / 127);
  const bytes = new Int8Array(places).fill(unknown);
  for (let at = 0; at < places; at++) if (known[at]) bytes[at] = Math.round(weights[at]! / scale);
  return { scale, bias: Math.fround(bias), weights: bytes };
}
