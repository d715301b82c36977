export { createEngine, type Engine, type Parsed, type ScanItem } from './engine.ts';
export { defaultPolicy, noKnowledge } from './knowledge.ts';
export { parseMessage } from './parse.ts';
export { read } from './reading.ts';
export { references } from './references.ts';
export { maliciousFrom, scan, suspiciousFrom, unscannable } from './scan.ts';
export type * from './types.ts';
