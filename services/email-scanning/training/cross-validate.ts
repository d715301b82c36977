import { type Model, rawScore } from '../src/engine/classifier/model.ts';
import { combine } from '../src/engine/score.ts';
import { platt } from './calibrate.ts';
import type { Example } from './examples.ts';
import { fit, type Weights } from './fit.ts';
import { fitStack } from './stack.ts';

export const folds = 5;

/** Messages of one campaign are in one fold. */
const foldOf = (campaign: number) => (Math.imul(campaign + 1, 0x9e3779b1) >>> 7) % folds;

/** Each message's raw score by a model that saw neither it nor its campaign. */
export function outOfFold(examples: readonly Example[], step: () => void): Float64Array {
  const raw = new Float64Array(examples.length);
  for (let fold = 0; fold < folds; fold++) {
    const model = fit(examples.filter(({ campaign, weight }) => weight > 0 && foldOf(campaign) !== fold));
    for (const [at, { campaign, features }] of examples.entries())
      if (foldOf(campaign) === fold) raw[at] = rawScore(model, features);
    step();
  }
  return raw;
}

/** Calibration and stack, fit on what models say of messages that they did not see. */
export function complete(weights: Weights, examples: readonly Example[], raw: Float64Array): Model {
  const learnt = [...examples.entries()].filter(([, { weight }]) => weight > 0);
  const { slope, intercept } = platt(
    learnt.map(([at, { target, weight }]) => ({ raw: raw[at]!, target, weight })),
  );
  const judged = learnt.map(([at, { set, target, weight, findings }]) => ({
    ...{ set, target, weight, checks: combine(findings) },
    classifier: slope * raw[at]! + intercept,
  }));
  return {
    ...weights,
    slope: Math.fround(slope),
    intercept: Math.fround(intercept),
    stack: fitStack(judged),
  };
}
