export * from './connect.ts';
export * from './errors.ts';
export * from './ids.ts';
export * from './listen.ts';
export type { Migration } from './migrate.ts';
export * from './names.ts';
export * from './sql.ts';
export * from './tenant.ts';
