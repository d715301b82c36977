import type { Features } from './features.ts';
import { places } from './hash.ts';

/** How the classifier and the checks together make a score; see score.ts. */
export interface Stack {
  /** Weights of the classifier's log odds and of the checks' evidence, none below 0, and what is added. */
  classifier: number;
  checks: number;
  intercept: number;
  /** Log odds from which a message is suspicious, and malicious. */
  suspicious: number;
  malicious: number;
}

/**
 * A logistic model over hashed features. The file: `STCK`, a version, then 32-bit floats (scale, bias, slope, intercept, the
 * stack's five), then a signed byte for each place; little-endian. −128 marks a place that training saw too seldom.
 */
export interface Model {
  /** A weight is its byte times this. */
  scale: number;
  bias: number;
  /** The calibration (Platt): the log odds are slope · raw + intercept. */
  slope: number;
  intercept: number;
  stack: Stack;
  weights: Int8Array;
}

export const unknown = -128;
const magic = 0x4b435453;
const version = 2;
const floats = 9;
const headerBytes = 8 + floats * 4;

/** Messages of few known words say little: as if so many more words without weight were in each. */
const damping = 12;
/** Words together count about as much as structure. */
const wordGain = 3;
const structureGain = 0.35;

/** What one word, or one fact of structure, counts in a message with so many known words. */
export const gains = (words: number) => ({
  word: wordGain / Math.sqrt(words + damping),
  structure: structureGain,
});

/** The sum of a message's weights before calibration. */
export function rawScore(
  { weights, scale, bias }: Pick<Model, 'weights' | 'scale' | 'bias'>,
  features: Features,
): number {
  let words = 0;
  let known = 0;
  for (const at of features.words) {
    const weight = weights[at] ?? unknown;
    if (weight === unknown) continue;
    known++;
    words += weight;
  }
  let made = 0;
  for (const at of features.structure) {
    const weight = weights[at] ?? unknown;
    if (weight !== unknown) made += weight;
  }
  const gain = gains(known);
  return scale * (words * gain.word + made * gain.structure) + bias;
}

/** Log odds that a message is unwanted or dangerous, by the model alone. */
export function logOdds(model: Model, features: Features): number {
  return model.slope * rawScore(model, features) + model.intercept;
}

export function encodeModel({ scale, bias, slope, intercept, stack, weights }: Model): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(magic, 0);
  header.writeUInt32LE(version, 4);
  const { classifier, checks, suspicious, malicious } = stack;
  const values = [scale, bias, slope, intercept, classifier, checks, stack.intercept, suspicious, malicious];
  for (const [at, value] of values.entries()) header.writeFloatLE(value, 8 + at * 4);
  return Buffer.concat([header, Buffer.from(weights.buffer, weights.byteOffset, weights.length)]);
}

/** Throws when the bytes are no model of this version. */
export function decodeModel(bytes: Buffer): Model {
  const fits = bytes.length === headerBytes + places && bytes.readUInt32LE(0) === magic;
  if (!fits || bytes.readUInt32LE(4) !== version)
    throw new Error('This is no classifier model of this version');
  const float = (at: number) => bytes.readFloatLE(8 + at * 4);
  return {
    ...{ scale: float(0), bias: float(1), slope: float(2), intercept: float(3) },
    stack: {
      ...{ classifier: float(4), checks: float(5), intercept: float(6) },
      ...{ suspicious: float(7), malicious: float(8) },
    },
    weights: new Int8Array(bytes.subarray(headerBytes)),
  };
}
