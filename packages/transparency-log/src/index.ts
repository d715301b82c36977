export * from './canonical-json.ts';
export * from './checkpoint.ts';
export * from './cosignature.ts';
export * from './hash.ts';
export { BadCheckpoint, parseVerifierKey, signatureTypes } from './note.ts';
export * from './proofs.ts';
export * from './tiles.ts';
export * from './tree.ts';
