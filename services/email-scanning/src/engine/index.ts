export { type Features, featuresOf, type Label, learn } from './classifier/index.ts';
export { createEngine, type Engine, type Parsed, type ScanItem } from './engine.ts';
export { defaultPolicy, noKnowledge } from './knowledge.ts';
export { parseMessage } from './parse.ts';
export { read } from './reading.ts';
export { references } from './references.ts';
export { scan, unscannable } from './scan.ts';
export { maliciousFrom, suspiciousFrom, verdictOf } from './score.ts';
export type * from './types.ts';
