export * from './database.ts';
export * from './isolation.ts';
export * from './poll.ts';
export * from './principals.ts';
export * from './redis.ts';
export * from './service.ts';
