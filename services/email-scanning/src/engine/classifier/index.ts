export { type Label, learn, maxShift, maxWeights, shiftOf } from './adaptation.ts';
export { type Features, featuresOf } from './features.ts';
export { classifierTechnique } from './opinion.ts';
