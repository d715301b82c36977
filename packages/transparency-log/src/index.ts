export * from './canonical-json.ts';
export * from './checkpoint.ts';
export * from './hash.ts';
export * from './proofs.ts';
export * from './tree.ts';
