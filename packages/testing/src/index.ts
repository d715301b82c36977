export { type BadCase, badCases, goodRequest, type Sample } from './bad-input/cases.ts';
export { badInputTest, send } from './bad-input/run.ts';
export * from './database.ts';
export * from './isolation.ts';
export * from './link.ts';
export * from './poll.ts';
export * from './principals.ts';
export * from './redis.ts';
export * from './service.ts';
